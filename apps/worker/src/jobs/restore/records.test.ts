import { type FailureCode, fail } from '@tandem/shared/domain/failure/failure.ts';
import { safetyBackupIdOf } from '@tandem/shared/domain/restore/safety-backup.ts';
import { describe, expect, it } from 'vitest';
import { ALERTS, actor, inPlace, PART_2, POSITIONS, REPOSITORY, RESTORE, rehearsal, setUp } from './restore.fixture.ts';

type Under = Awaited<ReturnType<typeof setUp>>;

const PART_1 = PART_2.replace('part_2', 'part_1');
const COPIES = [ALERTS, POSITIONS].map((name) => `tandem-rehearsal-1-${name}`);
const deleting = { ...inPlace, deleteExisting: true };
const SAFETY = safetyBackupIdOf(RESTORE);
const saved = { safetyBackupId: SAFETY, safetyRepository: REPOSITORY };
const planHash = expect.stringMatching(/^[0-9a-f]{64}$/);

/** What was written to the history for the restore after its request: kind, reason, facts. */
const recorded = async ({ history }: Under) =>
  (await history.eventsOf('b', 1_000)).flatMap(({ kind, reason, after }) => {
    const { operationId, ...facts } = (after ?? {}) as Readonly<Record<string, unknown>>;
    return operationId === RESTORE && !kind.endsWith('.requested') ? [[kind, reason, facts] as const] : [];
  });

const attempts = async ({ history }: Under) =>
  (await history.attemptsOf(RESTORE)).map(({ part, errorClass, reason }) => [part, errorClass, reason?.code]);

const refuse = (
  { engine }: Under,
  method: Parameters<Under['engine']['failNext']>[0],
  code: FailureCode,
  times: number,
) => {
  for (let time = 0; time < times; time += 1) engine.failNext(method, fail(code, 'on purpose', { call: method }));
};

const stop = ({ history }: Under) => history.stopRestore(RESTORE, { actor, reason: 'wrong one', requestId: undefined });

