import { inMemoryEngine } from '@tandem/engine/in-memory/engine.ts';
import { inMemoryHistory } from '@tandem/history/in-memory/history.ts';
import type { Logger } from '@tandem/runtime/logging/logger.ts';
import type { SnapshotOwner } from '@tandem/shared/domain/backup/snapshot.ts';
import { formatSnapshotName } from '@tandem/shared/domain/backup/snapshot-name.ts';
import { fail } from '@tandem/shared/domain/failure/failure.ts';
import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import { optimize } from '@tandem/shared/domain/profile.ts';
import { expect, it } from 'vitest';
import { isComplete, reconcile } from './reconcile.ts';

const REPOSITORY = 'backups';
const OF = 2;
const actor = { kind: 'anonymous', address: '10.0.0.1' } as const;
const operationId = (nth: number) => `00000000-0000-4000-8000-${String(nth).padStart(12, '0')}`;
const nameOf = (backupId: string, number: number, optimizeVersion = '3.9.0') =>
  formatSnapshotName(optimize, { backupId, optimizeVersion, number, of: OF });

const setUp = () => {
  let at = Date.parse('2026-01-01T00:00:00Z');
  const now = () => new Date(at);
  const engine = inMemoryEngine({ now });
  engine.createRepository(REPOSITORY);
  const history = inMemoryHistory({ now });
  const announced: string[] = [];
  const deps = {
    engine,
    history,
    profiles: [optimize],
    repository: REPOSITORY as string | undefined,
    indexPrefix: 'optimize',
    ofOthers: new Set<string>(),
    witness: { actor: { kind: 'system', name: 'reconcile' }, source: 'worker' } as const,
    lateMs: 3_600_000,
    now,
    announce: (ids: readonly string[]) => void announced.push(...ids),
    assertHeld: () => undefined,
    log: {} as Logger,
  };
  let operations = 0;

  const put = (
    backupId: string,
    number: number,
    owner?: Partial<SnapshotOwner> | null,
    repository = REPOSITORY,
    indices = [`optimize-${number}_v1`],
  ) => {
    const whole = {
      backupId,
      operationId: operationId(1),
      part: number,
      of: OF,
      optimizeVersion: '3.9.0',
      tandem: '1',
    };
    return engine.putSnapshot(repository, {
      name: nameOf(backupId, number),
      indices,
      startedAt: new Date(at),
      endedAt: new Date(at + 1_000),
      owner: owner === null || owner === undefined ? undefined : { ...whole, ...owner },
    });
  };
  /** Open, with no part seen. */
  const request = async (backupId: string, repository = REPOSITORY) => {
    operations += 1;
    const id = operationId(operations);
    const { clusterUuid } = await engine.info();
    const repositoryUuid = (await engine.readRepository(repository)).uuid;
    const acceptance = await history.accept({
      ...{ backupId, optimizeVersion: '3.9.0', profile: 'optimize', indexPrefix: 'optimize', origin: 'requested' },
      location: { clusterUuid, repository, repositoryUuid },
      parts: [1, 2].map((number) => ({
        ...{ number, of: OF, snapshotName: nameOf(backupId, number), indices: [`optimize-${number}_v1`] },
      })),
      ...{ operationId: id, requestId: undefined, actor, events: [] },
    });
    if (!acceptance.accepted) throw new Error('refused');
    return id;
  };
  const claimed = async (id: string) => {
    const claim = await history.claim(id, { worker: 'w', leaseMs: 1_000, createsPerRepository: 9, queuedRetryMs: 1 });
    if (!claim.claimed) throw new Error(claim.why);
    return claim.operation;
  };
  /** COMPLETED, as a create leaves it. */
  const backUp = async (backupId: string, repository = REPOSITORY) => {
    const id = await request(backupId, repository);
    const made = [1, 2].map((number) => put(backupId, number, { operationId: id }, repository));
    const { revision } = await claimed(id);
    await history.record(id, revision, {
      parts: made.map(({ uuid, versionId }, part) => ({
        ...{ number: part + 1, state: 'SUCCESS', uuid },
        ...omitUndefined({ versionId }),
      })),
      outcome: { do: 'end', state: 'SUCCEEDED', backup: 'COMPLETED' },
    });
    return id;
  };
  /** As engines do with the first snapshot that they make in a repository. */
  const giveUuid = async () => {
    const owner = { backupId: 'b', operationId: 'o', part: 1, of: 1, optimizeVersion: '3.9.0', tandem: '0' };
    engine.createIndex('optimize-first_v1');
    await engine.startSnapshot({ repository: REPOSITORY, name: 'first', indices: ['optimize-first_v1'], owner });
    engine.removeSnapshot(REPOSITORY, 'first');
  };
  const run = () => reconcile(deps);
  const find = async (backupId: string) => {
    const record = await history.findBackup(backupId, undefined);
    if (record === undefined) throw new Error(`no ${backupId}`);
    return record;
  };
  const kinds = async (backupId: string) => (await history.eventsOf(backupId, 100)).map(({ kind }) => kind);
  const pass = (ms: number) => {
    at += ms;
  };
  return { deps, engine, history, announced, put, request, claimed, backUp, giveUuid, run, find, kinds, pass };
};

