import { fail } from '@tandem/shared/domain/failure/failure.ts';
import { describe, expect, it } from 'vitest';
import type { RestoreTick } from '../context.ts';
import {
  ALERTS,
  actor,
  inPlace,
  PART_2,
  POSITIONS,
  REPOSITORY,
  RESTORE,
  rehearsal,
  setUp,
} from '../restore.fixture.ts';
import { setSavedBlocks } from './blocks.ts';

describe('a restore in place, and the write block', () => {
  it('takes no writes before it is restored, and has the blocks that were saved afterwards', async () => {
    const { engine, forget, begin, toTheEnd, restore } = await setUp();
    forget();
    await begin(inPlace);
    let refused = 0;
    await toTheEnd(RESTORE, () => {
      for (const name of [POSITIONS, ALERTS]) {
        try {
          engine.write(name, 1);
        } catch {
          refused += 1;
        }
      }
      return undefined;
    });
    expect(refused).toBeGreaterThan(4);
    const { state, report } = await restore();
    expect({ state, report }).toMatchObject({ state: 'SUCCEEDED', report: { blocks: { set: {}, unknown: 0 } } });
    engine.write(ALERTS, 1);
    expect(await engine.describeIndices([ALERTS, POSITIONS])).toMatchObject([{ blocks: {} }, { blocks: {} }]);
  });

  it('sets what an index was saved with, in an order that the engine takes', async () => {
    const blocks = ['read', 'read_only', 'metadata'] as const;
    const { engine, begin, toTheEnd, restore } = await setUp({
      prepare: async (before) => {
        for (const block of blocks) await before.setIndexBlock([ALERTS], block, 'set');
        await before.setIndexBlock([POSITIONS], 'write', 'set');
      },
    });
    for (const block of ['metadata', 'read_only'] as const) await engine.setIndexBlock([ALERTS], block, 'lift');
    for (const name of [POSITIONS, ALERTS]) engine.deleteIndex(name);
    await begin(inPlace);
    await toTheEnd(RESTORE);
    const set = { [ALERTS]: ['metadata', 'read_only', 'read'], [POSITIONS]: ['write'] };
    expect(await restore()).toMatchObject({
      state: 'SUCCEEDED',
      report: { differing: 0, blocks: { set, unknown: 0 } },
    });
    expect((await engine.indexRecoveries([ALERTS, POSITIONS])).map((index) => index.blocks)).toEqual([
      ['metadata', 'read_only', 'read'],
      ['write'],
    ]);
  });

  it('lifts it where no manifest tells what was saved, and says so', async () => {
    const { engine, forget, begin, toTheEnd, restore } = await setUp({
      prepare: async (before) => {
        for (let parts = 0; parts < 2; parts += 1)
          before.failNext('measureIndices', fail('ENGINE_TIMEOUT', 'no answer', { call: 'measureIndices' }));
      },
    });
    forget();
    await begin(inPlace);
    await toTheEnd(RESTORE);
    expect(await restore()).toMatchObject({ state: 'SUCCEEDED', report: { blocks: { set: {}, unknown: 2 } } });
    engine.write(ALERTS, 1);
  });

  it('goes on where an operator lifted it without writing', async () => {
    const { engine, forget, begin, toTheEnd, restore } = await setUp();
    forget();
    await begin(inPlace);
    await toTheEnd(RESTORE, () => {
      if (engine.restoring().includes(ALERTS)) engine.setBlocked(ALERTS, 'write', false);
      return undefined;
    });
    expect(await restore()).toMatchObject({ state: 'SUCCEEDED', report: { documents: 8 } });
  });

  it('ends FAILED with the call that lifts it where that is refused, and keeps what it restored', async () => {
    const { engine, forget, begin, toTheEnd, restore, indices } = await setUp();
    for (let times = 0; times < 5; times += 1)
      engine.failNext('setIndexBlock', fail('ENGINE_REFUSED', 'no such privilege', { call: 'setIndexBlock' }));
    forget();
    await begin(inPlace);
    await toTheEnd(RESTORE);
    const { state, failure } = await restore();
    const call = `PUT /${ALERTS},${POSITIONS}/_settings {"index.blocks.write":null}`;
    expect({ state, failure }).toMatchObject({
      state: 'FAILED',
      failure: {
        code: 'BLOCKS_NOT_LIFTED',
        message: expect.stringContaining(call),
        data: { engineCode: 'ENGINE_REFUSED', liftBlocks: [call], step: 'blocks' },
      },
    });
    expect(failure?.message).toContain('no such privilege');
    expect(await indices('optimize')).toEqual([ALERTS, POSITIONS]);
  });

  it.each([
    ['lifts what would keep an index from being rolled back', undefined, [['read_only', 'lift']]],
    ['lifts nothing of it while Optimize answers', 'http://127.0.0.1:8090', []],
  ])('%s', async (_, optimizeAt, lifted) => {
    const { engine, forget, begin, toTheEnd, restore, indices, answersAt } = await setUp();
    engine.rotSnapshot(REPOSITORY, PART_2, ALERTS);
    forget();
    await begin(inPlace);
    const { setIndexBlock } = engine;
    const calls: unknown[] = [];
    let isBlocked = false;
    await toTheEnd(RESTORE, () => {
      if (isBlocked || !engine.restoring().includes(ALERTS)) return undefined;
      isBlocked = true;
      void setIndexBlock([POSITIONS], 'read_only', 'set');
      answersAt(optimizeAt);
      Object.assign(engine, {
        setIndexBlock: (...given: Parameters<typeof setIndexBlock>) => {
          calls.push(given.slice(1));
          return setIndexBlock(...given);
        },
      });
      return undefined;
    });
    expect(isBlocked).toBe(true);
    expect(await restore()).toMatchObject({ state: 'FAILED', failure: { code: 'RESTORE_SHARDS_FAILED' } });
    expect(calls).toEqual(lifted);
    expect(await indices('optimize')).toEqual(optimizeAt === undefined ? [] : [ALERTS, POSITIONS]);
  });

  it('is not set on the copy of a rehearsal, nor under other names', async () => {
    for (const request of [rehearsal, { ...rehearsal, copy: false }]) {
      const { engine, begin, toTheEnd, restore } = await setUp();
      await begin(request);
      await toTheEnd(RESTORE, () => {
        const copy = `tandem-rehearsal-1-${ALERTS}`;
        if (engine.restoring().includes(copy)) engine.write(copy, 0);
        return undefined;
      });
      expect(await restore()).toMatchObject({ state: 'SUCCEEDED' });
      expect(engine.calls.filter(({ method }) => method === 'setIndexBlock')).toEqual([]);
    }
  });
});

