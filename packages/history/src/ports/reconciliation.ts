import type { BackupRecord, PartRecord } from '@tandem/shared/domain/backup/backup.ts';
import type { Actor } from '@tandem/shared/domain/history/event.ts';
import type {
  ReconciliationResult,
  ReconciliationTrigger,
} from '@tandem/shared/domain/reconciliation/reconciliation.ts';
import type { Asked } from './events.ts';

/* Comparing the history with the repositories. The same promises as in history.ts: one statement each, HISTORY_UNREACHABLE. */

/** What of a not deleted backup is compared; without what takes room, since all of them are read. */
export type LivingBackup = Pick<
  BackupRecord,
  'key' | 'backupId' | 'optimizeVersion' | 'profile' | 'indexPrefix' | 'origin' | 'location' | 'state' | 'create'
> & {
  readonly parts: readonly Pick<
    PartRecord,
    'number' | 'of' | 'snapshotName' | 'state' | 'uuid' | 'versionId' | 'drift'
  >[];
  /** An open operation makes or deletes its snapshots. */
  readonly busy: boolean;
  /** A deletion, ended or not, recorded that it was about to remove a snapshot of it: what is gone may be gone by that. */
  readonly deleting: boolean;
};

/** One comparison. Open until `endedAt`. */
export type ReconciliationRecord = {
  readonly id: string;
  readonly trigger: ReconciliationTrigger;
  readonly requestedAt: Date;
  readonly requestId: string | undefined;
  readonly actor: Actor;
  /** Undefined: no worker has begun it. */
  readonly startedAt: Date | undefined;
  readonly endedAt: Date | undefined;
  /** Whether every repository could be read; false until its end. */
  readonly complete: boolean;
  readonly result: ReconciliationResult | undefined;
};

export interface ReconciliationHistory {
  /**
   * The next so many not deleted backups after a place, by id; `next` is where to go on, undefined after the last. A page costs the same
   * however many backups were deleted. Of what is accepted or deleted meanwhile, what comes after the place counts.
   */
  livingBackups(
    after: string | undefined,
    limit: number,
  ): Promise<{ readonly backups: readonly LivingBackup[]; readonly next: string | undefined }>;

  /** The open comparison, or this one where none is, with event `reconcile.requested`. However many ask at once: one is open. */
  requestReconciliation(id: string, asked: Asked): Promise<ReconciliationRecord>;

  /**
   * The open comparison; where none is, and none has ended within `everyMs` (one that ended in the future has not: the clock was put back), this one is opened by the schedule. Undefined: nothing is
   * due. Without `everyMs` there is no schedule.
   */
  dueReconciliation(id: string, actor: Actor, everyMs: number | undefined): Promise<ReconciliationRecord | undefined>;

  /** Notes when it began, unless it has ended: false. One that was begun by a worker that died is begun again. */
  beginReconciliation(id: string): Promise<boolean>;

  /** Ends an open one. Those that ended `keepMs` ago are removed, but for the last complete one and what came after it. */
  endReconciliation(
    id: string,
    end: { readonly complete: boolean; readonly result: ReconciliationResult; readonly keepMs: number },
  ): Promise<void>;

  /** Without an id the open one, or the last that ended. */
  findReconciliation(id: string | undefined): Promise<ReconciliationRecord | undefined>;
}
