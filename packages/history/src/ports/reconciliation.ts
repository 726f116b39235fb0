import type { BackupRecord, PartRecord } from '@tandem/shared/domain/backup/backup.ts';
import type { Actor } from '@tandem/shared/domain/history/event.ts';
import type {
  ReconciliationResult,
  ReconciliationTrigger,
} from '@tandem/shared/domain/reconciliation/reconciliation.ts';
import type { Command } from './events.ts';

/* Reconciliation of the history with the repositories. The same promises as in history.ts: one statement each, HISTORY_UNREACHABLE. */

/** The compared fields of a backup that is not deleted; without large ones, since all backups are read. */
export type LivingBackup = Pick<
  BackupRecord,
  'key' | 'backupId' | 'optimizeVersion' | 'profile' | 'indexPrefix' | 'origin' | 'location' | 'state' | 'create'
> & {
  readonly parts: readonly Pick<
    PartRecord,
    'number' | 'of' | 'snapshotName' | 'state' | 'uuid' | 'versionId' | 'oldestIndex' | 'drift'
  >[];
  /** An open operation creates or deletes its snapshots. */
  readonly busy: boolean;
  /** A deletion, ended or not, recorded its intent to remove a snapshot of it, so missing snapshots may be its work. */
  readonly deleting: boolean;
};

/** One reconciliation. Open until `endedAt`. */
export type ReconciliationRecord = {
  readonly id: string;
  readonly trigger: ReconciliationTrigger;
  readonly requestedAt: Date;
  readonly requestId: string | undefined;
  readonly actor: Actor;
  /** Undefined: no worker has started it. */
  readonly startedAt: Date | undefined;
  readonly endedAt: Date | undefined;
  /** Whether every repository could be read; false until its end. */
  readonly complete: boolean;
  readonly result: ReconciliationResult | undefined;
};

export interface ReconciliationHistory {
  /**
   * The next backups that are not deleted, by id. `after`: the cursor of the page before; `next` undefined: this is the last page. The cost of a
   * page does not grow with the number of deleted backups. Backups that are accepted or deleted meanwhile count if they come after the cursor.
   */
  livingBackups(
    after: string | undefined,
    limit: number,
  ): Promise<{ readonly backups: readonly LivingBackup[]; readonly next: string | undefined }>;

  /** Opens a reconciliation, with event `reconcile.requested`, or returns the one that is open. However many processes ask at once, one is open. */
  requestReconciliation(id: string, command: Command): Promise<ReconciliationRecord>;

  /**
   * The open reconciliation. If none is open and none ended within `everyMs`, the schedule opens this one; one that ended in the future does
   * not count, since the clock was put back. Undefined: none is due, or `everyMs` is undefined (there is no schedule).
   */
  dueReconciliation(id: string, actor: Actor, everyMs: number | undefined): Promise<ReconciliationRecord | undefined>;

  /** Records that it started; again after the worker that started it died. False: it has ended. */
  beginReconciliation(id: string): Promise<boolean>;

  /** Ends an open one. Removes those that ended more than `keepMs` ago, except the last complete one and all after it. */
  endReconciliation(
    id: string,
    end: { readonly complete: boolean; readonly result: ReconciliationResult; readonly keepMs: number },
  ): Promise<void>;

  /** The one of that id; without an id the open one, else the last that ended. Undefined: there is none. */
  findReconciliation(id: string | undefined): Promise<ReconciliationRecord | undefined>;
}