describe('setting the saved blocks', () => {
  const changes = [
    { block: 'write', change: 'lift', names: [ALERTS, POSITIONS] },
    { block: 'read', change: 'set', names: [ALERTS] },
  ] as const;
  const set = async (refusal?: Error) => {
    const { engine } = await setUp();
    for (const name of [ALERTS, POSITIONS]) engine.setBlocked(name, 'write', true);
    if (refusal !== undefined) engine.failNext('setIndexBlock', refusal as never);
    const tick = { job: { engine, actor }, operation: { operationId: RESTORE }, detail: { task: {}, memory: {} } };
    return { engine, change: setSavedBlocks(tick as unknown as RestoreTick, changes) };
  };

  it('is written down with every change, and done', async () => {
    const { engine, change } = await set();
    expect(await change).toEqual({
      detail: { memory: { blocksDone: true } },
      events: [
        {
          ...{ kind: 'restore.step', actor, source: 'worker' },
          after: {
            ...{ operationId: RESTORE, step: 'blocks' },
            changes: [
              { block: 'write', change: 'lift', indices: [ALERTS, POSITIONS] },
              { block: 'read', change: 'set', indices: [ALERTS] },
            ],
          },
        },
      ],
      tries: 'progress',
      outcome: { do: 'wait', inMs: 0 },
    });
    const there = await engine.indexRecoveries([ALERTS, POSITIONS]);
    expect(there.map(({ blocks }) => blocks)).toEqual([['read'], []]);
  });

  it.each([
    ['BLOCKS_NOT_LIFTED where the engine refuses', fail('ENGINE_BUSY', 'no', {}), 'BLOCKS_NOT_LIFTED'],
    ['CLUSTER_CHANGED where another cluster answers', fail('CLUSTER_CHANGED', 'no', {}), 'CLUSTER_CHANGED'],
    ['a defect as it is', new TypeError('a defect'), undefined],
  ])('rejects with %s', async (_, refusal, code) => {
    const { change } = await set(refusal);
    const error: unknown = await change.catch((reason: unknown) => reason);
    expect(error).toMatchObject(code === undefined ? { message: 'a defect', name: 'TypeError' } : { code });
    if (code === 'BLOCKS_NOT_LIFTED')
      expect(error).toMatchObject({ data: { engineCode: 'ENGINE_BUSY', indices: [ALERTS, POSITIONS], count: 2 } });
  });
});
