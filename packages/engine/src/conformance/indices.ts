import { blocksSet, INDEX_BLOCKS, type IndexBlock, liftSteps } from '@tandem/shared/domain/restore/run/index-blocks.ts';
import { describe, expect, it } from 'vitest';
import { expectFailure, type Suite } from './suite.ts';

const nothing = ['', '*', '_all', '-a', 'a,b', 'a*'];

/** What every IndexEngine must know of indices, and how it deletes them. */
export const describeIndices = (suite: Suite): void => {
  describe('describing indices', () => {
    it('describes them sorted by name, closed and hidden ones too, and omits missing ones', async () => {
      const prefix = suite.newName('facts');
      const mappings = { properties: { id: { type: 'long' } } };
      const aliases = { [`${prefix}-alias`]: { filter: { term: { id: 1 } } } };
      const settings = { 'index.refresh_interval': '30s' };
      await suite.fixture.createIndex(`${prefix}-open`, 2, { mappings, aliases, settings, primaries: 2, replicas: 1 });
      await suite.fixture.createIndex(`${prefix}-hidden`, 0, { hidden: true });
      await suite.fixture.createIndex(`${prefix}-closed`, 0, { closed: true });
      const names = ['open', 'missing', 'hidden', 'closed'].map((name) => `${prefix}-${name}`);
      const found = await suite.engine.describeIndices(names);
      const { newestReadable } = await suite.engine.info();
      const added = await suite.addedSettings();
      const uuid = expect.stringMatching(/./);
      const common = {
        ...{ uuid, aliases: {}, mappings: {}, primaries: 1, replicas: 0, createdVersion: newestReadable, blocks: {} },
        allocation: expect.anything(),
      };
      expect(found).toEqual([
        { ...common, name: `${prefix}-closed`, open: false, settings: { ...added, 'index.number_of_shards': '1' } },
        {
          ...common,
          name: `${prefix}-hidden`,
          open: true,
          settings: { ...added, 'index.number_of_shards': '1', 'index.hidden': 'true' },
        },
        {
          ...common,
          ...{ name: `${prefix}-open`, open: true, aliases, mappings, primaries: 2, replicas: 1 },
          settings: { ...added, 'index.number_of_shards': '2', 'index.refresh_interval': '30s' },
        },
      ]);
      expect(new Set(found.map((index) => index.uuid)).size).toBe(3);
    });

    it('lists the versions that created the indices of a prefix, closed, hidden and blocked ones too', async () => {
      const prefix = suite.newName('created');
      await suite.fixture.createIndex(`${prefix}-open`, 0);
      await suite.fixture.createIndex(`${prefix}-hidden`, 0, { hidden: true });
      await suite.fixture.createIndex(`${prefix}-closed`, 0, { closed: true });
      await suite.fixture.createIndex(`${prefix}-blocked`, 0, { settings: { 'index.blocks.metadata': 'true' } });
      await suite.fixture.createIndex(`${prefix}other-open`, 0);
      const { newestReadable: createdVersion } = await suite.engine.info();
      const names = ['blocked', 'closed', 'hidden', 'open'].map((name) => `${prefix}-${name}`);
      expect(await suite.engine.createdVersions(prefix)).toEqual(names.map((name) => ({ name, createdVersion })));
      expect(await suite.engine.createdVersions(`${prefix}-none`)).toEqual([]);
    });

    it('returns blocks and allocation filters apart from the other settings', async () => {
      const index = `${suite.newName('blocked')}-one`;
      const blocks = { 'index.blocks.write': 'true', 'index.blocks.read_only': 'false' };
      const allocation = { 'index.routing.allocation.exclude._name': 'retired' };
      await suite.fixture.createIndex(index, 0, { settings: { ...blocks, ...allocation } });
      const [found] = await suite.engine.describeIndices([index]);
      expect(found).toMatchObject({ blocks, settings: { 'index.number_of_shards': '1' } });
      expect(found?.allocation).toMatchObject(allocation);
      expect(found?.settings).toEqual({ ...(await suite.addedSettings()), 'index.number_of_shards': '1' });
      expect(Object.keys(found?.blocks ?? {}).sort()).toEqual(Object.keys(blocks).sort());
    });

    it('knows none by an alias', async () => {
      const prefix = suite.newName('facts');
      await suite.fixture.createIndex(`${prefix}-index`, 1, { aliases: [`${prefix}-alias`] });
      expect(await suite.engine.describeIndices([`${prefix}-alias`])).toEqual([]);
      expect(await suite.engine.measureIndices([`${prefix}-alias`], 'operations-first')).toEqual([]);
      expect(await suite.engine.indexRecoveries([`${prefix}-alias`])).toEqual([]);
      await suite.engine.deleteIndices([`${prefix}-alias`]);
      expect(await suite.engine.describeIndices([`${prefix}-index`])).toHaveLength(1);
    });

    it('takes any number of names', async () => {
      const index = await suite.withIndex();
      const names = Array.from({ length: 300 }, (_, part) => `optimize-process-instance-of-some-process-${part}_v8`);
      const requested = [...names.slice(0, 150), index, ...names.slice(150), index];
      expect((await suite.engine.describeIndices(requested)).map(({ name }) => name)).toEqual([index]);
      expect(await suite.engine.measureIndices(requested, 'operations-last')).toMatchObject([
        { name: index, documents: 3 },
      ]);
      expect(await suite.engine.indexRecoveries(requested)).toHaveLength(1);
      await suite.engine.deleteIndices(requested);
      expect(await suite.engine.describeIndices(requested)).toEqual([]);
    });

    it('gives none for none', async () => {
      const last = suite.newName('none');
      expect(await suite.engine.describeIndices([])).toEqual([]);
      expect(await suite.engine.measureIndices([last], 'operations-first')).toEqual([]);
    });

    it.each(nothing)('refuses the name %j', async (name) => {
      const names = [await suite.withIndex(), name];
      await expectFailure(suite.engine.describeIndices(names), 'REQUEST_INVALID');
      await expectFailure(suite.engine.measureIndices(names, 'operations-first'), 'REQUEST_INVALID');
      await expectFailure(suite.engine.indexRecoveries(names), 'REQUEST_INVALID');
    });
  });

  describe('reading sequence numbers', () => {
    it('returns as many operations as a measurement, and more after each write', async () => {
      const index = `${suite.newName('numbered')}-one`;
      await suite.fixture.createIndex(index, 3, { primaries: 2 });
      const [measured] = await suite.engine.measureIndices([index], 'operations-last');
      expect(measured?.operations).toBeGreaterThan(0);
      const before = await suite.engine.readOperations([index]);
      expect(before).toEqual([{ name: index, operations: measured?.operations }]);
      expect(await suite.engine.readOperations([index])).toEqual(before);
      await suite.fixture.addDocuments(index, [{ id: 10 }, { id: 11 }]);
      expect(await suite.engine.readOperations([index])).toEqual([
        { name: index, operations: (measured?.operations ?? 0) + 2 },
      ]);
    });

    it('leaves out what cannot be measured, and returns the others', async () => {
      const prefix = suite.newName('numbered');
      const blocks = (block: string) => ({ settings: { [`index.blocks.${block}`]: 'true' } });
      await suite.fixture.createIndex(`${prefix}-closed`, 2, { closed: true });
      await suite.fixture.createIndex(`${prefix}-hidden`, 2, { hidden: true });
      await suite.fixture.createIndex(`${prefix}-metadata`, 0, blocks('metadata'));
      await suite.fixture.createIndex(`${prefix}-write`, 0, blocks('write'));
      const names = ['closed', 'hidden', 'metadata', 'missing', 'write'].map((name) => `${prefix}-${name}`);
      expect(await suite.engine.readOperations(names)).toEqual([
        { name: `${prefix}-hidden`, operations: 2 },
        { name: `${prefix}-write`, operations: 0 },
      ]);
    });

    it('takes any number of names, and knows none by an alias', async () => {
      const index = `${suite.newName('numbered')}-one`;
      await suite.fixture.createIndex(index, 3, { aliases: [`${index}-alias`] });
      const missing = Array.from({ length: 300 }, (_, at) => `optimize-process-instance-of-some-process-${at}_v8`);
      const names = [...missing, index, `${index}-alias`, index];
      expect(await suite.engine.readOperations(names)).toEqual([{ name: index, operations: 3 }]);
      expect(await suite.engine.readOperations([])).toEqual([]);
    });

    it.each(nothing)('refuses the name %j', async (name) => {
      await expectFailure(suite.engine.readOperations([await suite.withIndex(), name]), 'REQUEST_INVALID');
    });
  });

  describe('measuring indices', () => {
    it.each(['operations-first', 'operations-last'] as const)('counts all that was written, %s', async (order) => {
      const index = await suite.withIndex();
      const [before] = await suite.engine.measureIndices([index], order);
      await suite.fixture.addDocuments(index, [{ id: 10 }, { id: 11 }, { id: 12 }, { id: 13 }, { id: 14 }]);
      const [after] = await suite.engine.measureIndices([index], order);
      expect([before?.documents, after?.documents]).toEqual([3, 8]);
      expect((after?.operations ?? 0) - (before?.operations ?? 0)).toBeGreaterThanOrEqual(5);
      expect(after?.primaryBytes).toBeGreaterThan(0);
    });

    it('finds as many operations again where nothing was written', async () => {
      const index = await suite.withIndex();
      const [before] = await suite.engine.measureIndices([index], 'operations-first');
      const [after] = await suite.engine.measureIndices([index], 'operations-last');
      expect(after?.operations).toBe(before?.operations);
    });

    it('counts documents and not what is nested in them', async () => {
      const index = `${suite.newName('nested')}-one`;
      await suite.fixture.createIndex(index, 0, { mappings: { properties: { variables: { type: 'nested' } } } });
      await suite.fixture.addDocuments(index, [{ variables: [{ name: 'a' }, { name: 'b' }, { name: 'c' }] }]);
      expect(await suite.engine.measureIndices([index], 'operations-first')).toMatchObject([{ documents: 1 }]);
    });

    it('counts hidden and empty ones, and leaves out what is closed or not there', async () => {
      const prefix = suite.newName('sizes');
      await suite.fixture.createIndex(`${prefix}-hidden`, 2, { hidden: true });
      await suite.fixture.createIndex(`${prefix}-empty`, 0, { primaries: 2 });
      await suite.fixture.createIndex(`${prefix}-closed`, 2, { closed: true });
      const names = ['hidden', 'empty', 'closed', 'missing'].map((name) => `${prefix}-${name}`);
      expect(await suite.engine.measureIndices(names, 'operations-last')).toMatchObject([
        { name: `${prefix}-empty`, documents: 0, operations: 0 },
        { name: `${prefix}-hidden`, documents: 2, operations: 2 },
      ]);
    });
  });

  describe('deleting indices', () => {
    it('removes exactly those, and takes one that is not there as done', async () => {
      const [kept, doomed] = [await suite.withIndex(), await suite.withIndex()];
      await suite.engine.deleteIndices([suite.newName('missing'), doomed, suite.newName('missing')]);
      await suite.engine.deleteIndices([suite.newName('missing')]);
      await suite.engine.deleteIndices([]);
      expect(await suite.engine.describeIndices([kept, doomed])).toMatchObject([{ name: kept }]);
    });

    it('removes closed ones', async () => {
      const index = `${suite.newName('closed')}-one`;
      await suite.fixture.createIndex(index, 1, { closed: true });
      await suite.engine.deleteIndices([index]);
      expect(await suite.engine.describeIndices([index])).toEqual([]);
    });

    it.each(nothing)('refuses %j, and deletes nothing', async (name) => {
      const index = await suite.withIndex();
      await expectFailure(suite.engine.deleteIndices([index, name]), 'REQUEST_INVALID');
      expect(await suite.engine.describeIndices([index])).toHaveLength(1);
    });
  });

  describe('closing indices', () => {
    it('closes those that are open, takes the others as done, and knows none by an alias', async () => {
      const prefix = suite.newName('closing');
      await suite.fixture.createIndex(`${prefix}-open`, 2, { aliases: [`${prefix}-alias`] });
      await suite.fixture.createIndex(`${prefix}-closed`, 0, { closed: true });
      const states = async () =>
        (await suite.engine.describeIndices([`${prefix}-open`, `${prefix}-closed`])).map(({ open }) => open);
      await suite.engine.closeIndices([`${prefix}-alias`, `${prefix}-missing`]);
      expect(await states()).toEqual([false, true]);
      await suite.engine.setIndexBlock([`${prefix}-open`], 'write', 'set');
      await suite.engine.closeIndices([`${prefix}-open`, `${prefix}-closed`, `${prefix}-missing`]);
      expect(await states()).toEqual([false, false]);
      await suite.engine.closeIndices([]);
    });

    it('does not close one that is blocked by read_only', async () => {
      const index = await suite.withIndex();
      await suite.engine.setIndexBlock([index], 'read_only', 'set');
      await expectFailure(suite.engine.closeIndices([index]), 'ENGINE_BLOCKED');
      await suite.engine.setIndexBlock([index], 'read_only', 'lift');
    });

    it.each(nothing)('refuses the name %j', async (name) => {
      await expectFailure(suite.engine.closeIndices([name]), 'REQUEST_INVALID');
    });
  });

  describe('blocking indices', () => {
    const withBlocks = async (...blocks: IndexBlock[]): Promise<string> => {
      const index = await suite.withIndex();
      for (const block of [...INDEX_BLOCKS].reverse().filter((each) => blocks.includes(each))) {
        await suite.engine.setIndexBlock([index], block, 'set');
      }
      return index;
    };

    it.each(INDEX_BLOCKS)('sets and lifts the block %s, and describes the index either way', async (block) => {
      const aliased = `${suite.newName('blocked')}-one`;
      const mappings = { properties: { id: { type: 'long' } } };
      await suite.fixture.createIndex(aliased, 1, { mappings, aliases: [`${aliased}-alias`] });
      const [free] = await suite.engine.describeIndices([aliased]);
      await suite.engine.setIndexBlock([suite.newName('missing'), aliased], block, 'set');
      const [blocked] = await suite.engine.describeIndices([aliased]);
      expect(blocked).toEqual({ ...free, blocks: { [`index.blocks.${block}`]: 'true' } });
      expect(await suite.engine.indexRecoveries([aliased])).toMatchObject([{ uuid: free?.uuid, blocks: [block] }]);
      await suite.engine.readTemplates(aliased, [aliased]);
      await suite.engine.setIndexBlock([aliased], block, 'lift');
      expect(await suite.engine.describeIndices([aliased])).toEqual([free]);
    });

    it('describes what is blocked and what is not in one call', async () => {
      const indices = [await withBlocks('metadata'), await suite.withIndex(), await withBlocks('read_only', 'write')];
      const found = await suite.engine.describeIndices(indices);
      expect(new Map(found.map(({ name, blocks }) => [name, blocksSet(blocks)]))).toEqual(
        new Map([
          [indices[0], ['metadata']],
          [indices[1], []],
          [indices[2], ['read_only', 'write']],
        ]),
      );
    });

    it.each(['metadata', 'read_only'] as const)('does not delete an index that is blocked by %s', async (block) => {
      const index = await withBlocks(block);
      await expectFailure(suite.engine.deleteIndices([index]), 'ENGINE_BLOCKED');
      expect(await suite.engine.describeIndices([index])).toHaveLength(1);
    });

    it.each(['metadata', 'read'] as const)('does not measure an index that is blocked by %s', async (block) => {
      await expectFailure(suite.engine.measureIndices([await withBlocks(block)], 'operations-last'), 'ENGINE_BLOCKED');
    });

    it('deletes and measures an index with the other blocks', async () => {
      const index = await withBlocks('read_only_allow_delete', 'write');
      expect(await suite.engine.measureIndices([index], 'operations-last')).toMatchObject([{ documents: 3 }]);
      await suite.engine.deleteIndices([index]);
      expect(await suite.engine.describeIndices([index])).toEqual([]);
    });

    it('lifts the others only after metadata and read_only, as liftSteps orders them', async () => {
      const index = await withBlocks(...INDEX_BLOCKS);
      await expectFailure(suite.engine.setIndexBlock([index], 'write', 'lift'), 'ENGINE_BLOCKED');
      for (const { block, names } of liftSteps(await suite.engine.indexRecoveries([index]))) {
        await suite.engine.setIndexBlock(names, block, 'lift');
      }
      expect(await suite.engine.describeIndices([index])).toMatchObject([{ blocks: {} }]);
      await suite.engine.deleteIndices([index]);
    });

    it('works on closed indices, takes what is not there as done, and knows none by an alias', async () => {
      const prefix = suite.newName('blocked');
      await suite.fixture.createIndex(`${prefix}-closed`, 1, { closed: true, aliases: [`${prefix}-alias`] });
      await suite.engine.setIndexBlock([`${prefix}-alias`, `${prefix}-missing`], 'write', 'set');
      expect(await suite.engine.describeIndices([`${prefix}-closed`])).toMatchObject([{ blocks: {} }]);
      await suite.engine.setIndexBlock([`${prefix}-closed`], 'write', 'set');
      expect(await suite.engine.describeIndices([`${prefix}-closed`])).toMatchObject([
        { blocks: { 'index.blocks.write': 'true' } },
      ]);
      await suite.engine.setIndexBlock([], 'write', 'set');
    });

    it.each(nothing)('refuses the name %j', async (name) => {
      await expectFailure(suite.engine.setIndexBlock([name], 'write', 'set'), 'REQUEST_INVALID');
    });
  });
};
