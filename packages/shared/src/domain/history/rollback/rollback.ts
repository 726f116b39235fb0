import type { ExportedEvent } from '../../../contract/exported-event.ts';
import type { Digest } from '../seal/merkle.ts';
import { eventDigest, type HistoryMark } from './history-mark.ts';

export const MARK_SOURCES = ['redis', 'snapshot'] as const;
export type MarkSource = (typeof MARK_SOURCES)[number];

export type SeenMark = HistoryMark & { readonly source: MarkSource };

/** A mark whose event the history lacks (`missing`), or has another one in place of (`another`). */
export type LostMark = SeenMark & { readonly is: 'missing' | 'another' };

/** Which open operations a rollback suspends: deletions and restores with deletions, or all of them. */
export const ROLLBACK_SCOPES = ['deletions', 'everything'] as const;
export type RollbackScope = (typeof ROLLBACK_SCOPES)[number];

export type RollbackFinding = {
  readonly mark: LostMark;
  /** At most so much of the history is lost. */
  readonly lossMs: number;
  readonly scope: RollbackScope;
};

export type CheckedHistory = {
  readonly historyId: string;
  readonly epoch: string;
  readonly now: string;
  readonly heartbeatAt: string;
  /** Those of the marks' ids that the history has. */
  readonly events: readonly ExportedEvent[];
};

/**
 * Whether the history was rolled back, judged by its marks; undefined: none of them says so. Marks of another history or epoch say
 * nothing about this one.
 */
export const rollbackOf = (
  digest: Digest,
  history: CheckedHistory,
  marks: readonly SeenMark[],
  toleranceMs: number,
): RollbackFinding | undefined => {
  const mark = newestLostMark(digest, history, marks);
  if (mark === undefined) return undefined;
  const lossMs = lossOf(history, mark);
  return { mark, lossMs, scope: lossMs < toleranceMs ? 'deletions' : 'everything' };
};

const newestLostMark = (
  digest: Digest,
  { historyId, epoch, events }: CheckedHistory,
  marks: readonly SeenMark[],
): LostMark | undefined => {
  const byId = new Map(events.map((event) => [event.id, event]));
  const lost = marks
    .filter((mark) => mark.historyId === historyId && mark.epoch === epoch)
    .flatMap((mark): readonly LostMark[] => {
      const event = byId.get(mark.eventId);
      if (event === undefined) return [{ ...mark, is: 'missing' }];
      return eventDigest(digest, event) === mark.digest ? [] : [{ ...mark, is: 'another' }];
    });
  return lost.toSorted((one, other) => Date.parse(other.at) - Date.parse(one.at))[0];
};

/**
 * An upper bound: from the last heartbeat that is left to now, since it is unknown what happened in between; to the mark's time where
 * the database's clock is behind it.
 */
const lossOf = ({ now, heartbeatAt }: CheckedHistory, mark: HistoryMark): number =>
  Math.max(0, Math.max(Date.parse(now), Date.parse(mark.at)) - Date.parse(heartbeatAt));
