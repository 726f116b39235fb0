import { fail } from '@tandem/shared/domain/failure/failure.ts';
import type { RestoreRequest } from '@tandem/shared/domain/restore/plan/plan-facts.ts';
import { safetyBackupIdOf } from '@tandem/shared/domain/restore/safety-backup.ts';
import { describe, expect, it } from 'vitest';
import { ALERTS, actor, inPlace, POSITIONS, REPOSITORY, RESTORE, setUp } from '../restore.fixture.ts';

const SAFETY = safetyBackupIdOf(RESTORE);
const deleting: RestoreRequest = { ...inPlace, deleteExisting: true };
const saved = { safetyBackupId: SAFETY, safetyRepository: REPOSITORY };
const nameOf = (part: number, version = '3.9.0') => `camunda_optimize_${SAFETY}_${version}_part_${part}_of_2`;

type Under = Awaited<ReturnType<typeof setUp>>;
const deletions = ({ engine }: Under) => engine.calls.filter(({ method }) => method === 'deleteIndices');
const safetyOf = ({ history }: Under) => history.findBackup(SAFETY, undefined);

/** Something happens once the safety backup is complete, and nothing was deleted yet. */
const afterSafety = (under: Under, task: () => unknown) => {
  let done = false;
  return under.toTheEnd(RESTORE, () => {
    const isTaken = under.engine
      .snapshots(REPOSITORY)
      .some(({ name, state }) => name === nameOf(2) && state === 'SUCCESS');
    if (!isTaken || done) return undefined;
    done = true;
    task();
    return undefined;
  });
};

