import type { Location } from '@tandem/shared/domain/backup/backup.ts';
import type { NewEvent } from '@tandem/shared/domain/history/event.ts';
import type { RepositoryChange } from '@tandem/shared/domain/repository/repository-identity.ts';
import type { VerificationResult } from '@tandem/shared/domain/repository/verification.ts';
import type { Command } from './events.ts';

/* Repositories that do not match the recorded ones. The same promises as in history.ts: one statement each, HISTORY_UNREACHABLE. */

/** A repository in which a reconciliation found none of the recorded snapshots. */
export type ChangedRepository = RepositoryChange & {
  readonly noticedAt: Date;
  /** When an operator accepted that it is another one; its recorded snapshots are then gone. Undefined: creates are refused. */
  readonly acceptedAt: Date | undefined;
};

/** The backups that are not deleted, of one repository. */
export type BackupsInRepository = Pick<Location, 'clusterUuid' | 'repository'> & {
  readonly backups: number;
  /** The one that was recorded last. */
  readonly newest: Pick<Location, 'repositoryUuid' | 'settingsDigest'> & { readonly backupId: string };
};

export type RepositoryVerification = Pick<Location, 'clusterUuid' | 'repository'> & {
  readonly at: Date;
  readonly result: VerificationResult;
};

export interface RepositoryHistory {
  /** Every repository in which backups live, by cluster and name. */
  backupsByRepository(): Promise<readonly BackupsInRepository[]>;

  /**
   * The digests of the settings under which the backups of that repository that are not deleted were recorded, each once; null: not
   * recorded. Reads a row of each of these backups.
   */
  settingsRecorded(where: Pick<Location, 'clusterUuid' | 'repository'>): Promise<readonly (string | null)[]>;

  /** The last verification of each repository that was verified on request, by cluster and name. */
  verifications(): Promise<readonly RepositoryVerification[]>;

  /** Records the result of a verification, with its event, in place of the one before. Resolves with its time. */
  noteVerification(
    where: Pick<Location, 'clusterUuid' | 'repository'>,
    result: VerificationResult,
    event: NewEvent,
  ): Promise<Date>;

  /** All changed repositories, accepted ones too, until a reconciliation settles them. */
  changedRepositories(): Promise<readonly ChangedRepository[]>;

  /**
   * Records, with the event, that the repository of that cluster and name is another one. False, with nothing written: it is recorded or
   * accepted with these settings already. With other settings it replaces the record and is not accepted.
   */
  noteChangedRepository(found: RepositoryChange, event: NewEvent): Promise<boolean>;

  /** Accepts a changed repository as it is, with event `repository.accepted`. False, with nothing written: none is recorded that is not accepted. */
  acceptRepository(where: Pick<Location, 'clusterUuid' | 'repository'>, command: Command): Promise<boolean>;

  /**
   * Ends the record of a changed repository. The event is written if it was not accepted: the recorded snapshots are there again. False: none
   * is recorded.
   */
  settleRepository(where: Pick<Location, 'clusterUuid' | 'repository'>, event: NewEvent): Promise<boolean>;

  /** Records the digest of the repository's settings for the backups with these keys. */
  learnSettings(keys: readonly string[], settingsDigest: string): Promise<void>;
}
