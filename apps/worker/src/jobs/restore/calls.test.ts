import { fail } from '@tandem/shared/domain/failure/failure.ts';
import { describe, expect, it } from 'vitest';
import { ALERTS, actor, inPlace, PART_2, POSITIONS, REPOSITORY, RESTORE, setUp } from './restore.fixture.ts';

/** Runs the restore to its end; while its second part is being restored, the engine is restarted and loses that. */
const throughRestart = async (
  { engine, toTheEnd }: Pick<Awaited<ReturnType<typeof setUp>>, 'engine' | 'toTheEnd'>,
  before: () => void = () => undefined,
) => {
  let restarted = false;
  await toTheEnd(RESTORE, () => {
    if (restarted || !engine.restoring().includes(ALERTS)) return undefined;
    restarted = true;
    before();
    engine.restart();
    return false;
  });
  expect(restarted).toBe(true);
};

describe('a restore whose calls or copies are lost', () => {
  it.each(['before', 'after'] as const)('goes on when the answer of a call is lost %s it took effect', async (when) => {
    const { engine, forget, begin, toTheEnd, restore } = await setUp();
    forget();
    await begin(inPlace);
    engine.failNext('startRestore', fail('ENGINE_UNREACHABLE', 'away', { call: 'startRestore' }), when);
    await toTheEnd(RESTORE);
    expect(await restore()).toMatchObject({ state: 'SUCCEEDED', report: { documents: 8 } });
  });

  it('adopts what a call that seemed lost restores between the look and the next call', async () => {
    const { engine, forget, begin, toTheEnd, restore, beforeCall } = await setUp();
    forget();
    await begin(inPlace);
    engine.failNext('startRestore', fail('ENGINE_TIMEOUT', 'slow', { call: 'startRestore' }));
    let sent = 0;
    await toTheEnd(RESTORE, (ticks) => {
      sent = engine.calls.filter(({ method }) => method === 'startRestore').length;
      // the first try looked once; the second looks when it begins, and right before it sends
      if (ticks === 2) {
        beforeCall('indexRecoveries', 1, () =>
          engine.startRestore({
            ...{ repository: REPOSITORY, snapshot: PART_2.replace('part_2', 'part_1'), indices: [POSITIONS] },
            ...{ rename: undefined, as: 'saved' },
          }),
        );
      }
      return undefined;
    });
    expect(await restore()).toMatchObject({ state: 'SUCCEEDED', report: { documents: 8 } });
    expect(sent).toBe(3);
  });

  it('sends a part again that the engine lost by a restart', async () => {
    const { engine, forget, begin, toTheEnd, restore } = await setUp();
    forget();
    await begin(inPlace);
    await throughRestart({ engine, toTheEnd });
    expect(await restore()).toMatchObject({ state: 'SUCCEEDED', report: { documents: 8 } });
    expect(engine.calls.filter(({ method }) => method === 'startRestore')).toHaveLength(3);
  });

  it.each(['before', 'after'] as const)(
    'also where the answer of that removal is lost %s it took effect',
    async (when) => {
      const { engine, forget, begin, toTheEnd, restore, calledAt } = await setUp();
      forget();
      await begin(inPlace);
      const lost = fail('ENGINE_TIMEOUT', 'slow', { call: 'deleteIndices' });
      await throughRestart({ engine, toTheEnd }, () => engine.failNext('deleteIndices', lost, when));
      expect(await restore()).toMatchObject({ state: 'SUCCEEDED', report: { documents: 8 } });
      expect(calledAt('startRestore')).toBeLessThan(calledAt('deleteIndices'));
    },
  );

  it('fails instead of removing what is left of a part while Optimize answers', async () => {
    const { engine, forget, begin, toTheEnd, restore, answersAt } = await setUp();
    forget();
    await begin(inPlace);
    await throughRestart({ engine, toTheEnd }, () => answersAt('http://127.0.0.1:8090'));
    expect(await restore()).toMatchObject({
      state: 'FAILED',
      failure: { message: expect.stringContaining('Optimize responds at http://127.0.0.1:8090') },
    });
    expect(engine.calls.filter(({ method }) => method === 'deleteIndices')).toEqual([]);
  });

  it('records what it removes before it does, also what it had not recorded as restored yet', async () => {
    const { engine, history, forget, begin, toTheEnd, restore, beforeCall } = await setUp();
    forget();
    await begin(inPlace);
    let recorded: Readonly<Record<string, string>> = {};
    let there: Readonly<Record<string, string>> = {};
    beforeCall('deleteIndices', 0, async () => {
      recorded = (await restore()).restored;
      there = Object.fromEntries(
        (await engine.indexRecoveries([ALERTS, POSITIONS])).map(({ name, uuid }) => [name, uuid]),
      );
    });
    const { startRestore } = engine;
    Object.assign(engine, {
      startRestore: async (...given: Parameters<typeof startRestore>) => {
        await startRestore(...given);
        // stopped before the first look at what this call restores
        await history.stopRestore(RESTORE, { actor, reason: 'wrong one', requestId: undefined });
      },
    });
    await toTheEnd(RESTORE);
    expect(Object.keys(there)).not.toEqual([]);
    expect(recorded).toMatchObject(there);
  });

  it('counts what it sent again, not how often the engine refused the removal before it', async () => {
    const { engine, forget, begin, toTheEnd, restore } = await setUp();
    forget();
    await begin(inPlace);
    let restarts = 0;
    await toTheEnd(RESTORE, () => {
      if (restarts === 2 || !engine.restoring().includes(ALERTS)) return undefined;
      restarts += 1;
      for (let times = 0; times < 4; times += 1) {
        engine.failNext('deleteIndices', fail('ENGINE_BUSY', 'just started', { call: 'deleteIndices' }));
      }
      engine.restart();
      return false;
    });
    expect(restarts).toBe(2);
    expect(await restore()).toMatchObject({ state: 'SUCCEEDED', memory: { resent: 2 } });
  });
});

it('sends no part while a snapshot is made of an index that has one of its names', async () => {
  const { engine, forget, begin, toTheEnd, restore } = await setUp();
  forget();
  await begin(inPlace);
  const { runningSnapshots } = engine;
  let asked = 0;
  Object.assign(engine, {
    runningSnapshots: async () => {
      asked += 1;
      // the preflight asks once
      return asked === 1 ? runningSnapshots() : [{ repository: 'theirs', name: 'nightly', indices: [POSITIONS] }];
    },
  });
  await toTheEnd(RESTORE);
  expect(await restore()).toMatchObject({
    state: 'FAILED',
    failure: { code: 'RESTORE_BLOCKED', data: { blockers: [{ code: 'SNAPSHOT_RUNNING', found: ['nightly'] }] } },
  });
  expect(engine.calls.filter(({ method }) => method === 'startRestore')).toEqual([]);
});
