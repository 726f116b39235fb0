import { expect, it } from 'vitest';
import { actor, nameOf, operationId, REPOSITORY, setUp } from './reconcile.fixture.ts';

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

it('counts sets of one id and version that do not fit each other, and takes in one', async () => {
  const { engine, put, run, kinds } = setUp();
  put('a', 1, null);
  engine.putSnapshot(REPOSITORY, { name: `${nameOf('a', 1).slice(0, -1)}3`, indices: [] });
  const first = await run();
  expect(first).toMatchObject({ discoveredCount: 1, parts: { foreign: 1 } });
  expect(await run()).toMatchObject({ discoveredCount: 0, parts: { present: 1, foreign: 1 } });
  expect(await kinds('a')).toEqual(['backup.discovered']);
});
