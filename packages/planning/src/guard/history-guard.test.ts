import { inMemoryEngine } from '@tandem/engine/in-memory/engine.ts';
import { inMemoryHistory } from '@tandem/history/in-memory/history.ts';
import { inMemoryMarks } from '@tandem/queue/in-memory/marks.ts';
import { fail } from '@tandem/shared/domain/failure/failure.ts';
import { type HistoryMark, markOf, markText } from '@tandem/shared/domain/history/rollback/history-mark.ts';
import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import { optimize } from '@tandem/shared/domain/profile.ts';
import { describe, expect, it } from 'vitest';
import { sha256 } from '../digest.ts';
import { type GuardOptions, historyGuard } from './history-guard.ts';
import { snapshotMarks } from './snapshot-marks.ts';

const REPOSITORY = 'backups';
const TOLERANCE_MS = 300_000;
const witness = { actor: { kind: 'system', name: 'worker' }, source: 'worker' } as const;
const event = { kind: 'backup.refused', backupId: 'b', actor: witness.actor, source: 'api' } as const;
const never = () => new Promise<never>(() => undefined);

/** A history of three events, Redis and an engine, on a clock that the test drives. */
const setUp = async (given: Partial<GuardOptions> = {}) => {
  let time = Date.parse('2026-03-01T12:00:00Z');
  const history = inMemoryHistory({ now: () => new Date(time) });
  await history.appendEvents([event, event, event]);
  const engine = inMemoryEngine({ now: () => new Date(time) });
  engine.createRepository(REPOSITORY);
  engine.createIndex('optimize-alert_v4', 1);
  const marks = inMemoryMarks();
  const lines: string[] = [];
  const options: GuardOptions = {
    ...{ history, marks, toleranceMs: TOLERANCE_MS, witness, sleep: never, now: () => time },
    snapshotMarks: snapshotMarks({ engine, history, profiles: [optimize], repository: REPOSITORY }),
    log: { warn: (_, line) => void lines.push(line), error: (_, line) => void lines.push(line) },
    ...given,
  };
  /** The mark of an event that is not in this history, as after a dump was restored. */
  const lostMark = async (): Promise<HistoryMark> => {
    const line = await history.readLine([]);
    const newest = line.newest && { ...line.newest, id: '4' };
    return markOf(sha256, { ...line, newest }) as HistoryMark;
  };
  const snapshot = (backupId: string, mark: string | undefined) =>
    engine.startSnapshot({
      ...{ repository: REPOSITORY, name: `camunda_optimize_${backupId}_3.9.0_part_1_of_2` },
      indices: ['optimize-alert_v4'],
      owner: {
        ...{ backupId, operationId: 'o', part: 1, of: 2, optimizeVersion: '3.9.0', tandem: '0' },
        ...omitUndefined({ mark }),
      },
    });
  const pass = (ms: number) => {
    time += ms;
  };
  const rollback = async () => (await history.readLine([])).rollback;
  const kinds = async () => (await history.eventsInOrder(undefined, 100)).map(({ kind }) => kind);
  const guard = historyGuard(options);
  return { history, engine, marks, guard, options, lostMark, snapshot, pass, rollback, kinds, lines };
};

describe('before the first write', () => {
  it('finds nothing where no mark says so', async () => {
    const { guard, marks, history, rollback } = await setUp();
    await guard.ready();
    await marks.keep(markOf(sha256, await history.readLine([])) as HistoryMark);
    guard.doubt();
    await guard.ready();
    expect(await rollback()).toBeUndefined();
  });

  it('records a rollback that the mark in Redis shows, once', async () => {
    const { guard, options, marks, lostMark, rollback, kinds } = await setUp();
    await marks.keep(await lostMark());
    await Promise.all([guard.ready(), historyGuard(options).ready()]);
    expect(await rollback()).toMatchObject({ mark: { source: 'redis', is: 'missing' }, scope: 'deletions' });
    expect((await kinds()).filter((kind) => kind === 'history.rolled-back')).toHaveLength(1);
  });

  it('records one that the metadata of an unknown snapshot shows, while Redis is empty', async () => {
    const { guard, snapshot, lostMark, rollback } = await setUp();
    await snapshot('plain', undefined);
    await snapshot('spoilt', 'not a mark');
    await snapshot('since', markText(await lostMark()));
    await guard.ready();
    expect(await rollback()).toMatchObject({ mark: { source: 'snapshot', is: 'missing' } });
  });

  it('measures the loss from the last heartbeat', async () => {
    const { guard, marks, lostMark, pass, rollback } = await setUp();
    pass(TOLERANCE_MS);
    await marks.keep(await lostMark());
    await guard.ready();
    expect(await rollback()).toMatchObject({ lossMs: TOLERANCE_MS, scope: 'everything' });
  });

  it('checks once while all sources respond, and again when in doubt', async () => {
    const { guard, marks, lostMark, rollback } = await setUp();
    await guard.ready();
    await marks.keep(await lostMark());
    await guard.ready();
    expect(await rollback()).toBeUndefined();
    guard.doubt();
    await guard.ready();
    expect(await rollback()).toBeDefined();
  });

  it('is not held up by Redis and engine that are away, says so, and checks when they are back', async () => {
    const stored = inMemoryMarks();
    let away = true;
    const read = () => (away ? Promise.reject(new Error('away')) : stored.read());
    const { guard, lostMark, rollback, pass, lines } = await setUp({
      marks: { read, keep: stored.keep },
      snapshotMarks: () => Promise.reject(fail('ENGINE_UNREACHABLE', 'away', {})),
    });
    await stored.keep(await lostMark());
    await guard.ready();
    await guard.ready();
    expect(await rollback()).toBeUndefined();
    expect(lines).toEqual([expect.stringMatching(/could not be read/)]);
    away = false;
    await guard.ready();
    expect(await rollback()).toBeUndefined();
    pass(1_000);
    await guard.ready();
    expect(await rollback()).toBeDefined();
  });

  it('does not wait for marks longer than it may, and takes them when they come', async () => {
    let answer = (_: readonly HistoryMark[]): void => undefined;
    const late = new Promise<readonly HistoryMark[]>((resolve) => {
      answer = resolve;
    });
    const { guard, lostMark, rollback, pass } = await setUp({
      snapshotMarks: () => late,
      sleep: async () => undefined,
    });
    await guard.ready();
    expect(await rollback()).toBeUndefined();
    answer([await lostMark()]);
    await late;
    pass(1_000);
    await guard.ready();
    expect(await rollback()).toBeDefined();
  });

  it('rejects while PostgreSQL is away', async () => {
    const { options, history } = await setUp();
    const readLine = () => Promise.reject(fail('HISTORY_UNREACHABLE', 'away', {}));
    const guard = historyGuard({ ...options, history: { ...history, readLine } });
    await expect(guard.ready()).rejects.toMatchObject({ code: 'HISTORY_UNREACHABLE' });
  });
});

