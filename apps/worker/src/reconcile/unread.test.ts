import { fail } from '@tandem/shared/domain/failure/failure.ts';
import { expect, it } from 'vitest';
import { nameOf, REPOSITORY, setUp } from './reconcile.fixture.ts';
import { isComplete, reconcile } from './reconcile.ts';

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
