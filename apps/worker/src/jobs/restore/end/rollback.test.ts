import { fail } from '@tandem/shared/domain/failure/failure.ts';
import { describe, expect, it } from 'vitest';
import { ALERTS, actor, inPlace, PART_2, POSITIONS, REPOSITORY, RESTORE, setUp } from '../restore.fixture.ts';

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

  it.each([true, false])('with shards that cannot be restored ends FAILED; rollback %s', async (rollback) => {
    const { engine, forget, begin, toTheEnd, restore, indices } = await setUp();
    engine.rotSnapshot(REPOSITORY, PART_2, ALERTS);
    forget();
    await begin(inPlace, { rollback });
    await toTheEnd(RESTORE);
    expect(await restore()).toMatchObject({ state: 'FAILED', failure: { code: 'RESTORE_SHARDS_FAILED' } });
    expect(await indices('optimize')).toEqual(rollback ? [] : [ALERTS, POSITIONS]);
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
    expect(await restore()).toMatchObject({
      state: 'CANCELLED',
      failure: {
        code: 'RESTORE_STOPPED',
        message: expect.stringMatching(/^Cancelled by \S+ at 2\S+Z: wrong one\./),
        data: { cause: 'request', by: actor, reason: 'wrong one' },
      },
    });
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

  it('takes back the part that its last try sent without an answer', async () => {
    const { engine, forget, begin, toTheEnd, restore, indices, beforeCall } = await setUp();
    forget();
    await begin(inPlace);
    const lost = fail('ENGINE_TIMEOUT', 'no answer', { call: 'startRestore' });
    const away = fail('ENGINE_UNREACHABLE', 'away', { call: 'runningSnapshots' });
    // the preflight asks once
    beforeCall('runningSnapshots', 1, async () => {
      for (let times = 0; times < 3; times += 1) engine.failNext('runningSnapshots', away);
      engine.failNext('startRestore', lost, 'after');
      throw away;
    });
    await toTheEnd(RESTORE);
    expect(engine.calls.filter(({ method }) => method === 'startRestore')).toHaveLength(1);
    expect(await restore()).toMatchObject({ state: 'FAILED', failure: { code: 'ENGINE_TIMEOUT' } });
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

describe('what may hold new documents', () => {
  const lift = (engine: Awaited<ReturnType<typeof setUp>>['engine'], name: string): boolean => {
    let isDone = false;
    try {
      engine.setBlocked(name, 'write', false);
      engine.write(name, 3);
      isDone = true;
    } catch {
      // not there, or still blocked
    }
    return isDone;
  };

  it('is left alone and named, never a difference; the rest is rolled back', async () => {
    const { engine, forget, begin, toTheEnd, restore, indices } = await setUp();
    forget();
    await begin(inPlace);
    let isWritten = false;
    await toTheEnd(RESTORE, () => {
      isWritten ||= engine.restoring().includes(ALERTS) && lift(engine, POSITIONS);
      return undefined;
    });
    expect(isWritten).toBe(true);
    const { state, failure, report } = await restore();
    expect({ state, failure }).toMatchObject({
      state: 'FAILED',
      failure: {
        code: 'RESTORE_WRITTEN',
        message: expect.stringContaining(`lifted by someone else (${POSITIONS})`),
        data: { left: [POSITIONS], leftBecause: { [POSITIONS]: 'unblocked' }, rolledBack: false },
      },
    });
    expect(report?.differing).toBe(0);
    expect(await indices('optimize')).toEqual([POSITIONS]);
    expect(await engine.measureIndices([POSITIONS], 'operations-last')).toMatchObject([{ documents: 6 }]);
  });

  it('stays also when the block was set again after the write', async () => {
    const { engine, forget, begin, toTheEnd, restore, indices } = await setUp();
    engine.alterSnapshot(REPOSITORY, PART_2, ALERTS, 4);
    forget();
    await begin(inPlace);
    let isWritten = false;
    await toTheEnd(RESTORE, () => {
      if (isWritten || !engine.restoring().includes(ALERTS)) return undefined;
      isWritten = lift(engine, POSITIONS);
      engine.setBlocked(POSITIONS, 'write', true);
      return undefined;
    });
    expect(isWritten).toBe(true);
    expect(await restore()).toMatchObject({
      state: 'FAILED',
      failure: {
        code: 'RESTORE_WRITTEN',
        data: {
          leftBecause: { [POSITIONS]: 'written' },
          liftBlocks: [`PUT /${POSITIONS}/_settings {"index.blocks.write":null}`],
        },
      },
      report: { differing: 1 },
    });
    expect(await indices('optimize')).toEqual([POSITIONS]);
  });

  it('makes a stopped restore FAILED', async () => {
    const { history, engine, forget, begin, toTheEnd, restore, indices } = await setUp();
    forget();
    await begin(inPlace);
    await toTheEnd(RESTORE, () => {
      if (!engine.restoring().includes(ALERTS) || !lift(engine, POSITIONS)) return undefined;
      void history.stopRestore(RESTORE, { actor, reason: 'wrong one', requestId: undefined });
      return undefined;
    });
    const { state, failure } = await restore();
    expect({ state, code: failure?.code }).toEqual({ state: 'FAILED', code: 'RESTORE_WRITTEN' });
    expect(failure?.message).toContain('wrong one');
    expect(await indices('optimize')).toEqual([POSITIONS]);
  });

  it('is everything while Optimize answers', async () => {
    const { engine, forget, begin, toTheEnd, restore, indices, answersAt } = await setUp();
    engine.rotSnapshot(REPOSITORY, PART_2, ALERTS);
    forget();
    await begin(inPlace);
    await toTheEnd(RESTORE, () => {
      if (engine.restoring().includes(ALERTS)) answersAt('http://127.0.0.1:8090');
      return undefined;
    });
    const { state, failure } = await restore();
    expect({ state, failure }).toMatchObject({
      state: 'FAILED',
      failure: {
        code: 'RESTORE_SHARDS_FAILED',
        data: { rolledBack: false, left: [ALERTS, POSITIONS], liftBlocks: [expect.stringContaining(ALERTS)] },
      },
    });
    expect(failure?.message).toContain('Optimize responds at http://127.0.0.1:8090');
    expect(failure?.message).toContain('Stop Optimize; then');
    expect(await indices('optimize')).toEqual([ALERTS, POSITIONS]);
    expect(engine.calls.filter(({ method }) => method === 'deleteIndices')).toEqual([]);
  });

  it('is named when the tries of the rollback are spent too', async () => {
    const { engine, forget, begin, toTheEnd, restore, indices } = await setUp();
    engine.rotSnapshot(REPOSITORY, PART_2, ALERTS);
    for (let times = 0; times < 5; times += 1)
      engine.failNext('deleteIndices', fail('ENGINE_FORBIDDEN', 'not allowed', { call: 'deleteIndices' }));
    forget();
    await begin(inPlace);
    await toTheEnd(RESTORE);
    const { state, failure } = await restore();
    expect({ state, failure }).toMatchObject({
      state: 'FAILED',
      failure: {
        code: 'ENGINE_FORBIDDEN',
        data: { endedBecause: 'RESTORE_SHARDS_FAILED', rolledBack: false, left: [ALERTS, POSITIONS] },
      },
    });
    for (const words of [ALERTS, POSITIONS, 'could not be rolled back: not allowed', 'This call lifts the write block'])
      expect(failure?.message).toContain(words);
    expect(await indices('optimize')).toEqual([ALERTS, POSITIONS]);
  });

  it('is named with the call that lifts the block where a restore leaves what it made, as requested', async () => {
    const { engine, forget, begin, toTheEnd, restore } = await setUp();
    engine.rotSnapshot(REPOSITORY, PART_2, ALERTS);
    forget();
    await begin(inPlace, { rollback: false });
    await toTheEnd(RESTORE);
    const call = `PUT /${ALERTS},${POSITIONS}/_settings {"index.blocks.write":null}`;
    const { failure } = await restore();
    expect(failure?.message).toContain(call);
    expect(failure?.data.liftBlocks).toEqual([call]);
    expect(() => engine.write(POSITIONS, 1)).toThrow();
  });
});
