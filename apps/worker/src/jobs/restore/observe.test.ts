import { inMemoryEngine } from '@tandem/engine/in-memory/engine.ts';
import type { IndexFigures } from '@tandem/shared/domain/restore/manifest/index-facts.ts';
import type { Manifests } from '@tandem/shared/domain/restore/manifest/manifest.ts';
import { NO_MEMORY, type RestoreDetail, type RestoreMemory } from '@tandem/shared/domain/restore/run/restore-memory.ts';
import type { SeenIndex } from '@tandem/shared/domain/restore/run/restoring.ts';
import { expect, it } from 'vitest';
import type { RestoreJob } from './context.ts';
import { operationsSaved, operationsSeen, targetsSeen } from './observe.ts';

const part = (number: number, ...names: readonly string[]) => ({
  ...{ number, snapshot: `part ${number}`, uuid: null },
  indices: names.map((name) => ({ index: name, as: `copy-${name}` })),
});
const PARTS = [part(1, 'a'), part(2, 'b')] as unknown as RestoreDetail['task']['parts'];

const setUp = () => {
  const engine = inMemoryEngine();
  for (const name of ['copy-a', 'copy-b']) engine.createIndex(name, 5);
  const called = () => engine.calls.map(({ method, subject }) => `${method} ${subject}`);
  const history = { keepContents: async () => undefined, readContents: async () => new Map() };
  return { called, job: { engine, history } as unknown as RestoreJob };
};
const detailOf = (memory: Partial<RestoreMemory>, copy = false): RestoreDetail =>
  ({ task: { copy, parts: PARTS }, memory: { ...NO_MEMORY, ...memory }, restored: {} }) as unknown as RestoreDetail;

it.each<[string, RestoreMemory['parts'], readonly string[]]>([
  ['nothing', {}, []],
  ['what was sent', { 2: 'sending' }, ['copy-b']],
  ['all', { 1: 'done', 2: 'accepted' }, ['copy-a', 'copy-b']],
])('takes for its own only what it has sent: %s', async (_, parts, names) => {
  const { job, called } = setUp();
  expect((await targetsSeen(job, detailOf({ parts }))).map(({ name }) => name)).toEqual(names);
  expect(called()).toEqual(names.length === 0 ? [] : [`indexRecoveries ${names.join()}`]);
});

const seen = (name: string, ...lost: readonly boolean[]): SeenIndex => ({
  ...{ name, uuid: `u-${name}`, blocks: [], shards: 1, shardsDone: lost.length === 0 ? 1 : 0, source: undefined },
  failures: lost.map((isLost, shard) => ({ shard, reason: 'r', lost: isLost })),
});
const ending = (state: 'SUCCEEDED' | 'FAILED' | 'CANCELLED') => ({ state, at: 'parts', reason: undefined }) as const;
const BOTH = [seen('copy-a'), seen('copy-b')];

it.each<[string, Partial<RestoreMemory>, boolean, readonly SeenIndex[], readonly string[]]>([
  ['it goes on', {}, false, BOTH, []],
  ['shards failed, and the engine did not lose them', {}, false, [seen('copy-a'), seen('copy-b', false)], []],
  ['the engine lost a shard of one', {}, false, [seen('copy-a'), seen('copy-b', false, true)], ['copy-a']],
  ['it went well', { ending: ending('SUCCEEDED') }, false, BOTH, []],
  ['it failed', { ending: ending('FAILED') }, false, BOTH, ['copy-a', 'copy-b']],
  ['it was stopped', { ending: ending('CANCELLED') }, false, BOTH, ['copy-a', 'copy-b']],
  ['it was a rehearsal', { ending: ending('SUCCEEDED') }, true, BOTH, ['copy-a', 'copy-b']],
  ['it failed, and nothing is there', { ending: ending('FAILED') }, false, [], []],
])('measures before the next step may delete: %s', async (_, memory, copy, there, names) => {
  const { job, called } = setUp();
  const operations = await operationsSeen(job, { parts: [] } as never, detailOf(memory, copy), there);
  expect([...operations.now]).toEqual(names.map((name) => [name, 5]));
  expect(called()).toEqual(names.length === 0 ? [] : [`measureIndices ${names.join()}`]);
});

it('knows the operations that a snapshot can hold by target name, and of which it does not', () => {
  const figures = (name: string, operations: number) => ({ name, operations }) as IndexFigures;
  const manifest = (...measured: readonly IndexFigures[]) => ({ shapes: [], figures: measured, templates: '' });
  const saved: readonly (readonly [number, Manifests])[] = [
    [1, { before: manifest(figures('a', 4)), after: manifest(figures('a', 6)) }],
    [2, { before: manifest(figures('b', 4)), after: undefined }],
  ];
  const parts = [...PARTS, part(3, 'c')] as unknown as typeof PARTS;
  expect([...operationsSaved(new Map(saved), parts)]).toEqual([['copy-a', 6]]);
});
