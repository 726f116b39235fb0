import { describe, expect, it } from 'vitest';
import { expectFailure, owner, type Suite } from './suite.ts';

/** What every SearchEngine must do. */
export const describeSnapshots = (suite: Suite): void => {
  it('describes itself', async () => {
    const info = await suite.engine.info();
    expect(info.version).toMatch(/^\d+\.\d+\.\d+/);
    expect(info.major).toBe(Number(info.version.split('.')[0]));
    // bit 27 marks the version ids of OpenSearch
    expect((info.newestReadable & 0x08_00_00_00) !== 0).toBe(info.kind === 'opensearch');
    expect(Math.floor((info.newestReadable & ~0x08_00_00_00) / 1_000_000)).toBe(info.major);
    expect(info.clusterUuid).not.toBe('');
  });

  describe('listing indices', () => {
    it('names open, closed and hidden ones of the prefix, sorted, with their aliases', async () => {
      const prefix = suite.newName('list');
      await suite.fixture.createIndex(`${prefix}-zebra`, 1, { aliases: [`${prefix}-second`, `${prefix}-first`] });
      await suite.fixture.createIndex(`${prefix}-closed`, 1, { closed: true });
      await suite.fixture.createIndex(`${prefix}-hidden`, 1, { hidden: true });
      await suite.fixture.createIndex(`${prefix}x-foreign`, 1);
      await suite.fixture.createIndex(`${prefix}_foreign`, 1);
      await suite.fixture.createIndex(suite.newName('elsewhere'), 1, { aliases: [`${prefix}-leads-elsewhere`] });
      expect(await suite.engine.listIndices(prefix)).toEqual([
        { name: `${prefix}-closed`, aliases: [], open: false },
        { name: `${prefix}-hidden`, aliases: [], open: true },
        { name: `${prefix}-zebra`, aliases: [`${prefix}-first`, `${prefix}-second`], open: true },
      ]);
    });

    it('returns an empty list where there is none', async () => {
      expect(await suite.engine.listIndices(suite.newName('none'))).toEqual([]);
    });

    it.each(['', '*', 'a,b', '-a'])('refuses the prefix %j', (prefix) =>
      expectFailure(suite.engine.listIndices(prefix), 'REQUEST_INVALID'),
    );
  });

  describe('reading the metadata of Optimize', () => {
    it('gives version and installation', async () => {
      const prefix = suite.newName('meta');
      await suite.fixture.putMetadata(prefix, { schemaVersion: '3.9.0', installationId: 'installation' });
      expect(await suite.engine.readOptimizeMetadata(prefix)).toEqual({
        schemaVersion: '3.9.0',
        installationId: 'installation',
      });
    });

    it('knows none without the index', async () => {
      expect(await suite.engine.readOptimizeMetadata(suite.newName('none'))).toBeUndefined();
    });
  });

  describe('starting a snapshot', () => {
    it('makes one of the indices, closed ones too, that says whose it is', async () => {
      const repository = await suite.withRepository();
      const prefix = suite.newName('snap');
      await suite.fixture.createIndex(`${prefix}-open`, 5);
      await suite.fixture.createIndex(`${prefix}-closed`, 5, { closed: true });
      const indices = [`${prefix}-closed`, `${prefix}-open`];
      await suite.engine.startSnapshot({ repository, name: 'mine', indices, owner });
      await suite.fixture.finishSnapshots(repository);
      const [snapshot] = await suite.engine.findSnapshots(repository, ['mine']);
      expect(snapshot).toMatchObject({ name: 'mine', state: 'SUCCESS', owner, failures: [], reason: undefined });
      expect(snapshot?.uuid).toEqual(expect.any(String));
      expect([...(snapshot?.indices ?? [])].sort()).toEqual(indices);
      expect(snapshot?.shards.total).toBeGreaterThanOrEqual(2);
      expect(snapshot?.shards.successful).toBe(snapshot?.shards.total);
      expect(snapshot?.versionId).toBe((await suite.engine.info()).newestReadable);
      expect(snapshot?.startedAt).toBeInstanceOf(Date);
      expect(snapshot?.endedAt?.getTime()).toBeGreaterThanOrEqual(snapshot?.startedAt?.getTime() ?? Infinity);
    });

    it('rejects a name that is in use, and leaves the snapshot as it is', async () => {
      const repository = await suite.withRepository();
      const indices = [await suite.withIndex()];
      await suite.engine.startSnapshot({ repository, name: 'twice', indices, owner });
      await expectFailure(suite.engine.startSnapshot({ repository, name: 'twice', indices, owner }), 'SNAPSHOT_EXISTS');
      await suite.fixture.finishSnapshots(repository);
      await expectFailure(suite.engine.startSnapshot({ repository, name: 'twice', indices, owner }), 'SNAPSHOT_EXISTS');
      expect(await suite.engine.findSnapshots(repository, ['twice'])).toMatchObject([{ state: 'SUCCESS' }]);
    });

    it('makes nothing when an index is gone', async () => {
      const repository = await suite.withRepository();
      const indices = [await suite.withIndex(), suite.newName('gone')];
      await expectFailure(suite.engine.startSnapshot({ repository, name: 'short', indices, owner }), 'INDEX_NOT_FOUND');
      expect(await suite.engine.findSnapshots(repository, ['short'])).toEqual([]);
    });

    it('rejects an unknown repository', async () => {
      const snapshot = { repository: 'unknown', name: 'nowhere', indices: [await suite.withIndex()], owner };
      await expectFailure(suite.engine.startSnapshot(snapshot), 'REPOSITORY_UNKNOWN');
    });

    it.each([
      ['no index', { indices: [] }],
      ['a pattern as index', { indices: ['data*'] }],
      ['all indices', { indices: ['_all'] }],
      ['an exclusion', { indices: ['-data'] }],
      ['a pattern as name', { name: 'a*' }],
      ['a date as name', { name: '<a-{now/d}>' }],
      ['a path as name', { name: '../a' }],
      ['too much metadata', { owner: { ...owner, backupId: 'x'.repeat(1_000) } }],
    ])('refuses %s', async (_, wrong) => {
      const repository = await suite.withRepository();
      const snapshot = { repository, name: 'wrong', indices: ['data'], owner, ...wrong };
      await expectFailure(suite.engine.startSnapshot(snapshot), 'REQUEST_INVALID');
      expect(await suite.engine.findSnapshots(repository, ['wrong'])).toEqual([]);
    });
  });

  describe('finding snapshots', () => {
    it('finds names and patterns, leaves out what is absent, and gives each once', async () => {
      const repository = await suite.withRepository();
      const indices = [await suite.withIndex()];
      for (const snapshot of ['a_1', 'a_2', 'b_1']) {
        await suite.engine.startSnapshot({ repository, name: snapshot, indices, owner });
      }
      await suite.fixture.finishSnapshots(repository);
      const find = async (...names: string[]) =>
        (await suite.engine.findSnapshots(repository, names)).map((snapshot) => snapshot.name).sort();
      expect(await find('a_2', 'absent')).toEqual(['a_2']);
      expect(await find('a_*')).toEqual(['a_1', 'a_2']);
      expect(await find('a_*', 'a_1', 'b_1')).toEqual(['a_1', 'a_2', 'b_1']);
      expect(await find('c_*')).toEqual([]);
      expect(await find('absent')).toEqual([]);
      expect(await find()).toEqual([]);
    });

    it('takes any number of names', async () => {
      const repository = await suite.withRepository();
      const names = Array.from({ length: 300 }, (_, part) => `camunda_optimize_backup${part}_3.9.0_part_1_of_2`);
      const existing = names[250] ?? '';
      await suite.engine.startSnapshot({ repository, name: existing, indices: [await suite.withIndex()], owner });
      expect((await suite.engine.findSnapshots(repository, names)).map((snapshot) => snapshot.name)).toEqual([
        existing,
      ]);
      await suite.fixture.finishSnapshots(repository);
    });

    it('keeps a mark in the metadata where it fits, and leaves it out where it does not', async () => {
      const repository = await suite.withRepository();
      const indices = [await suite.withIndex()];
      const marked = { ...owner, mark: 'm'.repeat(180) };
      const long = { ...owner, manifest: 'x'.repeat(750) };
      await suite.engine.startSnapshot({ repository, name: 'marked', indices, owner: marked });
      await suite.fixture.finishSnapshots(repository);
      await suite.engine.startSnapshot({ repository, name: 'long', indices, owner: { ...long, mark: marked.mark } });
      await suite.fixture.finishSnapshots(repository);
      const found = await suite.engine.findSnapshots(repository, ['marked', 'long']);
      expect(Object.fromEntries(found.map((snapshot) => [snapshot.name, snapshot.owner]))).toEqual({ marked, long });
    });

    it('returns snapshots of others without an owner', async () => {
      const repository = await suite.withRepository();
      const index = await suite.withIndex();
      await suite.fixture.makeForeignSnapshot(repository, 'foreign', [index]);
      expect(await suite.engine.findSnapshots(repository, ['foreign'])).toMatchObject([
        { name: 'foreign', state: 'SUCCESS', owner: undefined, indices: [index] },
      ]);
    });

    it.each(['', '*', '_all', '-a', 'a,b', 'a*b', '*a', 'a/b', 'a b', '..'])('refuses the name %j', async (wrong) =>
      expectFailure(suite.engine.findSnapshots(await suite.withRepository(), [wrong]), 'REQUEST_INVALID'),
    );

    it('rejects an unknown repository', async () => {
      await expectFailure(suite.engine.findSnapshots('unknown', ['a']), 'REPOSITORY_UNKNOWN');
      await expectFailure(suite.engine.findSnapshots('unknown', ['a*']), 'REPOSITORY_UNKNOWN');
    });
  });

  describe('listing snapshots', () => {
    it('gives name, uuid and state of all that begin so, running ones and those of others too', async () => {
      const repository = await suite.withRepository();
      const index = await suite.withIndex();
      await suite.engine.startSnapshot({ repository, name: 'list_1', indices: [index], owner });
      await suite.fixture.finishSnapshots(repository);
      await suite.fixture.makeForeignSnapshot(repository, 'list_2', [index]);
      await suite.fixture.makeForeignSnapshot(repository, 'lis_3', [index]);
      const known = await suite.engine.findSnapshots(repository, ['list_1', 'list_2']);
      const listed = [...(await suite.engine.listSnapshots(repository, 'list_'))].sort(byName);
      expect(listed).toEqual(known.map(({ name, uuid }) => ({ name, uuid, state: 'SUCCESS' })).sort(byName));
    });

    it('gives one that runs', async () => {
      const repository = await suite.withRepository('to save');
      await suite.engine.startSnapshot({ repository, name: 'runs', indices: [await suite.withIndex()], owner });
      const [found] = await suite.engine.findSnapshots(repository, ['runs']);
      const [listed] = await suite.engine.listSnapshots(repository, 'ru');
      expect(listed).toMatchObject({ name: 'runs', uuid: found?.uuid });
      await suite.fixture.finishSnapshots(repository);
    });

    it('gives none where there is none', async () => {
      const repository = await suite.withRepository();
      expect(await suite.engine.listSnapshots(repository, 'a')).toEqual([]);
      await suite.engine.startSnapshot({ repository, name: 'other', indices: [await suite.withIndex()], owner });
      await suite.fixture.finishSnapshots(repository);
      expect(await suite.engine.listSnapshots(repository, 'a')).toEqual([]);
    });

    it.each(['', '*', '_all', '-a', 'a,b', 'a*b', 'a/b', 'a b'])('refuses the beginning %j', async (wrong) =>
      expectFailure(suite.engine.listSnapshots(await suite.withRepository(), wrong), 'REQUEST_INVALID'),
    );

    it('rejects an unknown repository', () =>
      expectFailure(suite.engine.listSnapshots('unknown', 'a'), 'REPOSITORY_UNKNOWN'));
  });

  describe('deleting a snapshot', () => {
    it('removes it, and rejects when there is none', async () => {
      const repository = await suite.withRepository();
      await suite.engine.startSnapshot({ repository, name: 'doomed', indices: [await suite.withIndex()], owner });
      await suite.fixture.finishSnapshots(repository);
      await suite.engine.deleteSnapshot(repository, 'doomed');
      expect(await suite.engine.findSnapshots(repository, ['doomed'])).toEqual([]);
      await expectFailure(suite.engine.deleteSnapshot(repository, 'doomed'), 'SNAPSHOT_NOT_FOUND');
    });

    it('gives a successor of the same name another uuid', async () => {
      const repository = await suite.withRepository();
      const indices = [await suite.withIndex()];
      const make = async () => {
        await suite.engine.startSnapshot({ repository, name: 'again', indices, owner });
        await suite.fixture.finishSnapshots(repository);
        return (await suite.engine.findSnapshots(repository, ['again']))[0]?.uuid;
      };
      const first = await make();
      await suite.engine.deleteSnapshot(repository, 'again');
      expect(await make()).not.toBe(first);
    });

    it('refuses a pattern', async () =>
      expectFailure(suite.engine.deleteSnapshot(await suite.withRepository(), 'a*'), 'REQUEST_INVALID'));

    it('rejects an unknown repository', () =>
      expectFailure(suite.engine.deleteSnapshot('unknown', 'a'), 'REPOSITORY_UNKNOWN'));
  });

  describe('progress', () => {
    it('is all of it once the snapshot is done', async () => {
      const repository = await suite.withRepository();
      await suite.engine.startSnapshot({ repository, name: 'progress-1', indices: [await suite.withIndex()], owner });
      await suite.fixture.finishSnapshots(repository);
      const progress = await suite.engine.snapshotProgress(repository, 'progress-1');
      expect(progress).toMatchObject({ shards: 1, shardsDone: 1, bytesDone: progress.bytes });
      expect(progress.bytes).toBeGreaterThan(0);
    });

    it('rejects a snapshot that is not there', async () => {
      const repository = await suite.withRepository();
      await expectFailure(suite.engine.snapshotProgress(repository, 'progress-none'), 'SNAPSHOT_NOT_FOUND');
    });

    it('rejects an unknown repository', () =>
      expectFailure(suite.engine.snapshotProgress('unknown', 'progress-1'), 'REPOSITORY_UNKNOWN'));
  });

  it('is unreachable once it was closed', async () => {
    const closing = suite.connect();
    await closing.info();
    await closing.close();
    await expectFailure(closing.info(), 'ENGINE_UNREACHABLE');
    await expectFailure(closing.findSnapshots('any', ['a']), 'ENGINE_UNREACHABLE');
  });
};

const byName = (one: { readonly name: string }, other: { readonly name: string }): number =>
  one.name < other.name ? -1 : 1;
