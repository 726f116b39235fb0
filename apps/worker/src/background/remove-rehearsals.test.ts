import { type InMemoryEngine, inMemoryEngine } from '@tandem/engine/in-memory/engine.ts';
import type { RestoreRecord } from '@tandem/history/ports/restores.ts';
import type { Logger } from '@tandem/runtime/logging/logger.ts';
import { problemLog } from '@tandem/runtime/logging/problem-log.ts';
import { rehearsalPrefix } from '@tandem/shared/domain/restore/rehearsal.ts';
import { expect, it } from 'vitest';
import { LeaseLost } from '../lease.ts';
import { removeRehearsals } from './remove-rehearsals.ts';

const ENDED = '0198c0de-7000-7000-8000-00000000000a';
const OPEN = '0198c0de-7000-7000-8000-00000000000b';
const LATE = `${rehearsalPrefix(ENDED)}-optimize-alert_v4`;
const nothing = () => undefined;
const log = { warn: nothing, info: nothing } as unknown as Logger;

it('removes what an ended rehearsal restored late, and nothing of one that is open or of anybody else', async () => {
  const engine = inMemoryEngine();
  const kept = [`${rehearsalPrefix(OPEN)}-optimize-alert_v4`, 'tandem-rehearsal', 'optimize-alert_v4'];
  for (const name of kept) engine.createIndex(name);
  engine.createIndex(LATE, 0, { settings: { 'index.blocks.read_only': 'true', 'index.blocks.metadata': 'true' } });
  const told: unknown[] = [];
  const removed = await removeRehearsals({
    history: {
      endedRehearsals: async () => [{ operationId: ENDED, backupId: 'b', state: 'SUCCEEDED' }],
      findRestore: async () => undefined,
      listRestores: async () => [],
      appendEvents: async (events) => void told.push(...events),
    },
    engine,
    actor: { kind: 'system', name: 'worker' },
    log,
    withinMs: 1_000,
    ...{ assertHeld: nothing, intended: new Set<string>(), problems: problemLog(log) },
  });
  expect(removed).toBe(1);
  expect((await engine.describeIndices([LATE, ...kept])).map(({ name }) => name)).toEqual([...kept].sort());
  expect(told).toMatchObject([
    { kind: 'index.removing', after: { operationId: ENDED, indices: [LATE] } },
    { kind: 'index.removed', after: { operationId: ENDED, indices: [LATE] } },
  ]);
});

it('removes what a suspended rehearsal restored, by name and by the snapshot that it came from', async () => {
  const engine = inMemoryEngine();
  engine.createRepository('backups');
  engine.createIndex('optimize-alert_v4');
  const owner = { backupId: 'b', operationId: 'o', part: 1, of: 1, optimizeVersion: '3.9.0', tandem: '0' };
  for (const name of ['ours', 'another']) {
    await engine.startSnapshot({ repository: 'backups', name, indices: ['optimize-alert_v4'], owner });
    engine.finish('backups', name);
  }
  const prefix = rehearsalPrefix(OPEN);
  const restore = async (snapshot: string, to: string) => {
    const rename = { pattern: '^(.+)$', replacement: `${prefix}-${to}-$1` };
    await engine.startRestore({ repository: 'backups', snapshot, indices: ['optimize-alert_v4'], rename, as: 'copy' });
  };
  await restore('ours', 'one');
  await restore('another', 'two');
  const told: unknown[] = [];
  const detail = { task: { parts: [{ number: 1, snapshot: 'ours', uuid: 'u', indices: [] }] } };
  const suspended = { operationId: OPEN, backupId: 'b', repository: 'backups', detail } as unknown as RestoreRecord;
  const removed = await removeRehearsals({
    history: {
      endedRehearsals: async () => [],
      findRestore: async () => undefined,
      listRestores: async ({ states }) => (states?.join() === 'SUSPENDED' ? [suspended] : []),
      appendEvents: async (events) => void told.push(...events),
    },
    engine,
    actor: { kind: 'system', name: 'worker' },
    log,
    withinMs: 1_000,
    ...{ assertHeld: nothing, intended: new Set<string>(), problems: problemLog(log) },
  });
  expect(removed).toBe(1);
  expect((await engine.listIndices(prefix)).map(({ name }) => name)).toEqual([`${prefix}-two-optimize-alert_v4`]);
  expect(told).toMatchObject([
    { kind: 'index.removing', backupId: 'b', after: { operationId: OPEN } },
    { kind: 'index.removed', backupId: 'b', after: { operationId: OPEN } },
  ]);
});

