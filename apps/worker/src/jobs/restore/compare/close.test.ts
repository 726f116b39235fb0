import { inMemoryEngine } from '@tandem/engine/in-memory/engine.ts';
import type { OperationChange } from '@tandem/history/ports/ledger.ts';
import { type FailureCode, fail } from '@tandem/shared/domain/failure/failure.ts';
import type { IndexShape, Manifests } from '@tandem/shared/domain/restore/manifest/manifest.ts';
import { describe, expect, it } from 'vitest';
import type { RestoreTick } from '../context.ts';
import { closeAgain } from './close.ts';

const ID = '0198c0de-7000-7000-8000-000000000002';
const actor = { kind: 'system', name: 'worker' } as const;
const shape = (name: string, open: boolean) => ({ name, open }) as IndexShape;
/** a and b were saved closed, c open; of d in part 2 nothing is known. */
const SAVED: ReadonlyMap<number, Manifests> = new Map([
  [
    1,
    {
      before: { shapes: [shape('a', false), shape('b', false), shape('c', true)], figures: [], templates: '' },
      after: undefined,
    },
  ],
]);
const indices = (...names: readonly string[]) => names.map((index) => ({ index, as: index }));

const setUp = (copy = false) => {
  const engine = inMemoryEngine();
  for (const name of ['a', 'b', 'c', 'd']) engine.createIndex(name, 1);
  const records: Omit<OperationChange, 'outcome'>[] = [];
  const tick = {
    job: { engine, actor },
    operation: { operationId: ID, requestId: undefined },
    detail: {
      task: {
        copy,
        parts: [
          { number: 1, indices: indices('a', 'b', 'c') },
          { number: 2, indices: indices('d') },
        ],
      },
    },
    tools: { record: async (change: Omit<OperationChange, 'outcome'>) => void records.push(change) },
  } as unknown as RestoreTick;
  const close = async () => closeAgain(tick, await engine.describeIndices(['a', 'b', 'c', 'd']), SAVED);
  const open = async () =>
    (await engine.describeIndices(['a', 'b', 'c', 'd'])).filter((index) => index.open).map(({ name }) => name);
  const refuse = (code: FailureCode, when: 'before' | 'after' = 'before') =>
    engine.failNext('closeIndices', fail(code, 'no', { call: 'closeIndices' }), when);
  return { engine, records, close, open, refuse };
};

describe('what was saved closed', () => {
  it('is closed again, and written down before', async () => {
    const { records, close, open } = setUp();
    expect(await close()).toEqual({});
    expect(await open()).toEqual(['c', 'd']);
    const after = { operationId: ID, step: 'close', indices: ['a', 'b'] };
    expect(records).toEqual([{ events: [{ kind: 'restore.step', actor, source: 'worker', after }] }]);
  });

  it.each([
    ['of a copy, which is removed', true, []],
    ['that is closed already', false, ['a', 'b']],
  ])('needs no call: %s', async (_, copy, closed) => {
    const { engine, records, close } = setUp(copy);
    for (const name of closed) engine.setIndexOpen(name, false);
    expect(await close()).toEqual({});
    expect(engine.calls.map(({ method }) => method)).toEqual(['describeIndices']);
    expect(records).toEqual([]);
  });

  it.each(['ENGINE_REFUSED', 'ENGINE_BLOCKED', 'ENGINE_FAILED', 'ENGINE_FORBIDDEN'] as const)(
    'is reported with what is open where the engine answers %s',
    async (code) => {
      const { engine, close, refuse } = setUp();
      refuse(code);
      const { closeIndices } = engine;
      // one of them is closed all the same
      Object.assign(engine, {
        closeIndices: async (names: readonly string[]) => {
          engine.setIndexOpen('b', false);
          return closeIndices(names);
        },
      });
      expect(await close()).toEqual({ notClosed: [{ indices: ['a'], reason: 'no' }] });
      refuse(code, 'after');
      expect(await close()).toEqual({});
    },
  );

  it('is tried again where the engine is away', async () => {
    const { close, refuse } = setUp();
    refuse('ENGINE_UNREACHABLE');
    await expect(close()).rejects.toMatchObject({ code: 'ENGINE_UNREACHABLE' });
  });
});
