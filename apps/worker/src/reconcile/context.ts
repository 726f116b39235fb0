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
  /** The configured repository: also compared if no record names it. */
  readonly repository: string | undefined;
  /** For sets whose metadata does not contain one. */
  readonly indexPrefix: string;
  /** Uuids of snapshots of other installations that share a repository: filled here, so that each is read only once per process. */
  readonly ofOthers: Set<string>;
  /** The actor of the events. */
  readonly witness: DriftWitness;
  /** How long after its deletion a backup's late snapshots are left to orphan cleanup. */
  readonly lateMs: number;
  readonly now: () => Date;
  readonly announce: (backupIds: readonly string[]) => void;
  /** Throws if another process may have taken over, or this one stops. */
  readonly assertHeld: () => void;
  readonly log: Logger;
};