it('finds nothing to write where everything is as recorded, and asks for no details', async () => {
  const { engine, backUp, run, kinds, giveUuid } = setUp();
  await giveUuid();
  for (const id of ['a', 'b', 'c']) await backUp(id);
  const before = engine.calls.length;
  const result = await run();
  expect(result).toMatchObject({ backups: 3, skipped: 0, changedCount: 0, discoveredCount: 0, unverifiedCount: 0 });
  expect(result.parts).toEqual({ present: 6, vanished: 0, replaced: 0, foreign: 0, unread: 0 });
  expect(isComplete(result)).toBe(true);
  expect(engine.calls.slice(before).map(({ method }) => method)).toEqual([
    'info',
    'readRepository',
    'listSnapshots',
    'readRepository',
  ]);
  expect(await kinds('a')).toEqual([]);
});

it('tells a part that vanished once, when it was noticed, and when it came back', async () => {
  const { engine, announced, backUp, run, find, kinds, pass } = setUp();
  await backUp('a');
  const [first] = engine.snapshots(REPOSITORY);
  if (first === undefined) throw new Error('no snapshot');
  engine.removeSnapshot(REPOSITORY, first.name);
  const noticed = await run();
  expect(noticed.changed).toEqual([
    {
      ...{ backupId: 'a', optimizeVersion: '3.9.0', before: 'COMPLETED', state: 'INCOMPLETE' },
      parts: [{ number: 1, is: 'vanished' }],
    },
  ]);
  const { state, parts } = await find('a');
  expect(state).toBe('INCOMPLETE');
  expect(parts[0]?.drift).toEqual({ is: 'vanished', uuid: undefined, noticedAt: new Date('2026-01-01T00:00:00Z') });
  pass(60_000);
  const before = engine.calls.length;
  const again = [await run(), await run()];
  expect(again.map(({ changedCount }) => changedCount)).toEqual([0, 0]);
  expect(again[1]?.parts).toEqual({ present: 1, vanished: 1, replaced: 0, foreign: 0, unread: 0 });
  expect(engine.calls.slice(before).filter(({ method }) => method === 'findSnapshots')).toEqual([]);
  expect(await kinds('a')).toEqual(['drift.vanished', 'backup.state-changed']);
  expect((await find('a')).parts[0]?.drift).toEqual(parts[0]?.drift);
  engine.putSnapshot(REPOSITORY, first);
  expect((await run()).changed).toMatchObject([{ state: 'COMPLETED', parts: [{ number: 1, is: 'present' }] }]);
  expect((await find('a')).parts[0]?.drift).toBeUndefined();
  expect(await kinds('a')).toEqual([
    ...['drift.vanished', 'backup.state-changed'],
    ...['drift.returned', 'backup.state-changed'],
  ]);
  expect(announced).toEqual(['a', 'a']);
});

it('tells a part that was replaced by its uuid, and each other one that takes its place', async () => {
  const { engine, backUp, put, run, find, kinds } = setUp();
  const id = await backUp('a');
  const replace = () => {
    engine.removeSnapshot(REPOSITORY, nameOf('a', 2));
    return put('a', 2, { operationId: id });
  };
  const { uuid } = replace();
  await run();
  await run();
  expect(await find('a')).toMatchObject({ state: 'INCOMPLETE', parts: [{}, { drift: { is: 'replaced', uuid } }] });
  const second = replace();
  expect((await run()).parts.replaced).toBe(1);
  expect((await find('a')).parts[1]?.drift).toMatchObject({ is: 'replaced', uuid: second.uuid });
  expect(await kinds('a')).toEqual(['drift.replaced', 'backup.state-changed', 'drift.replaced']);
});

