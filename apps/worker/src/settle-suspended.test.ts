import { inMemoryEngine } from '@tandem/engine/in-memory.ts';
import { accepted, asked, newCreate, operationId } from '@tandem/history/conformance/examples.ts';
import { inMemoryHistory } from '@tandem/history/in-memory.ts';
import type { Logger } from '@tandem/runtime/logger.ts';
import { fail } from '@tandem/shared/domain/failure.ts';
import { expect, it } from 'vitest';
import { settleSuspended } from './settle-suspended.ts';

const log = Object.fromEntries(['info', 'warn'].map((level) => [level, () => undefined])) as unknown as Logger;
const why = { code: 'HISTORY_ROLLED_BACK', message: 'It was put back.', data: {} };

/** One suspended create, whose parts are `nightly-1` and `nightly-2`. */
const setUp = async () => {
  let time = Date.parse('2026-03-01T12:00:00Z');
  const history = inMemoryHistory({ now: () => new Date(time) });
  const engine = inMemoryEngine({ now: () => new Date(time) });
  engine.createRepository('backups');
  engine.createIndex('optimize-import', 1);
  const id = await accepted(history, newCreate(1, 'nightly'));
  await history.suspendOperations({ scope: 'all' }, { actor: asked.actor, source: 'sweep', why }, 10);
  const make = (part: number, by = id) =>
    engine.startSnapshot({
      ...{ repository: 'backups', name: `nightly-${part}`, indices: ['optimize-import'] },
      owner: { backupId: 'nightly', operationId: by, part, of: 2, optimizeVersion: '8.7.0', tandem: '0' },
    });
  const announced: string[] = [];
  const settle = (given = {}) =>
    settleSuspended({
      ...{ history, engine, actor: asked.actor, log, announce: (ids: readonly string[]) => announced.push(...ids) },
      ...given,
    });
  const pass = (ms: number) => {
    time += ms;
  };
  const state = async () => (await history.findOperation(id))?.state;
  return { history, engine, make, settle, state, pass, announced };
};

it('ends one SUCCEEDED whose snapshots are all there and its own', async () => {
  const { history, engine, make, settle, state, announced } = await setUp();
  for (const part of [1, 2]) {
    await make(part);
    engine.finishAll();
  }
  expect(await settle()).toBe(1);
  expect(await state()).toBe('SUCCEEDED');
  const backup = await history.findBackup('nightly', undefined);
  expect(backup).toMatchObject({ state: 'COMPLETED', failure: undefined });
  expect(backup?.parts.map(({ uuid }) => uuid)).toEqual(engine.snapshots('backups').map(({ uuid }) => uuid));
  expect((await history.eventsOf('nightly', 10)).at(-1)).toMatchObject({ kind: 'backup.completed', source: 'sweep' });
  expect(announced).toEqual(['nightly']);
  expect(await settle()).toBe(0);
});

it.each<[string, (world: Awaited<ReturnType<typeof setUp>>) => Promise<unknown>]>([
  ['no snapshot', async () => undefined],
  ['one of two', async ({ make, engine }) => [await make(1), engine.finishAll()]],
  ['one that runs', async ({ make, engine }) => [await make(1), engine.finishAll(), await make(2)]],
  [
    'one of another operation',
    async ({ make, engine }) => [await make(1), engine.finishAll(), await make(2, operationId(9)), engine.finishAll()],
  ],
])('leaves one suspended with %s', async (_, prepare) => {
  const world = await setUp();
  await prepare(world);
  expect(await world.settle()).toBe(0);
  expect(await world.state()).toBe('SUSPENDED');
});

it('leaves one alone whose repository cannot be read, and writes nothing to the engine', async () => {
  const { settle, state } = await setUp();
  const findSnapshots = () => Promise.reject(fail('ENGINE_UNREACHABLE', 'away', {}));
  expect(await settle({ engine: { findSnapshots } })).toBe(0);
  expect(await state()).toBe('SUSPENDED');
});

it('ends one FAILED that nobody released within 7 days', async () => {
  const { settle, state, pass } = await setUp();
  pass(7 * 86_400_000 - 1);
  expect(await settle()).toBe(0);
  pass(1);
  expect(await settle()).toBe(1);
  expect(await state()).toBe('FAILED');
});