/** The removal of what one ended rehearsal restored late. */
const removing = (engine: InMemoryEngine, assertHeld: () => void) =>
  removeRehearsals({
    history: {
      endedRehearsals: async () => [{ operationId: ENDED, backupId: 'b', state: 'SUCCEEDED' }],
      findRestore: async () => undefined,
      listRestores: async () => [],
      appendEvents: async () => undefined,
    },
    engine,
    actor: { kind: 'system', name: 'worker' },
    log,
    withinMs: 1_000,
    assertHeld,
    intended: new Set(),
    problems: problemLog(log),
  });

it.each([
  ['was replaced since it was found', 0],
  ['another process may delete by now', undefined],
])('leaves an index that %s', async (_, expected) => {
  const engine = inMemoryEngine();
  engine.createIndex(LATE);
  const { indexRecoveries } = engine;
  engine.indexRecoveries = async (names) => {
    const found = await indexRecoveries(names);
    engine.indexRecoveries = indexRecoveries;
    if (expected === undefined) return found;
    await engine.deleteIndices([LATE]);
    engine.createIndex(LATE);
    return found;
  };
  const removed = removing(engine, () => {
    if (expected === undefined) throw new LeaseLost('slept');
  });
  if (expected === undefined) await expect(removed).rejects.toThrow(LeaseLost);
  else expect(await removed).toBe(expected);
  expect((await engine.listIndices('tandem')).map(({ name }) => name)).toEqual([LATE]);
});

it.each([
  ['lifts no block', 0, { name: LATE, blocks: ['read_only'] }],
  ['deletes nothing', 1, { name: LATE, blocks: [] }],
])('%s once another process may do it', async (_, held, left) => {
  const engine = inMemoryEngine();
  engine.createIndex(LATE, 0, { settings: { 'index.blocks.read_only': 'true' } });
  let checks = 0;
  const removed = removing(engine, () => {
    checks += 1;
    if (checks > held) throw new LeaseLost('slept');
  });
  await expect(removed).rejects.toThrow(LeaseLost);
  expect(await engine.indexRecoveries([LATE])).toMatchObject([left]);
});

it.each([
  ['had FAILED was retried', 'FAILED', 'QUEUED'],
  ['was suspended was released', 'SUSPENDED', 'RUNNING'],
] as const)('leaves the copies of a rehearsal alone that %s meanwhile', async (_, listed, now) => {
  const engine = inMemoryEngine();
  const copy = `${rehearsalPrefix(ENDED)}-optimize-alert_v4`;
  engine.createIndex(copy);
  const record = (state: RestoreRecord['state']) =>
    ({
      operationId: ENDED,
      backupId: 'b',
      repository: 'backups',
      state,
      detail: { task: { parts: [] } },
    }) as unknown as RestoreRecord;
  const told: unknown[] = [];
  const removed = await removeRehearsals({
    history: {
      endedRehearsals: async () => (listed === 'FAILED' ? [{ operationId: ENDED, backupId: 'b', state: listed }] : []),
      findRestore: async () => record(now),
      listRestores: async () => (listed === 'SUSPENDED' ? [record(listed)] : []),
      appendEvents: async (events) => void told.push(...events),
    },
    engine,
    actor: { kind: 'system', name: 'worker' },
    log,
    withinMs: 1_000,
    ...{ assertHeld: nothing, intended: new Set<string>(), problems: problemLog(log) },
  });
  expect(removed).toBe(0);
  expect((await engine.listIndices('tandem')).map(({ name }) => name)).toEqual([copy]);
  expect(told).toEqual([]);
});
