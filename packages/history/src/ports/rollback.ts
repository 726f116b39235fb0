import type { ExportedEvent } from '@tandem/shared/contract/exported-event.ts';
import type { Reason } from '@tandem/shared/domain/backup/backup.ts';
import type { NewEvent } from '@tandem/shared/domain/history/event.ts';
import type { RollbackFinding } from '@tandem/shared/domain/history/rollback/rollback.ts';
import type { Asked } from './events.ts';

/* Which history this is, and whether PostgreSQL was put back to an earlier state. The same promises as in history.ts: one statement each, HISTORY_UNREACHABLE. */

export type Rollback = RollbackFinding & {
  /** To the microsecond, ISO 8601. */
  readonly detectedAt: string;
};

/** All of one moment. Times are to the microsecond, ISO 8601. */
export type HistoryLine = {
  readonly historyId: string;
  readonly epoch: string;
  readonly now: string;
  readonly heartbeatAt: string;
  /** Detected and not acknowledged. */
  readonly rollback: Rollback | undefined;
  /** The committed event with the highest id. Undefined: there is none. */
  readonly newest: ExportedEvent | undefined;
  /** Those of the ids that were asked for and that exist, by id. */
  readonly events: readonly ExportedEvent[];
};

export interface RollbackHistory {
  /** The history as it is, with those of its events. Cheap however many events there are. */
  readLine(eventIds: readonly string[]): Promise<HistoryLine>;

  /**
   * Sets the heartbeat to now, where it still is the one of that line, the epoch too, and no rollback is open. False: it is not; the
   * history may have been rolled back since the line was read.
   */
  beat(line: Pick<HistoryLine, 'epoch' | 'heartbeatAt'>): Promise<boolean>;

  /**
   * Records a rollback of that epoch with its event, and suspends what is open of its scope (suspensions.ts), for that reason; what is
   * accepted afterwards is not. False: one is recorded already, or the epoch is another by now; nothing was written.
   */
  recordRollback(epoch: string, finding: RollbackFinding, event: NewEvent, why: Reason): Promise<boolean>;

  /** Ends a recorded rollback with an event, and begins a new epoch. False: none is recorded; nothing was written. */
  acknowledgeRollback(asked: Asked): Promise<boolean>;

  /**
   * The names of those snapshots that no record had seen under that uuid. Sets that were taken into the history as they were found
   * (origin `discovered`) are not counted as seen: their marks may be of events that were lost.
   */
  unseenSnapshots(snapshots: readonly { readonly name: string; readonly uuid: string }[]): Promise<readonly string[]>;
}
