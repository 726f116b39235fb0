import { describe, expect, it } from 'vitest';
import { capacityIn, reservedBytes } from './capacity.ts';

const GB = 1024 ** 3;

const LOW = 'cluster.routing.allocation.disk.watermark.low';
const THRESHOLD = 'cluster.routing.allocation.disk.threshold_enabled';
const SINGLE = 'cluster.routing.allocation.disk.watermark.enable_for_single_data_node';
const fs = { total: { total_in_bytes: 1_000 * GB, free_in_bytes: 450 * GB, available_in_bytes: 400 * GB } };
/** As `GET /_nodes/stats/fs` of 8.19 gives it. */
const node = (name: string, roles: readonly string[], more: object = {}) => ({
  ...{ name, transport_address: '10.0.3.7:9300', host: 'es1', ip: '10.0.3.7:9300', roles, fs },
  ...more,
});
const nodes = {
  nodes: {
    hot1: node('hot-1', ['data_hot', 'master'], { attributes: { box: 'hot', 'xpack.installed': 'true' } }),
    frozen1: node('frozen-1', ['data_frozen']),
    master1: node('master-1', ['master']),
  },
};
const index = (state: string, number_of_shards: string, number_of_replicas: string) => ({
  state,
  settings: { index: { number_of_shards, number_of_replicas } },
});
const frozen = { state: 'open', settings: { index: { number_of_shards: '7', shard_limit: { group: 'frozen' } } } };
const metadata = { metadata: { indices: { a: index('open', '2', '1'), b: index('close', '5', '1'), frozen } } };
const shard = (state: string) => ({ state });
const routing = {
  routing_nodes: {
    nodes: { hot1: [shard('STARTED'), shard('INITIALIZING'), shard('RELOCATING')], frozen1: [shard('STARTED')] },
  },
};
const settings = {
  defaults: { 'cluster.max_shards_per_node': '1000', [LOW]: '85%', [`${LOW}.max_headroom`]: '100GB' },
};
const freeGb = (replies: Partial<Parameters<typeof capacityIn>[0]>) =>
  capacityIn({ nodes, settings, metadata, routing, ...replies }).nodes?.map(({ freeBytes }) =>
    freeBytes === undefined ? undefined : Math.round(freeBytes / GB),
  );

describe('What a watermark reserves of a disk of 1,000 GB', () => {
  it.each([
    ['95%', undefined, 50 * GB],
    ['95%', '20GB', 20 * GB],
    ['95%', '100gb', 50 * GB],
    ['95%', '-1', 50 * GB],
    ['0.9', undefined, 100 * GB],
    ['10gb', '100gb', 10 * GB],
    ['1tb', undefined, 1024 * GB],
    ['500mb', undefined, 500 * 1024 ** 2],
    [' 95% ', undefined, 50 * GB],
    ['99.95%', undefined, GB / 2],
    ['95%', '5apples', 50 * GB],
    ['95%', 'much', 50 * GB],
    ['much', undefined, undefined],
    ['about 95%', undefined, undefined],
    ['5apples', undefined, undefined],
    ['5 apples', undefined, undefined],
  ])('%s with headroom %s', (watermark, headroom, reserved) => {
    const found = reservedBytes(1_000 * GB, watermark, headroom);
    expect(found === undefined ? undefined : Math.round(found)).toBe(reserved === undefined ? undefined : reserved);
  });
});

