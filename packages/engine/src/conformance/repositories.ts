import { describe, expect, it } from 'vitest';
import type { NewRepository } from '../port.ts';
import { expectFailure, largeDocument, owner, type Suite } from './suite.ts';

/** What every SearchEngine must report of a repository. */
export const describeRepositories = (suite: Suite): void => {
  describe('reading a repository', () => {
    it('rejects one that is unknown', () =>
      expectFailure(suite.engine.readRepository('unknown'), 'REPOSITORY_UNKNOWN'));

    it('rejects a pattern as unknown', () => expectFailure(suite.engine.readRepository('*'), 'REPOSITORY_UNKNOWN'));

    it('is verified where it can be written', async () => {
      const [node, ...others] = await suite.engine.verifyRepository(await suite.withRepository());
      expect(node).toEqual({ id: expect.any(String), name: expect.any(String) });
      expect(others).toEqual([]);
    });

    it('is not verified where it is unknown', () =>
      expectFailure(suite.engine.verifyRepository('unknown'), 'REPOSITORY_UNKNOWN'));

    it('says whether it is registered as read-only, and is written into no more while it is', async () => {
      const repository = await suite.withRepository();
      const indices = [await suite.withIndex()];
      await suite.engine.startSnapshot({ repository, name: 'first', indices, owner });
      await suite.fixture.finishSnapshots(repository);
      await suite.fixture.setReadOnly(repository, true);
      expect(await suite.engine.readRepository(repository)).toMatchObject({ readOnly: 'its setting readonly is true' });
      await suite.engine.verifyRepository(repository);
      expect(await suite.engine.findSnapshots(repository, ['first'])).toHaveLength(1);
      await expectFailure(suite.engine.startSnapshot({ repository, name: 'second', indices, owner }), 'ENGINE_REFUSED');
      await expectFailure(suite.engine.deleteSnapshot(repository, 'first'), 'ENGINE_REFUSED');
      await suite.fixture.setReadOnly(repository, false);
      expect(await suite.engine.readRepository(repository)).toMatchObject({ readOnly: undefined });
    });

    it('says how many snapshots it still takes, and keeps no more than that, although it accepts them; OpenSearch keeps any number', async () => {
      const repository = await suite.withRepository();
      const indices = [await suite.withIndex()];
      await suite.fixture.limitSnapshots(repository, 2);
      const isHeeded = (await suite.engine.info()).kind === 'elasticsearch';
      const snapshotsLeft = isHeeded ? 2 : undefined;
      expect(await suite.engine.readRepository(repository)).toMatchObject({ snapshotsLeft });
      for (const name of ['first', 'second']) {
        await suite.engine.startSnapshot({ repository, name, indices, owner });
        await suite.fixture.finishSnapshots(repository);
      }
      expect(await suite.engine.readRepository(repository)).toMatchObject({ snapshotsLeft: isHeeded ? 0 : undefined });
      await suite.engine.startSnapshot({ repository, name: 'third', indices, owner });
      await suite.fixture.finishSnapshots(repository);
      expect(await suite.engine.findSnapshots(repository, ['third'])).toHaveLength(isHeeded ? 0 : 1);
      await suite.fixture.limitSnapshots(repository, undefined);
      expect(await suite.engine.readRepository(repository)).toMatchObject({ snapshotsLeft: undefined });
    });

    it('has a uuid once it holds a snapshot, except in OpenSearch', async () => {
      const repository = await suite.withRepository();
      expect(await suite.engine.readRepository(repository)).toEqual({
        ...{ name: repository, type: 'fs', uuid: undefined, readOnly: undefined, snapshotsLeft: undefined },
        settingsDigest: expect.stringMatching(/./),
      });
      await suite.engine.startSnapshot({ repository, name: 'first', indices: [await suite.withIndex()], owner });
      await suite.fixture.finishSnapshots(repository);
      const { kind } = await suite.engine.info();
      const uuid = kind === 'elasticsearch' ? expect.any(String) : undefined;
      expect((await suite.engine.readRepository(repository)).uuid).toEqual(uuid);
    });

    it('keeps its uuid when registered to an empty location, until the first snapshot there; only the settings differ', async () => {
      const repository = await suite.withRepository();
      const indices = [await suite.withIndex()];
      const take = async (name: string) => {
        await suite.engine.startSnapshot({ repository, name, indices, owner });
        await suite.fixture.finishSnapshots(repository);
      };
      await take('first');
      const before = await suite.engine.readRepository(repository);
      await suite.fixture.moveRepository(repository, `${repository}-empty`);
      const moved = await suite.engine.readRepository(repository);
      const { kind, version } = await suite.engine.info();
      const isNew = kind === 'elasticsearch';
      // 7.17 forgets it with the location
      expect(moved.uuid).toBe(isNew && version.startsWith('7.') ? undefined : before.uuid);
      expect(moved.settingsDigest).not.toBe(before.settingsDigest);
      expect(await suite.engine.findSnapshots(repository, ['first'])).toEqual([]);
      await take('second');
      expect((await suite.engine.readRepository(repository)).uuid !== before.uuid).toBe(isNew);
      await suite.fixture.moveRepository(repository);
      expect(await suite.engine.readRepository(repository)).toEqual(before);
      expect(await suite.engine.findSnapshots(repository, ['first'])).toHaveLength(1);
    });
  });

  describe('registering a repository', () => {
    const registered = async (name: string) =>
      (await suite.engine.listRepositories()).find((repository) => repository.name === name);
    const isRefused = (repository: NewRepository) =>
      expectFailure(suite.engine.putRepository(repository), 'REPOSITORY_REFUSED');

    it('lists it with its settings, as it is read', async () => {
      const repository = await suite.withRepository();
      const { snapshotsLeft, ...read } = await suite.engine.readRepository(repository);
      expect(snapshotsLeft).toBeUndefined();
      expect(await registered(repository)).toEqual({
        ...read,
        settings: { location: expect.stringMatching(/./) },
        secretSettings: [],
      });
      const names = (await suite.engine.listRepositories()).map(({ name }) => name);
      expect(names).toEqual([...names].sort());
    });

    it('makes one that can be written into, and replaces all of its settings', async () => {
      const { location = '' } = (await registered(await suite.withRepository()))?.settings ?? {};
      const name = suite.newName('registered');
      const put = (settings: Readonly<Record<string, string>>) =>
        suite.engine.putRepository({ name, type: 'fs', settings: { location: `${location}-${name}`, ...settings } });
      await put({ compress: 'true', readonly: 'true' });
      expect(await registered(name)).toMatchObject({ readOnly: 'its setting readonly is true' });
      await put({ max_snapshot_bytes_per_sec: '20mb' });
      expect(await registered(name)).toMatchObject({
        ...{ name, type: 'fs', uuid: undefined, readOnly: undefined },
        settings: { location: `${location}-${name}`, max_snapshot_bytes_per_sec: '20mb' },
      });
      expect((await registered(name))?.settings).not.toHaveProperty('compress');
      expect(await suite.engine.verifyRepository(name)).toHaveLength(1);
    });

    it('leaves the snapshots where they are when it leads to another location, and finds them again there', async () => {
      const repository = await suite.withRepository();
      const { location = '' } = (await registered(repository))?.settings ?? {};
      await suite.engine.startSnapshot({ repository, name: 'first', indices: [await suite.withIndex()], owner });
      await suite.fixture.finishSnapshots(repository);
      const before = await suite.engine.readRepository(repository);
      const lead = (to: string) =>
        suite.engine.putRepository({ name: repository, type: 'fs', settings: { location: to } });
      await lead(`${location}-elsewhere`);
      expect(await suite.engine.findSnapshots(repository, ['first'])).toEqual([]);
      await lead(location);
      expect(await suite.engine.findSnapshots(repository, ['first'])).toHaveLength(1);
      // Elasticsearch 7.17 learns the uuid from what it reads there
      expect(await suite.engine.readRepository(repository)).toEqual(before);
    });

    it('is refused while a snapshot is taken into it', async () => {
      const repository = await suite.withRepository('to save');
      const { location = '' } = (await registered(repository))?.settings ?? {};
      const index = await suite.withIndex();
      await suite.fixture.addDocuments(index, [largeDocument()]);
      await suite.engine.startSnapshot({ repository, name: 'running', indices: [index], owner });
      await isRefused({ name: repository, type: 'fs', settings: { location: `${location}-elsewhere` } });
      expect((await registered(repository))?.settings.location).toBe(location);
      await suite.engine.deleteSnapshot(repository, 'running');
    });

    it.each([
      ['a type that the engine does not have', 's3', { bucket: 'b' }],
      ['settings without a location', 'fs', {}],
    ])('is refused with %s', async (_, type, settings) => {
      const name = suite.newName('refused');
      await isRefused({ name, type, settings });
      expect(await registered(name)).toBeUndefined();
    });

    it('is refused under a name that would be a pattern', () =>
      expectFailure(
        suite.engine.putRepository({ name: 'a*', type: 'fs', settings: { location: 'a' } }),
        'REQUEST_INVALID',
      ));
  });
};
