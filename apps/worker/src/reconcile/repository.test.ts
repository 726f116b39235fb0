import { expect, it } from 'vitest';
import { actor, nameOf, operationId, REPOSITORY, setUp } from './reconcile.fixture.ts';
import { isComplete, reconcile } from './reconcile.ts';

const allKinds = async (history: ReturnType<typeof setUp>['history']) =>
  (await history.searchEvents({}, undefined, 100)).map(({ kind }) => kind).toReversed();

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