describe('The capacity of a cluster', () => {
  it('is of data nodes, open indices and replicas', () => {
    expect(capacityIn({ nodes, settings, metadata, routing })).toEqual({
      nodes: [
        {
          ...{ id: 'hot1', name: 'hot-1', host: 'es1', ip: '10.0.3.7', roles: ['data_hot', 'master'] },
          attributes: { box: 'hot', 'xpack.installed': 'true' },
          freeBytes: 300 * GB,
          shards: 2,
        },
      ],
      diskWatched: true,
      freeShards: 996,
    });
  });

  it('reads addresses of version 6 without their ports, and a node without host name by its address', () => {
    const reply = { nodes: { a: { ...node('a', ['data']), ip: '[2001:db8::7]:9300', host: null } } };
    expect(capacityIn({ nodes: reply, settings, metadata, routing }).nodes).toMatchObject([
      { ip: '2001:db8::7', host: '2001:db8::7', attributes: {} },
    ]);
  });

  it.each(['2001:0:8::1:7', '[2001:0:8::1:7]', '[2001:0:8::1:7]:9300'])('reads the address %s whole', (ip) => {
    const reply = { nodes: { a: { ...node('a', ['data']), ip } } };
    expect(capacityIn({ nodes: reply, settings, metadata, routing }).nodes).toMatchObject([{ ip: '2001:0:8::1:7' }]);
  });

  it('follows what an operator set, transient before persistent before default', () => {
    const layers = { ...settings, persistent: { [LOW]: '90%' }, transient: { [LOW]: '80%' } };
    expect(freeGb({ settings: layers })).toEqual([200]);
  });

  it('has no default headroom where an operator set the watermark', () => {
    expect(freeGb({ settings: { ...settings, persistent: { [LOW]: '85%' } } })).toEqual([250]);
    const both = { ...settings, persistent: { [LOW]: '85%', [`${LOW}.max_headroom`]: '50gb' } };
    expect(freeGb({ settings: both })).toEqual([350]);
  });

  it('is below zero above the watermark', () => {
    expect(freeGb({ settings: { ...settings, persistent: { [LOW]: '50%' } } })).toEqual([-100]);
    expect(freeGb({ settings: { ...settings, persistent: { [LOW]: '2tb' } } })).toEqual([400 - 2048]);
  });

  it('lacks shards where the limit was lowered below what is open', () => {
    const full = { ...settings, persistent: { 'cluster.max_shards_per_node': '1' } };
    expect(capacityIn({ nodes, settings: full, metadata, routing }).freeShards).toBe(-3);
  });

  it('has room for shards on each of its data nodes', () => {
    const several = { nodes: { ...nodes.nodes, a: node('a', ['data']), b: node('b', ['data']) } };
    expect(capacityIn({ nodes: several, settings, metadata, routing }).freeShards).toBe(2_996);
  });

  it('counts the shards of every group other than the frozen one', () => {
    const group = { state: 'open', settings: { index: { number_of_shards: '7', shard_limit: { group: 'normal' } } } };
    const reply = { metadata: { indices: { group, frozen } } };
    expect(capacityIn({ nodes, settings, metadata: reply, routing }).freeShards).toBe(993);
  });

  it('holds no shards on a node that has none assigned', () => {
    const empty = { routing_nodes: { nodes: {} } };
    expect(capacityIn({ nodes, settings, metadata, routing: empty }).nodes).toMatchObject([{ shards: 0 }]);
    expect(capacityIn({ nodes, settings, metadata, routing: {} }).nodes).toMatchObject([{ shards: 0 }]);
  });

  it.each([
    [{ [THRESHOLD]: 'false' }, false],
    [{ [THRESHOLD]: 'true' }, true],
    [{ [SINGLE]: 'false' }, false],
    [{ [SINGLE]: 'true' }, true],
  ])('heeds watermarks of a single data node with %j: %s', (set, isWatched) => {
    expect(capacityIn({ nodes, settings: { ...settings, persistent: set }, metadata, routing }).diskWatched).toBe(
      isWatched,
    );
  });

  it('heeds the watermarks of several data nodes', () => {
    const several = { nodes: { a: node('a', ['data']), b: node('b', ['data']) } };
    const exempt = { ...settings, persistent: { [SINGLE]: 'false' } };
    expect(capacityIn({ nodes: several, settings: exempt, metadata, routing }).diskWatched).toBe(true);
  });

  it('is not known where a call was not allowed, or its answer lacks the disks', () => {
    expect(capacityIn({ nodes: undefined, settings, metadata, routing })).toMatchObject({
      nodes: undefined,
      freeShards: undefined,
    });
    expect(capacityIn({ nodes, settings: undefined, metadata, routing })).toMatchObject({
      nodes: [{ freeBytes: undefined }],
      diskWatched: undefined,
      freeShards: undefined,
    });
    expect(capacityIn({ nodes, settings, metadata: undefined, routing }).freeShards).toBeUndefined();
    expect(freeGb({ nodes: { nodes: { a: { ...node('a', ['data']), fs: undefined } } } })).toEqual([undefined]);
    expect(freeGb({ settings: {} })).toEqual([undefined]);
    expect(freeGb({ settings: { ...settings, persistent: { [LOW]: 'much' } } })).toEqual([undefined]);
    expect(capacityIn({ nodes, settings: {}, metadata, routing }).freeShards).toBeUndefined();
    expect(capacityIn({ nodes, settings, metadata, routing: undefined }).nodes).toMatchObject([{ shards: undefined }]);
  });
});