describe('the mark in Redis', () => {
  it('moves to the newest event', async () => {
    const { guard, marks, history } = await setUp();
    await guard.mark();
    expect(await marks.read()).toMatchObject([{ eventId: '3' }]);
    await history.appendEvents([event]);
    await guard.mark();
    expect(await marks.read()).toEqual([markOf(sha256, await history.readLine([]))]);
  });

  it('stays where it shows a rollback that was not detected yet, and until it is acknowledged', async () => {
    const { guard, marks, lostMark, history } = await setUp();
    const lost = await lostMark();
    await marks.keep(lost);
    await history.appendEvents([{ ...event, backupId: 'another' }]);
    await guard.mark();
    expect(await marks.read()).toEqual([lost]);
    await guard.check();
    await guard.mark();
    expect(await marks.read()).toEqual([lost]);
    await history.acknowledgeRollback({ actor: witness.actor, reason: 'restored', requestId: undefined });
    await guard.mark();
    expect(await marks.read()).toEqual([lost, markOf(sha256, await history.readLine([]))]);
    await guard.check();
    expect((await history.readLine([])).rollback).toBeUndefined();
  });

  it('shows the same dump restored a second time, after the first was acknowledged', async () => {
    const { guard, marks, lostMark, rollback, options } = await setUp();
    await marks.keep(await lostMark());
    await guard.check();
    // the dump again: its epoch is the one before the acknowledgement
    const again = await setUp({ marks });
    await historyGuard({ ...options, history: again.history }).ready();
    expect(await again.rollback()).toBeDefined();
    expect(await rollback()).toBeDefined();
  });
});

describe('the worker that sweeps', () => {
  const heartbeatOf = async ({ history }: Awaited<ReturnType<typeof setUp>>) =>
    (await history.readLine([])).heartbeatAt;

  it('writes the heartbeat every ten seconds', async () => {
    const world = await setUp();
    const first = await heartbeatOf(world);
    world.pass(9_999);
    await world.guard.watch();
    expect(await heartbeatOf(world)).toBe(first);
    world.pass(1);
    await world.guard.watch();
    expect(await heartbeatOf(world)).toBe('2026-03-01T12:00:10.000000Z');
  });

  it('writes it again after the clock was put back', async () => {
    const world = await setUp();
    world.pass(18_000_000);
    await world.guard.watch();
    world.pass(-18_000_000);
    await world.guard.watch();
    expect(await heartbeatOf(world)).toBe('2026-03-01T12:00:00.000000Z');
  });

  it('writes none before it has read every mark, nor after a rollback', async () => {
    const world = await setUp({ snapshotMarks: () => Promise.reject(fail('ENGINE_UNREACHABLE', 'away', {})) });
    const first = await heartbeatOf(world);
    world.pass(60_000);
    await world.guard.watch();
    expect(await heartbeatOf(world)).toBe(first);

    const rolledBack = await setUp();
    await rolledBack.marks.keep(await rolledBack.lostMark());
    rolledBack.pass(60_000);
    expect(await rolledBack.guard.watch()).toBe(false);
    expect(await heartbeatOf(rolledBack)).toBe('2026-03-01T12:00:00.000000Z');
  });

  it('writes the mark that Redis has lost', async () => {
    const { guard, marks } = await setUp();
    expect(await guard.watch()).toBe(true);
    expect(await marks.read()).toMatchObject([{ eventId: '3' }]);
  });
});
