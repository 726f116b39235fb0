import type { SearchEngine } from '@tandem/engine/port.ts';
import type { BackupHistory } from '@tandem/history/ports/backups.ts';
import type { OperationHistory } from '@tandem/history/ports/operations.ts';
import type { ReconciliationHistory } from '@tandem/history/ports/reconciliation.ts';
import type { RepositoryHistory } from '@tandem/history/ports/repositories.ts';
import type { SearchHistory } from '@tandem/history/ports/search.ts';
import type { Logger } from '@tandem/runtime/logging/logger.ts';
import type { Profile } from '@tandem/shared/domain/profile.ts';
import type { DriftWitness } from '@tandem/shared/domain/reconciliation/drift.ts';
import type { IdentityHistory } from './identities.ts';

export type Reconcile = {
  readonly engine: SearchEngine;
  readonly history: Pick<BackupHistory, 'discover' | 'noteState'> &
    Pick<ReconciliationHistory, 'livingBackups'> &
    Pick<OperationHistory, 'findOperation'> &
    Pick<SearchHistory, 'incarnationsOf'> &
    Pick<RepositoryHistory, 'changedRepositories'> &
    IdentityHistory;
  readonly profiles: readonly Profile[];
  /** The configured one: compared also where the history names none. */
  readonly repository: string | undefined;
  /** Of sets that do not say what theirs is. */
  readonly indexPrefix: string;
  /** Uuids of snapshots of other installations that share a repository: filled here, so that each is read once by a process. */
  readonly ofOthers: Set<string>;
  /** Of the events. */
  readonly witness: DriftWitness;
  /** How long after its deletion a backup's late snapshots are left to the sweep. */
  readonly lateMs: number;
  readonly now: () => Date;
  readonly announce: (backupIds: readonly string[]) => void;
  /** Throws where another process compares meanwhile, or this one stops. */
  readonly assertHeld: () => void;
  readonly log: Logger;
};
