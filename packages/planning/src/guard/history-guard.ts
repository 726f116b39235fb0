import type { HistoryLine, Rollback, RollbackHistory } from '@tandem/history/ports/rollback.ts';
import type { Actor, EventSource, NewEvent } from '@tandem/shared/domain/history/event.ts';
import { type HistoryMark, markOf } from '@tandem/shared/domain/history/rollback/history-mark.ts';
import { type RollbackFinding, rollbackOf, type SeenMark } from '@tandem/shared/domain/history/rollback/rollback.ts';
import { rolledBackReason } from '@tandem/shared/domain/operation/suspension.ts';
import { type Sleep, withTimeLimit } from '@tandem/shared/domain/time-limit.ts';
import { sha256 } from '../digest.ts';
import { markSource, type ReadMarks } from './mark-source.ts';

export type GuardOptions = {
  readonly history: Pick<RollbackHistory, 'readLine' | 'beat' | 'recordRollback'>;
  /** Marks in Redis. */
  readonly marks: {
    readonly read: () => Promise<readonly HistoryMark[]>;
    readonly keep: (mark: HistoryMark) => Promise<void>;
  };
  /** Marks in the metadata of snapshots. */
  readonly snapshotMarks: () => Promise<readonly HistoryMark[]>;
  /** A shorter loss suspends only deletions and restores with deletions. */
  readonly toleranceMs: number;
  readonly witness: { readonly actor: Actor; readonly source: EventSource };
  readonly log: {
    readonly warn: (data: object, message: string) => void;
    readonly error: (data: object, message: string) => void;
  };
  /** Monotonic milliseconds. */
  readonly now: () => number;
  /** Keeps no process alive. */
  readonly sleep: Sleep;
};

export type CheckedLine = {
  readonly line: HistoryLine;
  readonly rollback: Rollback | undefined;
  /** Whether both Redis and the snapshots have been read since this process started. */
  readonly complete: boolean;
  readonly redis: ReadMarks;
  readonly snapshots: ReadMarks;
};

export type HistoryGuard = {
  /**
   * Await this before the first write and the first claim. Resolves once the marks in Redis and in the snapshots have been compared with the
   * history and a rollback has been recorded. Unreadable marks do not block; a later call reads them again. Rejects with HISTORY_UNREACHABLE.
   */
  readonly ready: () => Promise<void>;
  /** Makes the next `ready` check again, because PostgreSQL may have been replaced. */
  readonly doubt: () => void;
  /** Compares now. Rejects with HISTORY_UNREACHABLE. */
  readonly check: () => Promise<CheckedLine>;
  /** As `check`, for the one worker that sweeps; also writes the heartbeat. False: a rollback is not acknowledged yet. */
  readonly watch: () => Promise<boolean>;
  /** Moves the mark in Redis to the newest event, unless the history was rolled back. Rejects if Redis or PostgreSQL does not respond. */
  readonly mark: () => Promise<void>;
};

const HEARTBEAT_MS = 10_000;
/** Redis has the newest mark. The marks in snapshots matter if Redis lost its own. */
const SNAPSHOTS_EVERY_MS = 300_000;
/** How often `ready` retries while marks cannot be read. */
const AGAIN_MS = 1_000;
/** Max wait of a check for marks; marks that arrive later are compared by the next check. The sweep's lease is running meanwhile. */
const PATIENCE_MS = 5_000;
const PATIENCE_OF_SWEEP_MS = 500;