describe('the safety backup of a restore', () => {
  it('is taken by the run, after its preflight, of exactly what is deleted', async () => {
    const under = await setUp();
    under.engine.createIndex('optimize-dashboard_v6', 1);
    under.engine.createIndex('foreign', 1);
    await under.begin(deleting, saved);
    await under.toTheEnd(RESTORE);
    expect(await under.restore()).toMatchObject({ state: 'SUCCEEDED' });
    const safety = await safetyOf(under);
    expect(safety).toMatchObject({
      ...{ state: 'COMPLETED', safetyOf: RESTORE, versionAssumed: false, optimizeVersion: '3.9.0' },
      parts: [{ indices: [POSITIONS] }, { indices: [ALERTS, 'optimize-dashboard_v6'].sort() }],
    });
    expect(safety?.hold?.until).toEqual(expect.any(String));
    const [first] = under.engine.snapshots(REPOSITORY).filter(({ name }) => name === nameOf(1));
    expect(first?.owner).toMatchObject({ safetyOf: RESTORE, backupId: SAFETY });
  });

  it('holds what was written until it was taken', async () => {
    const under = await setUp();
    await under.begin(deleting, saved);
    await under.toTheEnd(RESTORE, (ticks) => {
      if (ticks === 1) under.engine.write(ALERTS, 4);
      return undefined;
    });
    expect(under.engine.savedDocuments(REPOSITORY, nameOf(2), ALERTS)).toBe(9);
  });

  it('is found by a tick that is run twice, and requested once', async () => {
    const under = await setUp();
    await under.begin(deleting, saved);
    const { accept } = under.history;
    let accepted = 0;
    Object.assign(under.history, {
      accept: async (...args: Parameters<typeof accept>) => {
        accepted += 1;
        await accept(...args);
        if (accepted === 1) throw fail('ENGINE_TIMEOUT', 'the answer is lost', { call: 'info' });
        return accept(...args);
      },
    });
    await under.toTheEnd(RESTORE);
    expect(accepted).toBe(1);
    expect(await under.restore()).toMatchObject({ state: 'SUCCEEDED' });
  });

  it.each([
    ['import positions are lost', POSITIONS, [{ state: 'EMPTY', indices: [] }, { indices: [ALERTS] }]],
    ['everything else is lost', ALERTS, [{ indices: [POSITIONS] }, { state: 'EMPTY', indices: [] }]],
  ])('leaves out a part where %s, and can be restored', async (_, lost, parts) => {
    const under = await setUp();
    under.engine.deleteIndex(lost);
    await under.begin(deleting, saved);
    await under.toTheEnd(RESTORE);
    expect(await under.restore()).toMatchObject({ state: 'SUCCEEDED', report: { documents: 8 } });
    const safety = await safetyOf(under);
    expect(safety).toMatchObject({ state: 'COMPLETED', parts });
    const { plan } = under;
    if (safety === undefined) throw new Error('no safety backup');
    const { blockers, warnings } = await plan(deleting, safety);
    expect(blockers).toEqual([]);
    expect(warnings.map(({ code }) => code)).toContain('PART_EMPTY');
  });

  it.each([
    ['lost', undefined],
    ['red', fail('ENGINE_BUSY', 'no shard available', { call: 'readOptimizeMetadata' })],
  ])('takes the version of the backup, marked as assumed, where the metadata index is %s', async (_, failure) => {
    const under = await setUp({ knowsVersion: false });
    if (failure !== undefined)
      for (let times = 0; times < 12; times += 1) under.engine.failNext('readOptimizeMetadata', failure);
    await under.begin(deleting, saved);
    await under.toTheEnd(RESTORE);
    const safety = await safetyOf(under);
    expect(safety).toMatchObject({ versionAssumed: true, optimizeVersion: '3.9.0', state: 'COMPLETED' });
    expect(await under.restore()).toMatchObject({ state: 'SUCCEEDED' });
    under.engine.putMetadata('optimize', { schemaVersion: '3.10.0', installationId: undefined });
    if (safety === undefined) throw new Error('no safety backup');
    const { blockers, warnings } = await under.plan(deleting, safety);
    expect(blockers).toEqual([]);
    expect(warnings.map(({ code }) => code)).toContain('VERSION_ASSUMED');
  });

  it('leaves out what acceptUnsaved names', async () => {
    const under = await setUp();
    const request = { ...deleting, acceptUnsaved: [POSITIONS] };
    await under.begin(request, saved);
    await under.toTheEnd(RESTORE);
    expect(await safetyOf(under)).toMatchObject({ parts: [{ state: 'EMPTY' }, { indices: [ALERTS] }] });
    expect(await under.restore()).toMatchObject({ state: 'SUCCEEDED' });
  });

  it.each([
    [
      'a snapshot of it is gone',
      (under: Under) => under.engine.removeSnapshot(REPOSITORY, nameOf(2)),
      /is not in the repository/,
    ],
    [
      'a snapshot of it was made again',
      (under: Under) => under.engine.putSnapshot(REPOSITORY, { name: nameOf(2), indices: [ALERTS] }),
      /has uuid .*, recorded is/,
    ],
    [
      'a snapshot of it has failed shards',
      (under: Under) => {
        const [snapshot] = under.engine.snapshots(REPOSITORY).filter(({ name }) => name === nameOf(2));
        if (snapshot)
          under.engine.putSnapshot(REPOSITORY, { ...snapshot, shards: { total: 1, successful: 0, failed: 1 } });
      },
      /1 failed shards/,
    ],
  ])('stops the restore before anything is deleted where %s', async (_, harm, words) => {
    const under = await setUp();
    await under.begin(deleting, saved);
    await afterSafety(under, () => harm(under));
    expect(await under.restore()).toMatchObject({
      state: 'FAILED',
      failure: { code: 'RESTORE_UNSAFE', message: expect.stringMatching(words) },
    });
    expect(deletions(under)).toEqual([]);
  });

  it('is not believed where PostgreSQL calls it COMPLETED and it lacks an index', async () => {
    const under = await setUp();
    const { toTheEnd, begin, history } = under;
    await begin(deleting, saved);
    const { accept } = history;
    Object.assign(history, {
      accept: (create: Parameters<typeof accept>[0]) =>
        accept({
          ...create,
          parts: create.parts.map((part) => (part.number === 1 ? { ...part, indices: [], state: 'EMPTY' } : part)),
        }),
    });
    await toTheEnd(RESTORE);
    expect(await under.restore()).toMatchObject({
      ...{ state: 'FAILED', failure: { code: 'RESTORE_UNSAFE', message: expect.stringContaining(POSITIONS) } },
    });
    expect(deletions(under)).toEqual([]);
  });

  it.each(['REPOSITORY_UNAVAILABLE', 'ENGINE_FORBIDDEN'] as const)(
    'does not wait for an operator: %s ends it and the restore',
    async (code) => {
      const under = await setUp();
      await under.begin(deleting, saved);
      under.engine.failNext('startSnapshot', fail(code, 'it is full', { call: 'startSnapshot' }));
      await under.toTheEnd(RESTORE);
      expect(await safetyOf(under)).toMatchObject({ state: 'FAILED', failure: { code } });
      const { state, failure } = await under.restore();
      expect({ state, code: failure?.code }).toEqual({ state: 'FAILED', code: 'RESTORE_UNSAFE' });
      expect(failure?.message).toMatch(/Nothing was deleted/);
      expect(deletions(under)).toEqual([]);
    },
  );

  it('ends the restore where the repository is unknown when it is to be requested', async () => {
    const under = await setUp();
    under.engine.createRepository('safe');
    await under.begin(deleting, { ...saved, safetyRepository: 'safe' });
    await under.toTheEnd(RESTORE, (ticks) => {
      if (ticks === 1) under.engine.removeRepository('safe');
      return undefined;
    });
    expect(await under.restore()).toMatchObject({
      state: 'FAILED',
      failure: { code: 'RESTORE_UNSAFE', data: { cause: 'REPOSITORY_UNKNOWN' } },
    });
    expect(deletions(under)).toEqual([]);
  });

  it('tries again where the engine was away for a moment', async () => {
    const under = await setUp();
    await under.begin(deleting, saved);
    under.engine.failNext('startSnapshot', fail('ENGINE_UNREACHABLE', 'away', { call: 'startSnapshot' }));
    await under.toTheEnd(RESTORE);
    expect(await under.restore()).toMatchObject({ state: 'SUCCEEDED' });
  });

  it('of an earlier version, requested by the API, is verified in the engine too', async () => {
    const under = await setUp();
    const { safetyBackupId } = saved;
    await under.begin(deleting, { safetyBackupId });
    const { accept } = under.history;
    const operationId = '0198c0de-7000-7000-8000-000000000009';
    await accept({
      ...{
        backupId: SAFETY,
        optimizeVersion: '3.9.0',
        profile: 'optimize',
        indexPrefix: 'optimize',
        origin: 'requested',
      },
      location: { clusterUuid: 'in-memory-cluster', repository: REPOSITORY, repositoryUuid: undefined },
      parts: [1, 2].map((number) => ({
        number,
        of: 2,
        snapshotName: nameOf(number),
        indices: [number === 1 ? POSITIONS : ALERTS],
      })),
      ...{ operationId, requestId: undefined, actor, safetyOf: RESTORE, events: [] },
    });
    await under.toTheEnd(operationId);
    under.engine.removeSnapshot(REPOSITORY, nameOf(1));
    await under.toTheEnd(RESTORE);
    expect(await under.restore()).toMatchObject({ state: 'FAILED', failure: { code: 'RESTORE_UNSAFE' } });
    expect(deletions(under)).toEqual([]);
  });
});

