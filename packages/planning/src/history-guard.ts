import type { HistoryLine, Rollback, RollbackHistory } from '@tandem/history/ports/rollback.ts';
import { rolledBackReason } from '@tandem/shared/domain/backup/suspension.ts';
import type { Actor, EventSource, NewEvent } from '@tandem/shared/domain/history/event.ts';
import { type HistoryMark, markOf } from '@tandem/shared/domain/history/history-mark.ts';
import { type RollbackFinding, rollbackOf, type SeenMark } from '@tandem/shared/domain/history/rollback.ts';
import { sha256 } from './digest.ts';
import { markSource, type ReadMarks } from './mark-source.ts';

export type GuardOptions = {
  readonly history: Pick<RollbackHistory, 'readLine' | 'beat' | 'recordRollback'>;
  /** Those in Redis. */
  readonly marks: {
    readonly read: () => Promise<readonly HistoryMark[]>;
    readonly keep: (mark: HistoryMark) => Promise<void>;
  };
  /** Those in the metadata of snapshots. */
  readonly snapshotMarks: () => Promise<readonly HistoryMark[]>;
  /** A loss shorter than this suspends deletions and restores with deletions only. */
  readonly toleranceMs: number;
  readonly witness: { readonly actor: Actor; readonly source: EventSource };
  readonly log: {
    readonly warn: (data: object, message: string) => void;
    readonly error: (data: object, message: string) => void;
  };
  /** Monotonic milliseconds. */
  readonly now: () => number;
  /** Resolves after that time. */
  readonly sleep: (ms: number) => Promise<unknown>;
};

export type CheckedLine = {
  readonly line: HistoryLine;
  readonly rollback: Rollback | undefined;
  /** Whether Redis and the snapshots have both been read since this process began. */
  readonly complete: boolean;
  readonly redis: ReadMarks;
  readonly snapshots: ReadMarks;
};

export type HistoryGuard = {
  /**
   * To be awaited before the first write and the first claim: resolves once the marks of Redis and of the snapshots were compared with the
   * history, and what they show was recorded. Marks that cannot be read hold nothing up; they are read again by a later call. Rejects with
   * HISTORY_UNREACHABLE.
   */
  readonly ready: () => Promise<void>;
  /** The next `ready` checks again: PostgreSQL may be another one now. */
  readonly doubt: () => void;
  /** Compares now. Rejects with HISTORY_UNREACHABLE. */
  readonly check: () => Promise<CheckedLine>;
  /** As `check`, by the one worker that sweeps: it also writes the heartbeat. False: a rollback is open. */
  readonly watch: () => Promise<boolean>;
  /** Moves the mark in Redis to the newest event, unless the history was rolled back. Rejects where Redis or PostgreSQL does not answer. */
  readonly mark: () => Promise<void>;
};

const HEARTBEAT_MS = 10_000;
/** Redis has the newest mark. Those of snapshots matter where Redis lost its own. */
const SNAPSHOTS_EVERY_MS = 300_000;
/** While marks cannot be read, whoever waits for `ready` tries so often. */
const AGAIN_MS = 1_000;
/** The longest that a check waits for marks: what comes later is compared by the next. The lease of the sweep goes on meanwhile. */
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
    await Promise.race([Promise.all([redis.refresh(0), snapshots.refresh(SNAPSHOTS_EVERY_MS)]), sleep(patienceMs)]);
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
      log.warn(data, 'marks of the history could not be read: a rolled-back database would not be noticed yet');
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
    const kept = await options.marks.read();
    const line = await history.readLine(idsOf(kept));
    const seen = kept.map((one) => ({ ...one, source: 'redis' as const }));
    // the mark that proves a rollback is never replaced
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
      // a heartbeat that nobody checked the history before would make the loss look small
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

/** One that lies ahead was written before the clock was put back: until that has caught up, a loss would look small. */
const isBeatDue = ({ heartbeatAt, now }: HistoryLine): boolean => Math.abs(msBetween(heartbeatAt, now)) >= HEARTBEAT_MS;

const isMarked = ({ historyId, epoch }: HistoryLine, marks: readonly SeenMark[]): boolean =>
  marks.some((mark) => mark.historyId === historyId && mark.epoch === epoch);