it("tells a snapshot of somebody else under the name of a part that was never made, and not the create's own", async () => {
  const { history, request, claimed, put, run, find, kinds } = setUp();
  const id = await request('a');
  const { revision } = await claimed(id);
  const failure = { code: 'ENGINE_REFUSED', message: 'No.', data: {} };
  await history.record(id, revision, { outcome: { do: 'end', state: 'FAILED', backup: 'FAILED', failure } });
  put('a', 1, { operationId: id });
  const { uuid } = put('a', 2, null);
  await run();
  expect((await run()).parts).toEqual({ present: 1, vanished: 0, replaced: 0, foreign: 1, unread: 0 });
  expect(await find('a')).toMatchObject({
    ...{ state: 'FAILED', parts: [{ drift: undefined }, { drift: { is: 'foreign', uuid } }] },
  });
  expect(await kinds('a')).toEqual(['drift.foreign']);
});

it('takes in the late end of a part whose create was abandoned, with the state that it completes', async () => {
  const { history, request, claimed, put, run, find, kinds } = setUp();
  const id = await request('a');
  const { revision } = await claimed(id);
  const first = put('a', 1, { operationId: id });
  const parts = [
    { number: 1, state: 'SUCCESS', uuid: first.uuid },
    { number: 2, state: 'STARTING' },
  ] as const;
  const outcome = { do: 'end', state: 'CANCELLED', backup: 'INCOMPLETE' } as const;
  await history.record(id, revision, { parts, detail: { abandoned: true }, outcome });
  await run();
  expect(await find('a')).toMatchObject({ state: 'INCOMPLETE', parts: [{}, { state: 'STARTING' }] });
  const { uuid } = put('a', 2, { operationId: id, part: 2 });
  expect(await run()).toMatchObject({ changed: [{ state: 'COMPLETED', parts: [{ number: 2, is: 'present' }] }] });
  expect(await find('a')).toMatchObject({ state: 'COMPLETED', parts: [{}, { state: 'SUCCESS', uuid }] });
  expect(await kinds('a')).toEqual(['part.succeeded', 'backup.state-changed']);
});

it('leaves alone what an open operation makes or deletes', async () => {
  const { history, engine, backUp, request, claimed, put, run, find } = setUp();
  const create = await request('made');
  put('made', 1, { operationId: create });
  await backUp('deleted');
  const asked = { actor, reason: undefined, requestId: undefined };
  const deletion = { operationId: operationId(99), keepBackup: false, onlyUnfinished: false, deleteDiscovered: false };
  await history.requestDeletion((await find('deleted')).key, asked, deletion);
  engine.removeSnapshot(REPOSITORY, nameOf('deleted', 1));
  await claimed(operationId(99));
  expect(await run()).toMatchObject({ backups: 0, skipped: 2, changedCount: 0, discoveredCount: 0 });
  expect((await find('made')).state).toBe('IN_PROGRESS');
  expect((await find('deleted')).parts[0]?.drift).toBeUndefined();
});

it.each(['retried', 'deleted'])('writes nothing of a backup that was %s after its record was read', async (how) => {
  const { deps, engine, history, backUp, claimed, find, kinds } = setUp();
  await backUp('a');
  const { key } = await find('a');
  engine.removeSnapshot(REPOSITORY, nameOf('a', 1));
  const asked = { actor, reason: undefined, requestId: undefined };
  const meanwhile = async () => {
    const deletion = { operationId: operationId(99), keepBackup: how !== 'deleted', onlyUnfinished: false };
    await history.requestDeletion(key, asked, { ...deletion, deleteDiscovered: false });
    const { revision } = await claimed(operationId(99));
    await history.record(operationId(99), revision, {
      parts: [{ number: 1, state: 'SUCCESS', uuid: 'made-anew' }],
      outcome: {
        ...{ do: 'end', state: 'SUCCEEDED', backup: 'COMPLETED' },
        ...(how === 'deleted' ? { deleted: true as const } : {}),
      },
    });
  };
  const racing = {
    ...engine,
    findSnapshots: async (...asked: Parameters<typeof engine.findSnapshots>) => {
      const found = await engine.findSnapshots(...asked);
      await meanwhile();
      return found;
    },
  };
  expect(await reconcile({ ...deps, engine: racing })).toMatchObject({ changedCount: 0 });
  expect(await kinds('a')).toEqual(['backup.delete-requested']);
});

