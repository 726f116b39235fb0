import { fail } from '@tandem/shared/domain/failure/failure.ts';
import { describe, expect, it } from 'vitest';
import { ALERTS, inPlace, PART_2, POSITIONS, REPOSITORY, RESTORE, rehearsal, setUp } from '../restore.fixture.ts';

const COPY = `tandem-rehearsal-1-${ALERTS}`;

/** Fails those of the measurements that touch an index, counted from 1. */
const failing = (code: 'ENGINE_TIMEOUT' | 'ENGINE_BUSY', index: string, isFailing: (time: number) => boolean) => {
  let times = 0;
  return (method: string, subject: string) => {
    if (method !== 'measureIndices' || !subject.split(',').includes(index)) return;
    times += 1;
    if (isFailing(times)) throw fail(code, `${index} cannot be measured`, { call: 'measureIndices' });
  };
};

describe('a backup of which not everything was measured', () => {
  it('is not proven by a rehearsal that brings back 0 of 5 documents, when the second manifest is missing', async () => {
    const { engine, begin, toTheEnd, restore, backup, plan } = await setUp({
      onCall: failing('ENGINE_TIMEOUT', ALERTS, (time) => time === 2),
    });
    engine.alterSnapshot(REPOSITORY, PART_2, ALERTS, 0);
    expect((await plan(rehearsal)).warnings).toMatchObject([
      { code: 'NOT_COMPARABLE', message: expect.stringContaining(`${ALERTS} (documents)`) },
    ]);
    await begin(rehearsal);
    await toTheEnd(RESTORE);
    const unmeasured = [{ index: ALERTS, aspects: ['documents'], why: 'saved' }];
    const aspects = { documents: { compared: 1, unmeasured: 1, different: 0 } };
    expect(await restore()).toMatchObject({
      state: 'SUCCEEDED',
      report: { unmeasured, aspects, unmeasuredIndices: 1 },
    });
    const { proof, partialProof } = await backup();
    expect(proof).toBeUndefined();
    expect(partialProof).toMatchObject({ whole: false, indices: 2, ofIndices: 2, unmeasured, aspects });
  });

  it('keeps the figures of the others where one index cannot be measured, and its event lists that one', async () => {
    const { history, backup, begin, toTheEnd } = await setUp({
      prepare: async (engine) => {
        engine.createIndex('optimize-tenant_v3', 4);
      },
      onCall: failing('ENGINE_BUSY', ALERTS, (time) => time <= 4),
    });
    const events = await history.eventsOf('b', 100);
    expect(events.filter(({ kind }) => kind === 'part.succeeded').map(({ after }) => after)).toMatchObject([
      expect.not.objectContaining({ unmeasured: expect.anything() }),
      { unmeasured: { count: 1, indices: [{ index: ALERTS, reason: expect.stringContaining('cannot be measured') }] } },
    ]);
    await begin(rehearsal);
    await toTheEnd(RESTORE);
    expect((await backup()).partialProof).toMatchObject({
      aspects: { documents: { compared: 2, unmeasured: 1, different: 0 } },
    });
  });

  it('is restored in place all the same, and nothing is rolled back', async () => {
    const { engine, forget, begin, toTheEnd, restore, indices } = await setUp({
      onCall: failing('ENGINE_TIMEOUT', ALERTS, (time) => time === 2),
    });
    engine.alterSnapshot(REPOSITORY, PART_2, ALERTS, 0);
    forget();
    await begin(inPlace);
    await toTheEnd(RESTORE);
    expect(await restore()).toMatchObject({ state: 'SUCCEEDED', report: { unmeasuredIndices: 1 } });
    expect(await indices('optimize')).toEqual([ALERTS, POSITIONS]);
  });
});

