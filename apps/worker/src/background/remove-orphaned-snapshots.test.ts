import { inMemoryEngine } from '@tandem/engine/in-memory/engine.ts';
import type { SettledCreate } from '@tandem/history/ports/operations.ts';
import type { Logger } from '@tandem/runtime/logging/logger.ts';
import { problemLog } from '@tandem/runtime/logging/problem-log.ts';
import { fail } from '@tandem/shared/domain/failure/failure.ts';
import { expect, it } from 'vitest';
import { LeaseLost } from '../lease.ts';
import { removeOrphanedSnapshots } from './remove-orphaned-snapshots.ts';

const REPOSITORY = 'backups';
const name = (part: number) => `camunda_optimize_b_3.9.0_part_${part}_of_2`;

/** Part 1 was recorded and kept, part 2 may come late. */
const setUp = () => {
  const engine = inMemoryEngine();
  engine.createRepository(REPOSITORY);
  const made = (part: number, operationId: string | undefined) =>
    engine.putSnapshot(REPOSITORY, {
      name: name(part),
      indices: [],
      owner:
        operationId === undefined
          ? undefined
          : { backupId: 'b', operationId, part, of: 2, optimizeVersion: '3.9.0', tandem: '0' },
    });
  const events: { kind: string; backupId: string | undefined }[] = [];
  const intended = new Set<string>();
  const lines: (readonly [string, object])[] = [];
  const line = (facts: object, message: string) => void lines.push([message, facts]);
  const log = { warn: line, info: line } as unknown as Logger;
  const problems = problemLog(log);
  const run = (kept: string | undefined, assertHeld: () => void = () => undefined) => {
    const create: SettledCreate = {
      operationId: 'cancelled',
      location: { clusterUuid: 'c', repository: REPOSITORY, repositoryUuid: undefined },
      parts: [
        { snapshotName: name(1), kept },
        { snapshotName: name(2), kept: undefined },
      ],
    };
    const appendEvents = async (more: readonly (typeof events)[number][]) => void events.push(...more);
    return removeOrphanedSnapshots({
      history: { settledCreates: async () => [create], appendEvents },
      engine,
      actor: { kind: 'system', name: 'worker' },
      log,
      withinMs: 1_000,
      ...{ assertHeld, intended, problems },
    });
  };
  const left = () => engine.snapshots(REPOSITORY).map((snapshot) => snapshot.name);
  return { engine, made, run, left, events, lines };
};

it('removes what an ended operation made late, and tells the history', async () => {
  const { made, run, left, events } = setUp();
  const { uuid } = made(1, 'cancelled');
  made(2, 'cancelled');
  expect(await run(uuid)).toBe(1);
  expect(left()).toEqual([name(1)]);
  expect(events).toMatchObject([
    { kind: 'snapshot.removing', backupId: 'b' },
    { kind: 'snapshot.removed', backupId: 'b' },
  ]);
});

it('removes a late one that replaced the one that was kept', async () => {
  const { made, run, left } = setUp();
  made(1, 'cancelled');
  await run('another uuid');
  expect(left()).toEqual([]);
});

it.each([
  ['a stranger', undefined],
  ['another operation', 'living'],
])('leaves what %s made', async (_, operationId) => {
  const { made, run, left } = setUp();
  made(2, operationId);
  expect(await run(undefined)).toBe(0);
  expect(left()).toEqual([name(2)]);
});

it('looks again later where the repository does not answer', async () => {
  const { engine, made, run, left } = setUp();
  made(2, 'cancelled');
  engine.breakRepository(REPOSITORY, 'away');
  expect(await run(undefined)).toBe(0);
  engine.breakRepository(REPOSITORY);
  expect(await run(undefined)).toBe(1);
  expect(left()).toEqual([]);
});

it('removes none that was replaced since it was found', async () => {
  const { engine, made, run, left } = setUp();
  made(2, 'cancelled');
  const { findSnapshots } = engine;
  engine.findSnapshots = async (...asked) => {
    const found = await findSnapshots(...asked);
    engine.findSnapshots = findSnapshots;
    engine.removeSnapshot(REPOSITORY, name(2));
    made(2, 'living');
    return found;
  };
  expect(await run(undefined)).toBe(0);
  expect(left()).toEqual([name(2)]);
});

it('sends no deletion once another process may do it', async () => {
  const { made, run, left, events } = setUp();
  made(2, 'cancelled');
  const lost = () => {
    throw new LeaseLost('slept');
  };
  await expect(run(undefined, lost)).rejects.toThrow(LeaseLost);
  expect(left()).toEqual([name(2)]);
  expect(events).toMatchObject([{ kind: 'snapshot.removing' }]);
});

it('records a deletion that fails again and again once', async () => {
  const { engine, made, run, left, events } = setUp();
  made(2, 'cancelled');
  for (let times = 0; times < 2; times += 1)
    engine.failNext('deleteSnapshot', fail('ENGINE_FORBIDDEN', 'no', { call: 'deleteSnapshot' }), 'before');
  for (const removed of [0, 0, 1]) expect(await run(undefined)).toBe(removed);
  expect(left()).toEqual([]);
  expect(events.map(({ kind }) => kind)).toEqual(['snapshot.removing', 'snapshot.removed']);
});

it('logs once that the engine fails, with the backup, and once that it is over', async () => {
  const { engine, run, lines } = setUp();
  const away = fail('ENGINE_UNREACHABLE', 'away', { call: 'findSnapshots' });
  for (let times = 0; times < 3; times += 1) engine.failNext('findSnapshots', away, 'before');
  for (let runs = 0; runs < 5; runs += 1) await run('uuid');
  const message = 'late snapshots of an operation that ended not removed';
  expect(lines).toEqual([
    [message, { operationId: 'cancelled', backupId: 'b', err: away }],
    [`over: ${message}`, { operationId: 'cancelled', backupId: 'b', times: 3 }],
  ]);
});