it('sees no drift in what was made after the listing', async () => {
  const { deps, engine, backUp, kinds } = setUp();
  const slow = {
    ...engine,
    listSnapshots: async (...asked: Parameters<typeof engine.listSnapshots>) => {
      const listed = await engine.listSnapshots(...asked);
      await backUp('late');
      return listed;
    },
  };
  expect(await reconcile({ ...deps, engine: slow })).toMatchObject({
    ...{ backups: 1, changedCount: 0, discoveredCount: 0, parts: { present: 2, vanished: 0 } },
  });
  expect(await kinds('late')).toEqual([]);
});

it('does not take for discovered what was recorded after its page of records was read', async () => {
  const { deps, engine, backUp, kinds } = setUp();
  engine.createRepository('others');
  await backUp('first', 'others');
  const late = {
    ...engine,
    // read for a recorded backup, and so after the records
    listSnapshots: async (...asked: Parameters<typeof engine.listSnapshots>) => {
      if (asked[0] === 'others') await backUp('late', 'others');
      return engine.listSnapshots(...asked);
    },
  };
  expect(await reconcile({ ...deps, engine: late })).toMatchObject({ changedCount: 0, discoveredCount: 0 });
  expect(await kinds('late')).toEqual([]);
});

it('discovers what no record plans, with its engine times and what its metadata says, once', async () => {
  const { put, pass, run, find, kinds, history } = setUp();
  put('theirs', 1, null);
  const made = { operationId: operationId(7), requestedAt: '2026-01-01T00:00:00.000Z', requestedBy: '10.0.0.9' };
  pass(5_000);
  for (const number of [1, 2]) put('lost', number, { ...made, manifest: `digest-${number}`, indexPrefix: 'optimize' });
  const result = await run();
  expect(result.discovered).toEqual([
    { backupId: 'theirs', optimizeVersion: '3.9.0', state: 'INCOMPLETE', repository: REPOSITORY },
    { backupId: 'lost', optimizeVersion: '3.9.0', state: 'COMPLETED', repository: REPOSITORY },
  ]);
  expect(await run()).toMatchObject({ backups: 2, discoveredCount: 0, changedCount: 0, parts: { present: 3 } });
  expect(await find('lost')).toMatchObject({
    ...{ origin: 'discovered', state: 'COMPLETED', requestedAt: new Date('2026-01-01T00:00:00Z') },
    endedAt: new Date('2026-01-01T00:00:06Z'),
    parts: [{ indices: ['optimize-1_v1'], uuid: expect.any(String), manifest: undefined }, {}],
  });
  const [event] = await history.eventsOf('lost', 10);
  expect(event).toMatchObject({
    ...{ kind: 'backup.discovered', source: 'worker', actor: { name: 'reconcile' } },
    after: {
      state: 'COMPLETED',
      metadata: {
        ...{ operationIds: [operationId(7)], requestedBy: '10.0.0.9', tandem: ['1'] },
        manifests: [
          { part: 1, digest: 'digest-1' },
          { part: 2, digest: 'digest-2' },
        ],
      },
    },
  });
  expect(await kinds('theirs')).toEqual(['backup.discovered']);
});

it('does not take in the sets of another installation in the same repository, and reads each once', async () => {
  const { engine, put, run, history } = setUp();
  const indices = ['optimize-staging-import-index_v3'];
  for (const number of [1, 2]) put('staging', number, { indexPrefix: 'optimize-staging' }, REPOSITORY, indices);
  for (const number of [1, 2]) put('by-its-optimize', number, null, REPOSITORY, indices);
  put('ours', 1, null);
  const discovered = [{ backupId: 'ours' }];
  expect(await run()).toMatchObject({ discoveredCount: 1, discovered, parts: { present: 0, foreign: 0 } });
  for (const id of ['staging', 'by-its-optimize']) {
    expect(await history.findBackup(id, undefined)).toBeUndefined();
    for (const number of [1, 2]) engine.removeSnapshot(REPOSITORY, nameOf(id, number));
    put(id, 1, { indexPrefix: 'optimize-staging' }, REPOSITORY, indices);
  }
  const before = engine.calls.length;
  const nothing = { discoveredCount: 0, changedCount: 0, parts: { present: 1, vanished: 0, replaced: 0, foreign: 0 } };
  expect(await run()).toMatchObject(nothing);
  expect(await run()).toMatchObject(nothing);
  expect(engine.calls.slice(before).filter(({ method }) => method === 'findSnapshots')).toHaveLength(1);
});

