import type { Location } from '@tandem/shared/domain/backup/backup.ts';
import type { NewEvent } from '@tandem/shared/domain/history/event.ts';
import type { RepositoryChange } from '@tandem/shared/domain/repository/repository-identity.ts';
import type { Asked } from './events.ts';

/* Repositories that do not match the recorded ones. The same promises as in history.ts: one statement each, HISTORY_UNREACHABLE. */

/** A repository in which a comparison found none of the snapshots that are recorded there. */
export type ChangedRepository = RepositoryChange & {
  readonly noticedAt: Date;
  /** When an operator accepted that it is another one; its recorded snapshots are then gone. Undefined: creates are refused. */
  readonly acceptedAt: Date | undefined;
};

export interface RepositoryHistory {
  /** All that are open, accepted ones too, until a comparison settles them. Cheap: there are hardly ever any. */
  changedRepositories(): Promise<readonly ChangedRepository[]>;

  /**
   * Records that the repository of that cluster and name is another one, with an event. False: it is recorded or was accepted with these
   * settings already; nothing was written. With other settings it replaces what is recorded, and is not accepted.
   */
  noteChangedRepository(found: RepositoryChange, event: NewEvent): Promise<boolean>;

  /** Accepts a recorded one as it is, with event `repository.accepted`. False: none is recorded that was not accepted yet; nothing was written. */
  acceptRepository(where: Pick<Location, 'clusterUuid' | 'repository'>, asked: Asked): Promise<boolean>;

  /** Ends a recorded one. The event is for one that was not accepted: the recorded snapshots are there again. False: none is recorded. */
  settleRepository(where: Pick<Location, 'clusterUuid' | 'repository'>, event: NewEvent): Promise<boolean>;

  /** Writes the digest of the repository's settings to those backups. */
  learnSettings(keys: readonly string[], settingsDigest: string): Promise<void>;
}
