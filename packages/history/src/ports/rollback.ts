import type { ExportedEvent } from '@tandem/shared/contract/exported-event.ts';
import type { Reason } from '@tandem/shared/domain/failure/reason.ts';
import type { NewEvent } from '@tandem/shared/domain/history/event.ts';
import type { RollbackFinding } from '@tandem/shared/domain/history/rollback/rollback.ts';
import type { Command } from './events.ts';

/* The identity of the history, and whether PostgreSQL was rolled back to an earlier state. The same promises as in history.ts: one statement each, HISTORY_UNREACHABLE. */

export type Rollback = RollbackFinding & {
  /** ISO 8601 with microseconds. */
  readonly detectedAt: string;
};

/** Read in one snapshot. Times are in ISO 8601 with microseconds. */
export type HistoryLine = {
  readonly historyId: string;
  readonly epoch: string;
  readonly now: string;
  readonly heartbeatAt: string;
  /** Detected and not acknowledged. */
  readonly rollback: Rollback | undefined;
  /** The committed event with the highest id. Undefined: there is none. */
  readonly newest: ExportedEvent | undefined;
  /** The requested events that exist, by id. */
  readonly events: readonly ExportedEvent[];
};

export interface RollbackHistory {
  /** The history as it is at one moment, with those of the events that exist. The cost does not grow with the number of events. */
  readLine(eventIds: readonly string[]): Promise<HistoryLine>;

  /**
   * Sets the heartbeat to now if heartbeat and epoch are still those of the line and no rollback is open. False, with nothing written: they are
   * not; the database may have been rolled back since the line was read.
   */
  beat(line: Pick<HistoryLine, 'epoch' | 'heartbeatAt'>): Promise<boolean>;

  /**
   * Records a rollback of that epoch with its event, and suspends the open operations of its scope (suspensions.ts) for the reason `why`;
   * operations that are accepted later are not suspended. False, with nothing written: one is recorded already, or the epoch has changed.
   */
  recordRollback(epoch: string, finding: RollbackFinding, event: NewEvent, why: Reason): Promise<boolean>;

  /** Ends the recorded rollback with an event and begins a new epoch. False, with nothing written: none is recorded. */
  acknowledgeRollback(command: Command): Promise<boolean>;

  /**
   * The names of those snapshots that no record has under that uuid. Backups of origin `discovered` do not count as records: their marks may be
   * of events that were lost.
   */
  unseenSnapshots(snapshots: readonly { readonly name: string; readonly uuid: string }[]): Promise<readonly string[]>;
}
