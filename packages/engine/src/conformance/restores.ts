import type { IndexBlock } from '@tandem/shared/domain/restore/run/index-blocks.ts';
import { describe, expect, it } from 'vitest';
import type { IndexOptions } from '../in-memory/world.ts';
import { expectFailure, largeDocument, owner, type Suite } from './suite.ts';

const OPTIONS = {
  mappings: { properties: { id: { type: 'long' } } },
  primaries: 2,
} satisfies IndexOptions;

/** What every IndexEngine must do to bring indices back. */
export const describeRestores = (suite: Suite): void => {
  const save = async (repository: string, ...indices: string[]): Promise<void> => {
    await suite.engine.startSnapshot({ repository, name: 'saved', indices, owner });
    await suite.fixture.finishSnapshots(repository);
  };

  const withSaved = async (options: IndexOptions = {}, blocks: readonly IndexBlock[] = []) => {
    const repository = await suite.withRepository();
    const index = `${suite.newName('saved')}-data`;
    const aliases = { [`${index}-alias`]: { filter: { term: { id: 1 } } } };
    await suite.fixture.createIndex(index, 3, { ...OPTIONS, aliases, ...options });
    for (const block of blocks) await suite.engine.setIndexBlock([index], block, 'set');
    const [facts] = await suite.engine.describeIndices([index]);
    await save(repository, index);
    const restore = { repository, snapshot: 'saved', indices: [index], rename: undefined, as: 'saved' } as const;
    const toCopy = { ...restore, rename: { pattern: '^saved', replacement: 'copy' }, as: 'copy' } as const;
    return { repository, index, facts, restore, toCopy, copy: index.replace('saved', 'copy') };
  };

  describe('restoring', () => {
    it('brings an index back as it was saved, under another uuid', async () => {
      const { index, facts, restore, repository } = await withSaved();
      await suite.fixture.addDocuments(index, [{ id: 9 }]);
      await suite.engine.deleteIndices([index]);
      await suite.engine.startRestore(restore);
      await suite.fixture.finishRestores([index]);
      const [restored] = await suite.engine.describeIndices([index]);
      expect(restored).toEqual({ ...facts, uuid: restored?.uuid });
      expect(restored?.uuid).not.toBe(facts?.uuid);
      expect(await suite.engine.measureIndices([index], 'operations-first')).toMatchObject([
        { documents: 3, operations: 3 },
      ]);
      const [recovery] = await suite.engine.indexRecoveries([index]);
      const source = { repository, snapshot: 'saved', restoreUuid: expect.stringMatching(/./) };
      expect(recovery).toMatchObject({ uuid: restored?.uuid, shards: 2, shardsDone: 2, source, failures: [] });
      expect(recovery?.bytes).toBeGreaterThan(0);
      expect(recovery?.bytesDone).toBe(recovery?.bytes);
    });

    it('restores a copy under another name, without aliases and replicas', async () => {
      const settings: Record<string, string> = { 'index.auto_expand_replicas': '0-1' };
      const { index, facts, toCopy, copy } = await withSaved({ replicas: 1 });
      const expanding = await withSaved({ settings });
      for (const saved of [toCopy, expanding.toCopy]) await suite.engine.startRestore(saved);
      await suite.fixture.finishRestores([copy, expanding.copy]);
      const [made, original] = await suite.engine.describeIndices([index, copy]);
      expect(original).toEqual(facts);
      expect(made).toEqual({ ...facts, name: copy, uuid: made?.uuid, aliases: {}, replicas: 0 });
      expect(await suite.engine.describeIndices([expanding.copy])).toMatchObject([{ replicas: 0, aliases: {} }]);
      expect(await suite.engine.measureIndices([copy], 'operations-first')).toMatchObject([{ documents: 3 }]);
    });

    it('restores under another name without aliases, with its replicas', async () => {
      const { facts, toCopy, copy } = await withSaved({ replicas: 1 });
      await suite.engine.startRestore({ ...toCopy, as: 'withoutAliases' });
      await suite.fixture.finishRestores([copy]);
      const [made] = await suite.engine.describeIndices([copy]);
      expect(made).toEqual({ ...facts, name: copy, uuid: made?.uuid, aliases: {} });
    });

    it('drops the settings to be ignored, and adds those that are given', async () => {
      const settings: Record<string, string> = {
        'index.refresh_interval': '30s',
        'index.routing.allocation.total_shards_per_node': '9',
      };
      const { toCopy, copy } = await withSaved({ settings }, ['write', 'read_only_allow_delete']);
      const ignoreSettings = ['index.blocks.*', 'index.routing.allocation.*', 'index.refresh_interval'];
      const added = { 'index.blocks.write': 'true', 'index.max_result_window': '500' };
      await suite.engine.startRestore({ ...toCopy, ignoreSettings, settings: added });
      await suite.fixture.finishRestores([copy]);
      const [made] = await suite.engine.describeIndices([copy]);
      expect(made).toMatchObject({ blocks: { 'index.blocks.write': 'true' }, replicas: 0 });
      expect(Object.keys(made?.allocation ?? {})).not.toContain('index.routing.allocation.total_shards_per_node');
      expect(made?.settings).toEqual({
        ...(await suite.addedSettings()),
        'index.number_of_shards': '2',
        'index.max_result_window': '500',
      });
    });

    it('takes no writes while it is restored with a write block, is measured all the same, and takes them once it is lifted', async () => {
      const { index, restore } = await withSaved({}, ['read_only']);
      await suite.engine.setIndexBlock([index], 'read_only', 'lift');
      await suite.engine.deleteIndices([index]);
      const settings = { 'index.blocks.write': 'true' };
      await suite.engine.startRestore({ ...restore, ignoreSettings: ['index.blocks.*'], settings });
      await suite.fixture.finishRestores([index]);
      expect(await suite.engine.indexRecoveries([index])).toMatchObject([{ shardsDone: 2, blocks: ['write'] }]);
      await expect(suite.fixture.addDocuments(index, [{ id: 9 }])).rejects.toThrow();
      const figures = [{ documents: 3, operations: 3 }];
      expect(await suite.engine.measureIndices([index], 'operations-last')).toMatchObject(figures);
      await suite.engine.setIndexBlock([index], 'write', 'lift');
      await suite.fixture.addDocuments(index, [{ id: 9 }]);
      expect(await suite.engine.measureIndices([index], 'operations-last')).toMatchObject([{ documents: 4 }]);
    });

    it('brings blocks back with the settings where they are not ignored', async () => {
      const { toCopy, copy } = await withSaved({}, ['metadata']);
      await suite.engine.startRestore(toCopy);
      await suite.fixture.finishRestores([copy]);
      expect(await suite.engine.indexRecoveries([copy])).toMatchObject([
        { shards: 2, shardsDone: 2, blocks: ['metadata'], failures: [] },
      ]);
      await suite.engine.setIndexBlock([copy], 'metadata', 'lift');
      await suite.engine.deleteIndices([copy]);
    });

    it('renames as the plan does, where a pattern drops the middle of a name', async () => {
      const repository = await suite.withRepository();
      const index = `${suite.newName('long')}-${'a'.repeat(200)}-end`;
      const short = suite.newName('long');
      for (const name of [index, short]) await suite.fixture.createIndex(name, 1);
      await save(repository, index, short);
      const rename = { pattern: '^(.{0,20}).*?(.{0,5})$', replacement: 'cut-$1$2' };
      const indices = [index, short];
      await suite.engine.startRestore({ repository, snapshot: 'saved', indices, rename, as: 'copy' });
      const copies = [`cut-${index.slice(0, 20)}a-end`, `cut-${short}`];
      await suite.fixture.finishRestores(copies);
      expect((await suite.engine.describeIndices(copies)).map(({ name }) => name)).toEqual([...copies].sort());
    });

    it('knows an index that was not restored by its lack of a source', async () => {
      const { index } = await withSaved();
      expect(await suite.engine.indexRecoveries([index, suite.newName('missing')])).toMatchObject([
        { name: index, shards: 2, shardsDone: 2, source: undefined, failures: [] },
      ]);
    });

    it('changes nothing where an open index is in the way', async () => {
      const { index, facts, restore } = await withSaved();
      await expectFailure(suite.engine.startRestore(restore), 'INDEX_EXISTS');
      expect(await suite.engine.describeIndices([index])).toEqual([facts]);
    });

    it('restores no second write index of an alias, and changes nothing', async () => {
      const alias = suite.newName('written');
      const aliases = { [alias]: { is_write_index: true } };
      const { index, restore } = await withSaved({ aliases });
      await suite.engine.deleteIndices([index]);
      await suite.fixture.createIndex(`${alias}-other`, 1, { aliases });
      await expectFailure(suite.engine.startRestore(restore), 'ENGINE_FAILED');
      expect(await suite.engine.describeIndices([index])).toEqual([]);
      await suite.engine.deleteIndices([`${alias}-other`]);
      await suite.engine.startRestore(restore);
      await suite.fixture.finishRestores([index]);
      expect(await suite.engine.describeIndices([index])).toMatchObject([{ aliases }]);
    });

    it('writes over a closed index, whose uuid stays', async () => {
      const { facts, toCopy, copy } = await withSaved();
      await suite.fixture.createIndex(copy, 5, { ...OPTIONS, closed: true });
      const [before] = await suite.engine.describeIndices([copy]);
      await suite.engine.startRestore(toCopy);
      await suite.fixture.finishRestores([copy]);
      expect(await suite.engine.describeIndices([copy])).toEqual([
        { ...facts, name: copy, uuid: before?.uuid, aliases: {} },
      ]);
      expect(await suite.engine.measureIndices([copy], 'operations-first')).toMatchObject([{ documents: 3 }]);
    });

    it('refuses what does not fit over a closed index, or would make one of two', async () => {
      const { repository, toCopy, copy, index } = await withSaved();
      await suite.fixture.createIndex(copy, 0, { closed: true, primaries: 1 });
      await expectFailure(suite.engine.startRestore(toCopy), 'RESTORE_REFUSED');
      const second = await suite.withIndex();
      await suite.engine.startSnapshot({ repository, name: 'both', indices: [index, second], owner });
      await suite.fixture.finishSnapshots(repository);
      const rename = { pattern: '^.+$', replacement: suite.newName('both') };
      const both = { ...toCopy, snapshot: 'both', indices: [index, second], rename };
      await expectFailure(suite.engine.startRestore(both), 'RESTORE_REFUSED');
    });

    it('refuses an index with more shards than the cluster may still open', async () => {
      const { toCopy, copy } = await withSaved({ replicas: 1 });
      const { freeShards = 0 } = await suite.engine.capacity();
      const limit = (shards: number | null) =>
        suite.fixture.setClusterSettings({ 'cluster.max_shards_per_node': shards === null ? null : `${shards}` });
      await limit(1_000 - freeShards + 3);
      await expectFailure(suite.engine.startRestore({ ...toCopy, as: 'withoutAliases' }), 'ENGINE_REFUSED');
      expect(await suite.engine.describeIndices([copy])).toEqual([]);
      await suite.engine.startRestore(toCopy);
      await limit(null);
      await suite.fixture.finishRestores([copy]);
      expect(await suite.engine.describeIndices([copy])).toMatchObject([{ primaries: 2, replicas: 0 }]);
    });

    it('distinguishes a missing snapshot, index and repository', async () => {
      const { toCopy, copy } = await withSaved();
      const missing = suite.newName('missing');
      await expectFailure(suite.engine.startRestore({ ...toCopy, snapshot: missing }), 'SNAPSHOT_NOT_FOUND');
      await expectFailure(suite.engine.startRestore({ ...toCopy, indices: [missing] }), 'INDEX_NOT_FOUND');
      await expectFailure(suite.engine.startRestore({ ...toCopy, repository: missing }), 'REPOSITORY_UNKNOWN');
      await expectFailure(suite.engine.startRestore({ ...toCopy, repository: '*' }), 'REPOSITORY_UNKNOWN');
      expect(await suite.engine.describeIndices([copy])).toEqual([]);
    });

    it.each([
      ['no index', { indices: [] }],
      ['a pattern as index', { indices: ['saved*'] }],
      ['all indices', { indices: ['_all'] }],
      ['a pattern as snapshot', { snapshot: 'saved*' }],
      ['a rename that is no expression', { rename: { pattern: '(', replacement: 'x' } }],
    ])('refuses %s', async (_, wrong) => {
      const restore = { repository: 'any', snapshot: 'any', indices: ['any'], rename: undefined, as: 'copy' } as const;
      await expectFailure(suite.engine.startRestore({ ...restore, ...wrong }), 'REQUEST_INVALID');
    });
  });

  describe('while it works', () => {
    it('shows a restore, which is not to be measured, and ends when its index is deleted', async () => {
      const repository = await suite.withRepository('to restore');
      const index = await suite.withIndex();
      await suite.fixture.addDocuments(index, [largeDocument()]);
      await save(repository, index);
      const rename = { pattern: 'data', replacement: 'slowly' };
      const copy = index.replace('data', 'slowly');
      await suite.engine.startRestore({ repository, snapshot: 'saved', indices: [index], rename, as: 'copy' });
      const source = { repository, snapshot: 'saved' };
      expect(await suite.engine.indexRecoveries([copy])).toMatchObject([
        { shards: 1, shardsDone: 0, source, failures: [] },
      ]);
      await expectFailure(suite.engine.measureIndices([copy], 'operations-first'), 'ENGINE_BUSY');
      expect(await suite.engine.readOperations([copy, index])).toEqual([{ name: index, operations: 4 }]);
      await expectFailure(suite.engine.deleteSnapshot(repository, 'saved'), 'ENGINE_BUSY');
      await suite.engine.deleteIndices([copy]);
      expect(await suite.engine.indexRecoveries([copy])).toEqual([]);
    });

    it('names the snapshots that run, and holds their indices', async () => {
      const repository = await suite.withRepository('to save');
      const index = await suite.withIndex();
      await suite.fixture.addDocuments(index, [largeDocument()]);
      await suite.engine.startSnapshot({ repository, name: 'running', indices: [index], owner });
      expect(await suite.engine.runningSnapshots()).toEqual([{ repository, name: 'running', indices: [index] }]);
      await expectFailure(suite.engine.deleteIndices([index]), 'ENGINE_BUSY');
      await suite.engine.deleteSnapshot(repository, 'running');
      expect(await suite.engine.runningSnapshots()).toEqual([]);
    });
  });
};
