import { fail } from '@tandem/shared/domain/failure.ts';
import { describe, expect, it } from 'vitest';
import { ALERTS, inPlace, PART_2, POSITIONS, REPOSITORY, RESTORE, setUp } from './restore.fixture.ts';

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
    let restarted = false;
    await toTheEnd(RESTORE, () => {
      if (restarted || !engine.restoring().includes(ALERTS)) return undefined;
      restarted = true;
      engine.restart();
      return false;
    });
    expect(restarted).toBe(true);
    expect(await restore()).toMatchObject({ state: 'SUCCEEDED', report: { documents: 8 } });
    expect(engine.calls.filter(({ method }) => method === 'startRestore')).toHaveLength(3);
  });

  it.each(['before', 'after'] as const)(
    'also where the answer of that removal is lost %s it took effect',
    async (when) => {
      const { engine, forget, begin, toTheEnd, restore, calledAt } = await setUp();
      forget();
      await begin(inPlace);
      let restarted = false;
      await toTheEnd(RESTORE, () => {
        if (restarted || !engine.restoring().includes(ALERTS)) return undefined;
        restarted = true;
        engine.failNext('deleteIndices', fail('ENGINE_TIMEOUT', 'slow', { call: 'deleteIndices' }), when);
        engine.restart();
        return false;
      });
      expect(restarted).toBe(true);
      expect(await restore()).toMatchObject({ state: 'SUCCEEDED', report: { documents: 8 } });
      expect(calledAt('startRestore')).toBeLessThan(calledAt('deleteIndices'));
    },
  );

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