it('takes in the later parts of a set that somebody is making', async () => {
  const { put, run, find } = setUp();
  put('theirs', 1, null);
  await run();
  put('theirs', 2, null);
  expect((await run()).changed).toMatchObject([{ before: 'INCOMPLETE', state: 'COMPLETED' }]);
  expect((await find('theirs')).parts.map(({ state }) => state)).toEqual(['SUCCESS', 'SUCCESS']);
  expect(await run()).toMatchObject({ changedCount: 0, parts: { present: 2 } });
});

it('leaves late snapshots of a deleted backup to the sweep, and takes in what is still there later', async () => {
  const { history, engine, backUp, claimed, put, run, find, pass } = setUp();
  const id = await backUp('a');
  const asked = { actor, reason: undefined, requestId: undefined };
  const deletion = { operationId: operationId(99), keepBackup: false, onlyUnfinished: false, deleteDiscovered: false };
  await history.requestDeletion((await find('a')).key, asked, deletion);
  const { revision } = await claimed(operationId(99));
  for (const number of [1, 2]) engine.removeSnapshot(REPOSITORY, nameOf('a', number));
  const outcome = { do: 'end', state: 'SUCCEEDED', backup: 'INCOMPLETE', deleted: true } as const;
  await history.record(operationId(99), revision, { outcome });
  put('a', 2, { operationId: id });
  expect(await run()).toMatchObject({ discoveredCount: 0 });
  pass(4_000_000);
  expect(await run()).toMatchObject({ discoveredCount: 1 });
});

it('concludes nothing from a repository that it cannot read, says why, and compares the others', async () => {
  const { deps, engine, backUp, find, kinds } = setUp();
  for (const repository of ['broken', 'unregistered', 'another']) engine.createRepository(repository);
  await backUp('here');
  engine.createIndex('index');
  const owner = { backupId: 'x', operationId: 'x', part: 1, of: 1, optimizeVersion: '1', tandem: '1' };
  const first = (repository: string) => engine.startSnapshot({ repository, name: 'first', indices: ['index'], owner });
  // a repository has a uuid from its first snapshot on
  for (const repository of ['broken', 'unregistered', 'another']) {
    await first(repository);
    await backUp(`in-${repository}`, repository);
  }
  engine.breakRepository('broken', 'its folder is gone');
  engine.removeRepository('unregistered');
  engine.removeRepository('another');
  engine.createRepository('another');
  await first('another');
  engine.putSnapshot('another', { name: nameOf('elsewhere', 1), indices: [] });
  for (const number of [1, 2]) engine.removeSnapshot(REPOSITORY, nameOf('here', number));
  const result = await reconcile(deps);
  expect(isComplete(result)).toBe(false);
  const codes = result.repositories.map(({ repository, unread, backups }) => [repository, unread?.code, backups]);
  expect(codes).toEqual(
    expect.arrayContaining([
      ['backups', undefined, 1],
      ['broken', 'REPOSITORY_UNAVAILABLE', 1],
      ['unregistered', 'REPOSITORY_UNKNOWN', 1],
      ['another', 'REPOSITORY_CHANGED', 1],
    ]),
  );
  expect(result).toMatchObject({ backups: 1, changedCount: 1, discoveredCount: 0, parts: { vanished: 2 } });
  for (const repository of ['broken', 'unregistered', 'another']) {
    expect((await find(`in-${repository}`)).state).toBe('COMPLETED');
    expect(await kinds(`in-${repository}`)).toEqual([]);
  }
});

it('knows a repository by the uuid that the first snapshot gave it between two reads', async () => {
  const { deps, engine, backUp, giveUuid } = setUp();
  await giveUuid();
  await backUp('first');
  let reads = 0;
  const readRepository: typeof engine.readRepository = async (name) => {
    reads += 1;
    const { uuid, ...repository } = await engine.readRepository(name);
    return reads === 1 ? { ...repository, uuid: undefined } : { ...repository, uuid };
  };
  const result = await reconcile({ ...deps, engine: { ...engine, readRepository } });
  expect(result).toMatchObject({ backups: 1, discoveredCount: 0, parts: { present: 2 } });
  expect(isComplete(result)).toBe(true);
});