export const historyGuard = (options: GuardOptions): HistoryGuard => {
  const { history, log, now, sleep, toleranceMs, witness } = options;
  const redis = markSource('redis', () => options.marks.read(), now);
  const snapshots = markSource('snapshot', options.snapshotMarks, now);
  let last: { readonly at: number; readonly complete: boolean } | undefined;
  let checking: Promise<CheckedLine> | undefined;
  let doubts = 0;
  let warned = false;
  let unmarked = false;

  const checkNow = async (patienceMs: number): Promise<CheckedLine> => {
    const doubted = doubts;
    const refreshed = Promise.all([redis.refresh(0), snapshots.refresh(SNAPSHOTS_EVERY_MS)]);
    await withTimeLimit(sleep, patienceMs, refreshed, () => undefined);
    const complete = redis.wasRead() && snapshots.wasRead();
    warnUnless(complete);
    const marks = [...redis.marks(), ...snapshots.marks()];
    const line = await history.readLine(idsOf(marks));
    const finding = line.rollback === undefined ? rollbackOf(sha256, line, marks, toleranceMs) : undefined;
    if (finding !== undefined) await record(line, finding);
    const { rollback } = finding === undefined ? line : await history.readLine([]);
    if (doubted === doubts) last = { at: now(), complete };
    return { line, rollback, complete, redis, snapshots };
  };
  const check = (patienceMs = PATIENCE_MS): Promise<CheckedLine> => {
    checking ??= checkNow(patienceMs).finally(() => {
      checking = undefined;
    });
    return checking;
  };
  const warnUnless = (complete: boolean): void => {
    if (!complete && !warned) {
      const data = { redis: redis.unread(), snapshots: snapshots.unread() };
      log.warn(data, 'marks of the history could not be read; a rollback of the database would go undetected');
    }
    warned = !complete;
  };
  const record = async (line: HistoryLine, finding: RollbackFinding): Promise<void> => {
    const event = rollbackEvent(witness, line, finding);
    const recorded = await history.recordRollback(line.epoch, finding, event, rolledBackReason(finding.lossMs));
    if (recorded)
      log.error({ historyId: line.historyId, epoch: line.epoch, ...finding }, 'the history was rolled back');
  };
  const mark = async (): Promise<void> => {
    const marks = await options.marks.read();
    const line = await history.readLine(idsOf(marks));
    const seen = marks.map((one) => ({ ...one, source: 'redis' as const }));
    // never replace the mark that proves a rollback
    if (line.rollback !== undefined || rollbackOf(sha256, line, seen, toleranceMs) !== undefined) return;
    const next = markOf(sha256, line);
    if (next !== undefined) await options.marks.keep(next);
  };

  return {
    check: () => check(),
    mark,
    doubt: () => {
      doubts += 1;
      last = undefined;
    },
    ready: async () => {
      const isChecked = last !== undefined && (last.complete || now() - last.at < AGAIN_MS);
      if (!isChecked) await check();
    },
    watch: async () => {
      const { line, rollback, complete } = await check(PATIENCE_OF_SWEEP_MS);
      if (rollback !== undefined) return false;
      // a heartbeat written without checking the history first would make the loss look small
      if (complete && isBeatDue(line)) await history.beat(line);
      if (redis.unread() === undefined && line.newest && !isMarked(line, redis.marks())) {
        unmarked = await mark().then(
          () => false,
          (error: unknown) => {
            if (!unmarked) log.warn({ err: error }, 'mark not written');
            return true;
          },
        );
      }
      return true;
    },
  };
};

const rollbackEvent = (
  { actor, source }: GuardOptions['witness'],
  { historyId, epoch }: HistoryLine,
  { mark, lossMs, scope }: RollbackFinding,
): NewEvent => ({ kind: 'history.rolled-back', actor, source, after: { historyId, epoch, lossMs, scope, mark } });

const idsOf = (marks: readonly HistoryMark[]): readonly string[] => [...new Set(marks.map(({ eventId }) => eventId))];

const msBetween = (from: string, to: string): number => Date.parse(to) - Date.parse(from);

/** A heartbeat in the future was written before the clock was set back: until the clock catches up, a loss would look small. */
const isBeatDue = ({ heartbeatAt, now }: HistoryLine): boolean => Math.abs(msBetween(heartbeatAt, now)) >= HEARTBEAT_MS;

const isMarked = ({ historyId, epoch }: HistoryLine, marks: readonly SeenMark[]): boolean =>
  marks.some((mark) => mark.historyId === historyId && mark.epoch === epoch);