describe('what a restore writes down', () => {
  it('when it deletes what is there, and ends well', async () => {
    const under = await setUp();
    await under.begin(deleting, saved);
    await under.toTheEnd(RESTORE);
    const none = { missing: [], changed: [], leftOut: [], restored: [], refused: [] };
    expect(await recorded(under)).toEqual([
      ['restore.step', undefined, { step: 'preflight', planHash }],
      [
        'restore.step',
        undefined,
        { step: 'safety-backup', backupId: SAFETY, optimizeVersion: '3.9.0', versionAssumed: false },
      ],
      ['index.removed', 'deleteExisting was requested and confirmed', { indices: [ALERTS, POSITIONS] }],
      ['restore.step', undefined, { step: 'part', part: 1, snapshot: PART_1 }],
      ['restore.step', undefined, { step: 'part', part: 2, snapshot: PART_2 }],
      ['restore.step', undefined, { step: 'templates', ...none }],
      ['restore.step', undefined, { step: 'compare', indices: 2, documents: 8 }],
      [
        'restore.step',
        undefined,
        { step: 'blocks', changes: [{ block: 'write', change: 'lift', indices: [ALERTS, POSITIONS] }] },
      ],
      [
        'restore.completed',
        undefined,
        { indices: 2, documents: 8, bytes: 1_300, milliseconds: expect.any(Number), differing: 0, left: [] },
      ],
    ]);
    expect(await attempts(under)).toEqual([
      [1, undefined, undefined],
      [2, undefined, undefined],
      [undefined, undefined, undefined],
    ]);
    const { report, memory } = await under.restore();
    expect(report).toMatchObject({
      differing: 0,
      differences: [],
      blocks: { set: {}, unknown: 0 },
      compared: expect.arrayContaining(['every index is there', 'every primary shard is started', 'documents']),
    });
    expect(memory).toMatchObject({ step: 'done', blocksDone: true });
  });

  it('when it has nothing to delete: no step of a deletion, and no safety backup', async () => {
    const under = await setUp();
    under.forget();
    await under.begin(deleting);
    const steps: string[] = [];
    await under.toTheEnd(RESTORE, () => {
      void under.restore().then(({ memory }) => steps.push(memory.step));
      return undefined;
    });
    expect(steps.filter((step) => step === 'delete-existing' || step === 'safety-backup')).toEqual([]);
    expect(steps).toContain('parts');
    expect((await recorded(under)).map(([kind]) => kind)).not.toContain('index.removed');
  });

  it('when a rehearsal ends well: its proof, and what it removed', async () => {
    const under = await setUp();
    await under.begin(rehearsal);
    await under.toTheEnd(RESTORE);
    const events = await recorded(under);
    const { proof } = await under.backup();
    expect(proof).toMatchObject({
      operationId: RESTORE,
      whole: true,
      indices: 2,
      ofIndices: 2,
      documents: 8,
      bytes: 1_300,
    });
    expect(events.slice(-2)).toEqual([
      ['index.removed', 'a rehearsal removes what it restored', { indices: COPIES }],
      [
        'rehearsal.completed',
        undefined,
        { indices: 2, documents: 8, bytes: 1_300, milliseconds: expect.any(Number), differing: 0, left: [], proof },
      ],
    ]);
  });

  it('when a rehearsal has compared: its proof, before its copy is removed', async () => {
    const under = await setUp();
    await under.begin(rehearsal);
    let before: string | undefined;
    under.beforeCall('deleteIndices', 0, async () => {
      before = (await under.backup()).proof?.operationId;
    });
    await under.toTheEnd(RESTORE);
    expect(before).toBe(RESTORE);
    const compared = (await recorded(under)).find(([, , after]) => (after as { step?: string }).step === 'compare');
    expect(compared?.[2]).toMatchObject({ proof: (await under.backup()).proof });
  });

  it('when a rehearsal left out what the backup holds: a partial proof only', async () => {
    const under = await setUp();
    await under.begin(rehearsal, { notRestored: [{ index: 'optimize-x', why: 'kept' }] as never });
    await under.toTheEnd(RESTORE);
    const { proof, partialProof } = await under.backup();
    expect([proof, partialProof?.whole]).toEqual([undefined, false]);
    expect((await recorded(under)).at(-1)?.[2]).toMatchObject({ partialProof });
    expect((await recorded(under)).at(-1)?.[2]).not.toHaveProperty('proof');
  });

  it('when a rehearsal differs: why, where, and the failed rehearsal', async () => {
    const under = await setUp();
    under.engine.alterSnapshot(REPOSITORY, PART_2, ALERTS, 2);
    await under.begin(rehearsal);
    await under.toTheEnd(RESTORE);
    const words = expect.stringContaining(`${ALERTS}: documents expected 5, found 2`);
    const events = await recorded(under);
    expect(events.slice(-3)).toEqual([
      ['rehearsal.step', words, { step: 'take-back', failedAt: 'compare', code: 'RESTORE_DIFFERS' }],
      ['index.removed', 'a rehearsal removes what it restored', { indices: COPIES }],
      [
        'rehearsal.failed',
        words,
        expect.objectContaining({ code: 'RESTORE_DIFFERS', step: 'compare', differing: 1, documents: 5, left: [] }),
      ],
    ]);
    const { failedRehearsal, proof } = await under.backup();
    expect(failedRehearsal).toMatchObject({ operationId: RESTORE, reason: { code: 'RESTORE_DIFFERS' } });
    expect(proof).toBeUndefined();
    expect((await under.restore()).failure).toMatchObject({
      message: `What was restored differs from what was saved: ${ALERTS}: documents expected 5, found 2. What was restored was rolled back.`,
      data: {
        ...{ differing: 1, step: 'compare', left: [], rolledBack: true },
        differences: [{ index: ALERTS, what: 'documents', expected: '5', found: '2' }],
      },
    });
  });

  it.each(['ENGINE_BUSY', 'ENGINE_UNREACHABLE', 'ENGINE_FORBIDDEN'] as const)(
    'when a rehearsal failed for %s: nothing about the backup',
    async (code) => {
      const under = await setUp();
      await under.begin(rehearsal);
      refuse(under, 'startRestore', code, 5);
      await under.toTheEnd(RESTORE);
      expect(await under.restore()).toMatchObject({ state: 'FAILED', failure: { code } });
      expect((await under.backup()).failedRehearsal).toBeUndefined();
      expect((await recorded(under)).at(-1)).toEqual([
        'rehearsal.failed',
        expect.stringContaining('on purpose'),
        expect.objectContaining({ code, step: 'parts', left: [] }),
      ]);
    },
  );

  it('when it was stopped: by whom it was stopped is in the request, and what it says is why', async () => {
    const under = await setUp();
    under.forget();
    await under.begin(inPlace);
    await under.toTheEnd(RESTORE, (ticks) => {
      if (ticks === 3) void stop(under);
      return undefined;
    });
    expect((await recorded(under)).at(-1)).toEqual([
      'restore.cancelled',
      expect.stringContaining('wrong one'),
      expect.objectContaining({ code: 'RESTORE_STOPPED', left: [] }),
    ]);
    expect(await under.indices('optimize')).toEqual([]);
  });
});

describe('what may be measured later', () => {
  it('is waited for twice, and counts as measured then', async () => {
    let times = 0;
    const under = await setUp({
      onCall: (method, subject) => {
        if (method !== 'measureIndices' || !subject.includes(COPIES[0] ?? '')) return;
        times += 1;
        // asked for together with the others, then alone
        if (times <= 6) throw fail('ENGINE_BUSY', 'not all primary shards are started', { call: 'measureIndices' });
      },
    });
    await under.begin(rehearsal);
    await under.toTheEnd(RESTORE);
    expect((await under.backup()).proof).toMatchObject({ whole: true, unmeasuredIndices: 0 });
    expect((await under.restore()).memory.measuredInVain).toBe(2);
  });
});

describe('Optimize that is started again in the middle', () => {
  it('keeps the rest from being deleted, once a deletion has begun', async () => {
    const under = await setUp();
    await under.begin(deleting, saved);
    under.engine.failNext('deleteIndices', fail('ENGINE_TIMEOUT', 'no answer', { call: 'deleteIndices' }));
    let isDone = false;
    await under.toTheEnd(RESTORE, () => {
      if (!isDone && under.engine.calls.some(({ method }) => method === 'deleteIndices')) {
        isDone = true;
        under.engine.deleteIndex(POSITIONS);
        under.answersAt('http://optimize:8090');
      }
      return undefined;
    });
    expect(await under.restore()).toMatchObject({
      state: 'FAILED',
      failure: {
        code: 'RESTORE_BLOCKED',
        message: expect.stringContaining('http://optimize:8090'),
        data: { blockers: [{ code: 'OPTIMIZE_RUNNING', found: ['http://optimize:8090'], count: 1 }] },
      },
    });
    expect(await under.indices('optimize')).toEqual([ALERTS]);
  });
});