it.each(['away', 'another one'])('concludes nothing from a repository that is %s since it was listed', async (how) => {
  const { deps, engine, backUp, find, kinds } = setUp();
  engine.createIndex('index');
  const owner = { backupId: 'x', operationId: 'x', part: 1, of: 1, optimizeVersion: '1', tandem: '1' };
  const first = () => engine.startSnapshot({ repository: REPOSITORY, name: 'first', indices: ['index'], owner });
  await first();
  await backUp('a');
  engine.removeSnapshot(REPOSITORY, nameOf('a', 1));
  const moving = {
    ...deps.history,
    livingBackups: async (...asked: Parameters<typeof deps.history.livingBackups>) => {
      const page = await deps.history.livingBackups(...asked);
      engine.removeRepository(REPOSITORY);
      if (how === 'another one') {
        engine.createRepository(REPOSITORY);
        await first();
      }
      return page;
    },
  };
  const result = await reconcile({ ...deps, history: moving });
  expect(result).toMatchObject({
    ...{ backups: 0, changedCount: 0 },
    unverified: [{ backupId: 'a', reason: { code: how === 'away' ? 'REPOSITORY_UNKNOWN' : 'REPOSITORY_CHANGED' } }],
  });
  expect((await find('a')).state).toBe('COMPLETED');
  expect(await kinds('a')).toEqual([]);
});

it('learns nothing from a repository that was registered to another place while it was listed', async () => {
  const { deps, engine, backUp, find, kinds } = setUp();
  await backUp('a');
  const { location } = await find('a');
  engine.moveRepository(REPOSITORY, 'empty');
  const moving = {
    ...engine,
    listSnapshots: async (...asked: Parameters<typeof engine.listSnapshots>) => {
      engine.moveRepository(REPOSITORY, REPOSITORY);
      return engine.listSnapshots(...asked);
    },
  };
  const result = await reconcile({ ...deps, engine: moving });
  expect(result).toMatchObject({ changedCount: 0, repositories: [{ unread: { code: 'REPOSITORY_CHANGED' } }] });
  expect(await find('a')).toMatchObject({ state: 'COMPLETED', location });
  expect(await kinds('a')).toEqual([]);
});

it('counts sets of one id and version that do not fit each other, and takes in one', async () => {
  const { engine, put, run, kinds } = setUp();
  put('a', 1, null);
  engine.putSnapshot(REPOSITORY, { name: `${nameOf('a', 1).slice(0, -1)}3`, indices: [] });
  const first = await run();
  expect(first).toMatchObject({ discoveredCount: 1, parts: { foreign: 1 } });
  expect(await run()).toMatchObject({ discoveredCount: 0, parts: { present: 1, foreign: 1 } });
  expect(await kinds('a')).toEqual(['backup.discovered']);
});

it('concludes nothing from an engine that is away', async () => {
  const { engine, backUp, run, find } = setUp();
  await backUp('a');
  engine.failNext('info', fail('ENGINE_UNREACHABLE', 'away', {}));
  const result = await run();
  expect(result).toMatchObject({ backups: 0, changedCount: 0 });
  expect(result.repositories).toMatchObject([
    { repository: REPOSITORY, backups: 1, unread: { code: 'ENGINE_UNREACHABLE' } },
  ]);
  expect(isComplete(result)).toBe(false);
  expect((await find('a')).state).toBe('COMPLETED');
  expect(isComplete(await run())).toBe(true);
});

it('tells of snapshots that are listed and cannot be read, and goes on with the others', async () => {
  const { deps, engine, backUp, put, find } = setUp();
  await backUp('gone');
  engine.removeSnapshot(REPOSITORY, nameOf('gone', 1));
  for (const id of ['rotten', 'fine']) put(id, 1, null);
  const unreadable = fail('REPOSITORY_UNAVAILABLE', 'its file is gone', {});
  const partly = {
    ...engine,
    findSnapshots: async (repository: string, names: readonly string[]) => {
      if (names.includes(nameOf('rotten', 1))) throw unreadable;
      return engine.findSnapshots(repository, names);
    },
  };
  const result = await reconcile({ ...deps, engine: partly });
  expect(result).toMatchObject({
    ...{ changedCount: 1, unverified: [{ backupId: 'rotten', reason: { code: 'REPOSITORY_UNAVAILABLE' } }] },
    discovered: [{ backupId: 'fine' }],
  });
  expect(isComplete(result)).toBe(false);
  expect((await find('gone')).state).toBe('INCOMPLETE');
});

it('counts one of ours that cannot be read as unread, neither present nor vanished, and keeps the state', async () => {
  const { deps, engine, backUp, find } = setUp();
  await backUp('rotten');
  engine.removeSnapshot(REPOSITORY, nameOf('rotten', 1));
  const partly = {
    ...engine,
    findSnapshots: async (repository: string, names: readonly string[]) => {
      if (names.includes(nameOf('rotten', 2))) throw fail('REPOSITORY_UNAVAILABLE', 'its file is gone', {});
      return engine.findSnapshots(repository, names);
    },
  };
  const result = await reconcile({ ...deps, engine: partly });
  expect(result).toMatchObject({
    ...{ backups: 0, changedCount: 0, unverified: [{ backupId: 'rotten' }] },
    parts: { present: 0, vanished: 1, replaced: 0, foreign: 0, unread: 1 },
    repositories: [{ backups: 1, parts: { vanished: 1, unread: 1 } }],
  });
  expect((await find('rotten')).state).toBe('COMPLETED');
});

