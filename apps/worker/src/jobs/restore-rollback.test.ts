import { fail } from '@tandem/shared/domain/failure.ts';
import { describe, expect, it } from 'vitest';
import { ALERTS, actor, inPlace, PART_2, POSITIONS, REPOSITORY, RESTORE, setUp } from './restore.fixture.ts';

describe('a restore that does not end well', () => {
  it('takes back what it restored when an index appears under a name of part 2, and leaves that one alone', async () => {
    const { engine, forget, begin, toTheEnd, restore, indices } = await setUp();
    forget();
    await begin(inPlace);
    await toTheEnd(RESTORE, () => {
      const part1IsThere = engine.restoring().includes(POSITIONS);
      if (part1IsThere) engine.createIndex(ALERTS, 77);
      return undefined;
    });
    expect(await restore()).toMatchObject({ state: 'FAILED', failure: { code: 'RESTORE_BLOCKED' } });
    expect(await indices('optimize')).toEqual([ALERTS]);
  });

  it.each([true, false])('with shards that cannot be restored ends FAILED; rollBack %s', async (rollBack) => {
    const { engine, forget, begin, toTheEnd, restore, indices } = await setUp();
    engine.rotSnapshot(REPOSITORY, PART_2, ALERTS);
    forget();
    await begin(inPlace, { rollBack });
    await toTheEnd(RESTORE);
    expect(await restore()).toMatchObject({ state: 'FAILED', failure: { code: 'RESTORE_SHARDS_FAILED' } });
    expect(await indices('optimize')).toEqual(rollBack ? [] : [ALERTS, POSITIONS]);
  });

  it('stops when a person asks, and takes back what it restored', async () => {
    const { history, engine, forget, begin, toTheEnd, restore, indices } = await setUp();
    forget();
    await begin(inPlace);
    const asked = { actor, reason: 'wrong one', requestId: undefined };
    await toTheEnd(RESTORE, () => {
      if (engine.restoring().length > 0) void history.stopRestore(RESTORE, asked);
      return undefined;
    });
    expect(await restore()).toMatchObject({ state: 'CANCELLED', failure: { code: 'RESTORE_STOPPED' } });
    expect(await indices('optimize')).toEqual([]);
  });

  it('takes back what it restored when its tries are spent', async () => {
    const { engine, forget, begin, toTheEnd, restore, indices } = await setUp();
    forget();
    await begin(inPlace);
    let failing = false;
    await toTheEnd(RESTORE, () => {
      if (failing || !engine.restoring().includes(ALERTS)) return undefined;
      failing = true;
      for (let times = 0; times < 5; times += 1) {
        engine.failNext('indexRecoveries', fail('ENGINE_UNREACHABLE', 'away', { call: 'indexRecoveries' }));
      }
      return undefined;
    });
    expect(failing).toBe(true);
    expect(await restore()).toMatchObject({ state: 'FAILED', failure: { code: 'ENGINE_UNREACHABLE' } });
    expect(await indices('optimize')).toEqual([]);
  });

  it('is not stopped again by who stopped the run before, and can be stopped by somebody else', async () => {
    const { history, engine, forget, begin, toTheEnd, restore } = await setUp();
    forget();
    await begin(inPlace);
    engine.failNext('startRestore', fail('RESTORE_REFUSED', 'no', { call: 'startRestore' }));
    const asked = { actor, reason: 'wrong one', requestId: undefined };
    await toTheEnd(RESTORE, () => {
      if (engine.calls.some(({ method }) => method === 'startRestore')) void history.stopRestore(RESTORE, asked);
      return undefined;
    });
    expect(await restore()).toMatchObject({ state: 'FAILED', failure: { code: 'RESTORE_REFUSED' } });
    await history.retryOperation(RESTORE, { ...asked, reason: 'again' });
    let isRunning = false;
    await toTheEnd(RESTORE, () => {
      if (isRunning || engine.restoring().length === 0) return undefined;
      isRunning = true;
      void history.stopRestore(RESTORE, { ...asked, reason: 'wrong again' });
      return undefined;
    });
    expect(isRunning).toBe(true);
    expect(await restore()).toMatchObject({ state: 'CANCELLED', stop: { reason: 'wrong again' } });
  });
});
