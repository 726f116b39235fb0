import { describe, expect, it } from 'vitest';
import { ALERTS, inPlace, PART_2, POSITIONS, REPOSITORY, RESTORE, setUp } from './restore.fixture.ts';

/** As the version before write blocks left it: part 1 accepted without one, and a memory that knows neither blocks nor operations. */
const begunBefore = async (world: Awaited<ReturnType<typeof setUp>>) => {
  const { history, engine, forget, begin } = world;
  forget();
  await begin(inPlace);
  await engine.startRestore({
    ...{ repository: REPOSITORY, snapshot: PART_2.replace('part_2', 'part_1'), indices: [POSITIONS] },
    ...{ rename: undefined, as: 'saved' },
  });
  const claim = await history.claim(RESTORE, {
    ...{ worker: 'earlier', leaseMs: 10_000, createsPerRepository: 1, queuedRetryMs: 30_000 },
  });
  if (!claim.claimed) throw new Error('not claimed');
  const memory = {
    ...{ step: 'parts', checked: true, deleted: false, deleting: false, resent: 0, missed: false },
    ...{ parts: { 1: 'accepted' }, templatesDone: false },
  };
  await history.record(RESTORE, claim.operation.revision, {
    detail: { memory },
    tries: 'progress',
    outcome: { do: 'wait', inMs: 0 },
  });
};

describe('a restore that an earlier version began', () => {
  it('goes on: its later parts are blocked until it has SUCCEEDED', async () => {
    const world = await setUp();
    await begunBefore(world);
    const { engine, toTheEnd, restore } = world;
    const blocked: (readonly string[])[] = [];
    await toTheEnd(RESTORE, () => {
      for (const name of [POSITIONS, ALERTS]) {
        try {
          engine.write(name, 0);
        } catch {
          blocked.push([name]);
        }
      }
      return undefined;
    });
    expect(blocked.flat()).toContain(ALERTS);
    expect(await restore()).toMatchObject({ state: 'SUCCEEDED', memory: { blocked: [2] }, report: { documents: 8 } });
    engine.write(ALERTS, 1);
  });

  it.each([
    ['removes what nobody wrote to, by its operations', 0, []],
    ['leaves alone what was written to', 3, [POSITIONS]],
  ] as const)('%s, when it does not end well', async (_, operations, left) => {
    const world = await setUp();
    await begunBefore(world);
    const { engine, toTheEnd, restore, indices } = world;
    engine.rotSnapshot(REPOSITORY, PART_2, ALERTS);
    let isWritten = false;
    await toTheEnd(RESTORE, () => {
      if (isWritten || !engine.restoring().includes(ALERTS)) return undefined;
      isWritten = true;
      engine.write(POSITIONS, operations);
      return undefined;
    });
    expect(isWritten).toBe(true);
    expect(await restore()).toMatchObject({
      state: 'FAILED',
      failure: { code: 'RESTORE_SHARDS_FAILED', data: { left, rolledBack: left.length === 0 } },
    });
    expect(await indices('optimize')).toEqual(left);
  });
});