it('walks over many backups and sets in pages, each compared once', async () => {
  const { engine, backUp, put, run } = setUp();
  for (let nth = 0; nth < 450; nth += 1) await backUp(`made-${nth}`);
  for (let nth = 0; nth < 250; nth += 1) put(`found-${nth}`, 1, null);
  const before = engine.calls.length;
  expect(await run()).toMatchObject({ backups: 450, discoveredCount: 250, parts: { present: 900 } });
  const looks = engine.calls.slice(before).filter(({ method }) => method === 'findSnapshots');
  expect(looks).toHaveLength(3);
  expect(await run()).toMatchObject({ backups: 700, discoveredCount: 0, changedCount: 0, parts: { present: 1_150 } });
});

it('stops where it is not to go on', async () => {
  const { deps, backUp } = setUp();
  await backUp('a');
  const stopped = new Error('stopped');
  await expect(
    reconcile({
      ...deps,
      assertHeld: () => {
        throw stopped;
      },
    }),
  ).rejects.toBe(stopped);
});

it('learns where the data is of records that do not say it, once something recorded was found there', async () => {
  const { deps, engine, backUp, run, find } = setUp();
  await backUp('a');
  await backUp('b');
  expect((await find('a')).location.settingsDigest).toBeUndefined();
  await run();
  const { settingsDigest } = await engine.readRepository(REPOSITORY);
  expect((await find('a')).location.settingsDigest).toBe(settingsDigest);
  const learned: unknown[] = [];
  const history = { ...deps.history, learnSettings: async (...asked: unknown[]) => void learned.push(asked) };
  await reconcile({ ...deps, history });
  expect(learned).toEqual([]);
});

const allKinds = async (history: ReturnType<typeof setUp>['history']) =>
  (await history.searchEvents({}, undefined, 100)).map(({ kind }) => kind).toReversed();

it.each(['two', 'one, and its settings say so'])(
  'records nothing but that the repository is another one where it holds none of %s',
  async (how) => {
    const { deps, engine, history, backUp, put, run, find } = setUp();
    const ids = how === 'two' ? ['a', 'b'] : ['a'];
    for (const id of ids) await backUp(id);
    await run();
    engine.moveRepository(REPOSITORY, 'empty');
    engine.putSnapshot(REPOSITORY, { name: nameOf('somebody', 1), indices: [] });
    const before = await allKinds(history);
    const result = await run();
    const { settingsDigest } = await engine.readRepository(REPOSITORY);
    expect(isComplete(result)).toBe(false);
    expect(result).toMatchObject({
      ...{ backups: 0, changedCount: 0, discoveredCount: 0, parts: { vanished: 0 } },
      repositories: [{ repository: REPOSITORY, backups: ids.length, unread: { code: 'REPOSITORY_CHANGED' } }],
    });
    expect(result.repositories[0]?.unread?.message).toMatch(/^The repository does not match the recorded one: /);
    expect((await allKinds(history)).slice(before.length)).toEqual(['repository.changed']);
    for (const id of ids) {
      expect(await find(id)).toMatchObject({ state: 'COMPLETED', parts: [{ drift: undefined }, { drift: undefined }] });
    }
    expect(await history.changedRepositories()).toMatchObject([
      {
        missing: ids.length,
        settings: 'changed',
        location: { repository: REPOSITORY, settingsDigest },
        acceptedAt: undefined,
      },
    ]);
    await run();
    expect((await allKinds(history)).length).toBe(before.length + 1);

    engine.moveRepository(REPOSITORY, REPOSITORY);
    expect(isComplete(await reconcile(deps))).toBe(true);
    expect((await allKinds(history)).slice(before.length)).toEqual(['repository.changed', 'repository.returned']);
    expect(await history.changedRepositories()).toEqual([]);
    expect((await find('a')).state).toBe('COMPLETED');
    put('a', 1);
  },
);