describe('a restored index that cannot be measured although its shards are started', () => {
  it('is a difference in a rehearsal, once it was measured again', async () => {
    const { begin, toTheEnd, restore, backup } = await setUp({ onCall: failing('ENGINE_BUSY', COPY, () => true) });
    await begin(rehearsal);
    await toTheEnd(RESTORE);
    expect(await restore()).toMatchObject({ state: 'FAILED', failure: { code: 'RESTORE_DIFFERS' } });
    expect((await backup()).failedRehearsal).toMatchObject({ operationId: RESTORE });
  });

  it('is compared in a rehearsal where that passes', async () => {
    let alone = 0;
    const { begin, toTheEnd, backup } = await setUp({
      onCall: (method, subject) => {
        if (method !== 'measureIndices' || !subject.includes(COPY)) return;
        alone += subject === COPY ? 1 : 0;
        if (alone < 2) throw fail('ENGINE_BUSY', 'not all primary shards are started', { call: 'measureIndices' });
      },
    });
    await begin(rehearsal);
    await toTheEnd(RESTORE);
    expect((await backup()).proof).toMatchObject({ whole: true, unmeasuredIndices: 0 });
  });

  it('is listed by a restore in place, which ends well', async () => {
    let isRestored = false;
    const { forget, begin, toTheEnd, restore, indices } = await setUp({
      onCall: (method, subject) => {
        isRestored ||= method === 'startRestore';
        if (isRestored && method === 'measureIndices' && subject.includes(ALERTS))
          throw fail('ENGINE_BUSY', 'not all primary shards are started', { call: 'measureIndices' });
      },
    });
    forget();
    await begin(inPlace);
    await toTheEnd(RESTORE);
    expect(await restore()).toMatchObject({
      state: 'SUCCEEDED',
      report: { unmeasured: [{ index: ALERTS, aspects: ['documents'], why: 'restored' }], differing: 0 },
    });
    expect(await indices('optimize')).toEqual([ALERTS, POSITIONS]);
  });
});

describe('a rehearsal that failed', () => {
  const AGAIN = '0198c0de-7000-7000-8000-000000000003';

  it('could not read files: nothing is deleted for a restore, also after one of other indices, until that is accepted', async () => {
    const { engine, begin, toTheEnd, backup, plan } = await setUp();
    const deleting = { ...inPlace, deleteExisting: true };
    const codes = async (more = {}) => (await plan({ ...deleting, ...more })).blockers.map(({ code }) => code);
    expect(await codes()).toEqual([]);
    engine.rotSnapshot(REPOSITORY, PART_2, ALERTS);
    await begin({ ...rehearsal, only: [ALERTS] });
    await toTheEnd(RESTORE);
    await begin({ ...rehearsal, only: [POSITIONS] }, {}, AGAIN);
    await toTheEnd(AGAIN);
    expect(await backup()).toMatchObject({
      ...{ partialProof: { operationId: AGAIN }, failedRehearsal: { operationId: RESTORE, only: [ALERTS] } },
    });
    expect(await codes()).toEqual(['REHEARSAL_FAILED']);
    expect(await codes({ acceptFailedRehearsal: true })).toEqual([]);
  });

  it.each([
    ['stays a failed rehearsal after one of other indices', POSITIONS, true],
    ['is no failed rehearsal any more after one of the same', ALERTS, false],
  ])('%s', async (_, index, stays) => {
    let isBroken = true;
    const { begin, toTheEnd, backup, restore } = await setUp({
      onCall: (method, subject) => {
        if (isBroken && method === 'measureIndices' && subject.includes(COPY))
          throw fail('ENGINE_BUSY', 'not all primary shards are started', { call: 'measureIndices' });
      },
    });
    await begin({ ...rehearsal, only: [ALERTS] });
    await toTheEnd(RESTORE);
    expect(await restore()).toMatchObject({ state: 'FAILED', failure: { code: 'RESTORE_DIFFERS' } });
    expect((await backup()).failedRehearsal).toMatchObject({ operationId: RESTORE, only: [ALERTS] });
    isBroken = false;
    await begin({ ...rehearsal, only: [index] }, {}, AGAIN);
    await toTheEnd(AGAIN);
    const { proof, partialProof, failedRehearsal } = await backup();
    expect({ proof, partialProof }).toMatchObject({ proof: undefined, partialProof: { indices: 1, ofIndices: 2 } });
    expect(failedRehearsal !== undefined).toBe(stays);
  });
});