describe('a restore that fails after it has deleted', () => {
  const failing = async (harm: (under: Under) => void) => {
    const under = await setUp();
    under.engine.rotSnapshot(REPOSITORY, 'camunda_optimize_b_3.9.0_part_2_of_2', ALERTS);
    await under.begin(deleting, saved);
    await under.toTheEnd(RESTORE, () => {
      if (deletions(under).length > 0) harm(under);
      return undefined;
    });
    return (await under.restore()).failure;
  };

  it('names its safety backup, and that it is intact', async () => {
    const failure = await failing(() => undefined);
    expect(failure).toMatchObject({
      code: 'RESTORE_SHARDS_FAILED',
      data: { safetyBackupId: SAFETY, safetyIntact: true },
    });
    expect(failure?.message).toContain(`The deleted indices are in safety backup ${SAFETY}, which is intact`);
  });

  it('says that it is not, where the engine has lost it since', async () => {
    const failure = await failing(({ engine }) => engine.removeSnapshot(REPOSITORY, nameOf(1)));
    expect(failure).toMatchObject({ data: { safetyBackupId: SAFETY, safetyIntact: false } });
    expect(failure?.message).toMatch(/no longer intact: snapshot .* is not in the repository/);
  });

  it('says that it could not be checked', async () => {
    const failure = await failing(({ engine }) => engine.breakRepository(REPOSITORY, 'its disk is gone'));
    expect(failure).toMatchObject({ data: { safetyBackupId: SAFETY, safetyIntact: false } });
  });
});