it('records that all is gone once an operator has accepted the repository as it is', async () => {
  const { deps, engine, history, backUp, run, find, kinds } = setUp();
  for (const id of ['a', 'b']) await backUp(id);
  await run();
  engine.moveRepository(REPOSITORY, 'empty');
  await run();
  const [changed] = await history.changedRepositories();
  if (changed === undefined) throw new Error('not noticed');
  await history.acceptRepository(changed.location, { actor, reason: 'the disk is lost', requestId: 'r' });
  expect(isComplete(await run())).toBe(true);
  for (const id of ['a', 'b']) {
    expect(await find(id)).toMatchObject({
      state: 'INCOMPLETE',
      parts: [{ drift: { is: 'vanished' } }, { drift: { is: 'vanished' } }],
    });
    expect(await kinds(id)).toEqual(['drift.vanished', 'drift.vanished', 'backup.state-changed']);
  }
  await backUp('new');
  expect(isComplete(await reconcile(deps))).toBe(true);
  expect(await history.changedRepositories()).toEqual([]);
  expect((await find('new')).state).toBe('COMPLETED');
  expect(await allKinds(history)).not.toContain('repository.returned');
});

it('records what an accepted repository lacks also where its first snapshot has given it another uuid meanwhile', async () => {
  const { engine, history, backUp, run, find } = setUp();
  engine.createIndex('index');
  const owner = { backupId: 'x', operationId: 'x', part: 1, of: 1, optimizeVersion: '1', tandem: '1' };
  const first = () => engine.startSnapshot({ repository: REPOSITORY, name: 'first', indices: ['index'], owner });
  await first();
  for (const id of ['a', 'b']) await backUp(id);
  await run();
  engine.moveRepository(REPOSITORY, 'empty');
  await run();
  const [changed] = await history.changedRepositories();
  if (changed === undefined) throw new Error('not noticed');
  await history.acceptRepository(changed.location, { actor, reason: 'the disk is lost', requestId: 'r' });
  await first();
  await backUp('new');
  expect((await engine.readRepository(REPOSITORY)).uuid).not.toBe(changed.location.repositoryUuid);
  expect(isComplete(await run())).toBe(true);
  for (const id of ['a', 'b']) expect((await find(id)).state).toBe('INCOMPLETE');
  expect(await history.changedRepositories()).toEqual([]);
  const later = await run();
  expect(isComplete(later)).toBe(true);
  expect(later.parts).toMatchObject({ present: 2, vanished: 4 });
});

it('does not take backups that were made in the other place for those of before', async () => {
  const { engine, history, backUp, run, find } = setUp();
  for (const id of ['a', 'b']) await backUp(id);
  await run();
  engine.moveRepository(REPOSITORY, 'empty');
  const { clusterUuid } = await engine.info();
  const { settingsDigest } = await engine.readRepository(REPOSITORY);
  await backUp('new');
  await history.learnSettings([(await find('new')).key], settingsDigest);
  expect(clusterUuid).toBe((await find('new')).location.clusterUuid);
  await run();
  for (const id of ['a', 'b', 'new']) expect((await find(id)).state).toBe('COMPLETED');
  expect(await history.changedRepositories()).toMatchObject([{ missing: 2, settings: 'changed' }]);
});

it('records the only backup as gone where the settings are as before', async () => {
  const { engine, history, backUp, run, find } = setUp();
  await backUp('a');
  await run();
  for (const number of [1, 2]) engine.removeSnapshot(REPOSITORY, nameOf('a', number));
  expect(isComplete(await run())).toBe(true);
  expect((await find('a')).state).toBe('INCOMPLETE');
  expect(await history.changedRepositories()).toEqual([]);
});

it('does not miss what a deletion was about to remove', async () => {
  const { engine, history, backUp, claimed, run, find } = setUp();
  for (const id of ['a', 'b']) await backUp(id);
  const { key } = await find('a');
  await history.requestDeletion(
    key,
    { actor, reason: 'old', requestId: 'r' },
    { ...{ operationId: operationId(77), keepBackup: false, onlyUnfinished: false, deleteDiscovered: false } },
  );
  const { revision } = await claimed(operationId(77));
  await history.record(operationId(77), revision, {
    detail: { removing: { part: 1, uuid: 'u' } },
    outcome: { do: 'end', state: 'FAILED' },
  });
  for (const id of ['a', 'b']) for (const number of [1, 2]) engine.removeSnapshot(REPOSITORY, nameOf(id, number));
  expect(isComplete(await run())).toBe(true);
  for (const id of ['a', 'b']) expect((await find(id)).state).toBe('INCOMPLETE');
});
