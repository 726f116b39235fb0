import { describe, expect, it } from 'vitest';
import { expectFailure, type Suite } from './suite.ts';

/** What every IndexEngine must report of what decides whether a restore will be taken and allocated. */
export const describeConditions = (suite: Suite): void => {
  describe('the conditions of a restore', () => {
    it('has a data node with room, and shards left', async () => {
      const { nodes, freeShards } = await suite.engine.capacity();
      expect(nodes).toHaveLength(1);
      expect(nodes?.[0]).toMatchObject({
        ...{ id: expect.stringMatching(/./), name: expect.stringMatching(/./), ip: '127.0.0.1' },
        freeBytes: expect.any(Number),
      });
      expect(nodes?.[0]?.roles.some((role) => role.startsWith('data'))).toBe(true);
      expect(freeShards).toBeGreaterThan(100);
      expect(freeShards).toBeLessThanOrEqual(1_000);
    });

    it('counts the shards that may still be opened: of open indices, replicas included', async () => {
      const { freeShards = 0 } = await suite.engine.capacity();
      const prefix = suite.newName('counted');
      await suite.fixture.createIndex(`${prefix}-open`, 0, { primaries: 3, replicas: 1 });
      await suite.fixture.createIndex(`${prefix}-closed`, 0, { primaries: 2, closed: true });
      expect((await suite.engine.capacity()).freeShards).toBe(freeShards - 6);
      await suite.fixture.setClusterSettings({ 'cluster.max_shards_per_node': '1' });
      const { freeShards: lowered } = await suite.engine.capacity();
      await suite.fixture.setClusterSettings({ 'cluster.max_shards_per_node': null });
      expect(lowered).toBe(freeShards - 6 - 999);
      await suite.engine.deleteIndices([`${prefix}-open`, `${prefix}-closed`]);
      expect((await suite.engine.capacity()).freeShards).toBe(freeShards);
    });

    it('says how many shards a node holds, of open and closed indices', async () => {
      const shards = async () => (await suite.engine.capacity()).nodes?.[0]?.shards;
      const before = (await shards()) ?? Number.NaN;
      const prefix = suite.newName('held');
      await suite.fixture.createIndex(`${prefix}-open`, 0, { primaries: 3, replicas: 1 });
      await suite.fixture.createIndex(`${prefix}-closed`, 0, { primaries: 2, closed: true });
      expect(await shards()).toBe(before + 5);
      expect(await suite.engine.storedCopies([`${prefix}-open`])).toHaveLength(3);
      await suite.engine.deleteIndices([`${prefix}-open`, `${prefix}-closed`]);
      expect(await shards()).toBe(before);
    });

    it('reads what the cluster was set to', async () => {
      expect((await suite.engine.clusterConditions([])).settings).toEqual({});
      const set = {
        'cluster.routing.allocation.enable': 'primaries',
        'cluster.routing.allocation.total_shards_per_node': '900',
        'cluster.routing.allocation.awareness.force.zone.values': 'a,b',
      };
      await suite.fixture.setClusterSettings(set);
      const { settings } = await suite.engine.clusterConditions([]);
      await suite.fixture.setClusterSettings(Object.fromEntries(Object.keys(set).map((name) => [name, null])));
      expect(settings).toEqual(set);
      expect((await suite.engine.clusterConditions([])).settings).toEqual({});
    });

    it('does not know privileges where the engine has no security', async () => {
      expect((await suite.engine.clusterConditions(['optimize-a'])).lacking).toBeUndefined();
    });

    it('reads the blocks of those indices, also of one that hides what it is', async () => {
      const prefix = suite.newName('blocks');
      await suite.fixture.createIndex(`${prefix}-free`, 1);
      await suite.fixture.createIndex(`${prefix}-other`, 1);
      await suite.fixture.createIndex(`${prefix}-closed`, 1, { closed: true });
      await suite.fixture.createIndex(`${prefix}-shut`, 1);
      await suite.engine.setIndexBlock([`${prefix}-shut`], 'write', 'set');
      await suite.engine.setIndexBlock([`${prefix}-shut`], 'metadata', 'set');
      await suite.engine.setIndexBlock([`${prefix}-other`], 'read_only', 'set');
      const names = ['free', 'shut', 'missing', 'closed'].map((name) => `${prefix}-${name}`);
      const { indexBlocks } = await suite.engine.clusterConditions(names);
      expect(indexBlocks).toEqual(new Map([[`${prefix}-shut`, ['metadata', 'write']]]));
      for (const [name, block] of [
        ['shut', 'metadata'],
        ['shut', 'write'],
        ['other', 'read_only'],
      ] as const) {
        await suite.engine.setIndexBlock([`${prefix}-${name}`], block, 'lift');
      }
    });

    it('knows of no red index where all shards are assigned', async () => {
      const index = await suite.withIndex();
      expect((await suite.engine.clusterConditions([index])).redIndices).not.toContain(index);
    });

    it('reports the disk usage of indices on the nodes that hold them, closed ones too', async () => {
      const prefix = suite.newName('bytes');
      await suite.fixture.createIndex(`${prefix}-open`, 3);
      await suite.fixture.createIndex(`${prefix}-closed`, 3, { closed: true });
      const [{ id } = { id: '' }] = (await suite.engine.capacity()).nodes ?? [];
      const names = ['open', 'closed', 'missing'].map((name) => `${prefix}-${name}`);
      const copies = await suite.engine.storedCopies(names);
      const copy = { node: id, bytes: expect.any(Number) };
      expect(copies).toHaveLength(2);
      expect(copies).toEqual(expect.arrayContaining(names.slice(0, 2).map((index) => ({ ...copy, index }))));
      expect(copies?.every(({ bytes }) => bytes > 0)).toBe(true);
      expect(await suite.engine.storedCopies([`${prefix}-missing`])).toEqual([]);
      expect(await suite.engine.storedCopies([])).toEqual([]);
    });

    it('finds every owner of an alias, closed and hidden ones too, and their marks', async () => {
      const prefix = suite.newName('owners');
      const [alias, plain] = [`${prefix}-alias`, `${prefix}-plain`];
      const marked = { [alias]: { is_write_index: true } };
      await suite.fixture.createIndex(`${prefix}-a`, 1, { aliases: { ...marked, [plain]: {} } });
      await suite.fixture.createIndex(`${prefix}-b`, 1, {
        aliases: { [alias]: { is_write_index: false } },
        hidden: true,
      });
      await suite.fixture.createIndex(`${prefix}-c`, 1, { aliases: [alias], closed: true });
      expect(await suite.engine.aliasOwners([alias, `${prefix}-missing`])).toEqual([
        { alias, index: `${prefix}-a`, isWriteIndex: true },
        { alias, index: `${prefix}-b`, isWriteIndex: false },
        { alias, index: `${prefix}-c`, isWriteIndex: undefined },
      ]);
      expect(await suite.engine.aliasOwners([plain])).toEqual([
        { alias: plain, index: `${prefix}-a`, isWriteIndex: undefined },
      ]);
      expect(await suite.engine.aliasOwners([`${prefix}-missing`, `${prefix}-a`])).toEqual([]);
      expect(await suite.engine.aliasOwners([])).toEqual([]);
    });

    it('finds the owners of an alias while another index is blocked for metadata', async () => {
      const prefix = suite.newName('owners');
      await suite.fixture.createIndex(`${prefix}-shut`, 1);
      await suite.engine.setIndexBlock([`${prefix}-shut`], 'metadata', 'set');
      await suite.fixture.createIndex(`${prefix}-a`, 1, { aliases: [`${prefix}-alias`] });
      expect(await suite.engine.aliasOwners([`${prefix}-alias`])).toEqual([
        { alias: `${prefix}-alias`, index: `${prefix}-a`, isWriteIndex: undefined },
      ]);
      await suite.engine.setIndexBlock([`${prefix}-shut`], 'metadata', 'lift');
    });

    it.each(['', '*', '_all', 'a,b'])('refuses the name %j', async (name) => {
      await expectFailure(suite.engine.clusterConditions([name]), 'REQUEST_INVALID');
      await expectFailure(suite.engine.storedCopies([name]), 'REQUEST_INVALID');
      await expectFailure(suite.engine.aliasOwners([name]), 'REQUEST_INVALID');
    });
  });
};
