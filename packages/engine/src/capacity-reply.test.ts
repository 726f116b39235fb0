import { describe, expect, it } from 'vitest';
import { capacityIn, reservedBytes } from './capacity-reply.ts';

const GB = 1024 ** 3;

const FLOOD = 'cluster.routing.allocation.disk.watermark.flood_stage';
const disk = { total: { total_in_bytes: 1_000 * GB, available_in_bytes: 400 * GB } };
const nodes = {
  nodes: { data: { roles: ['data_hot', 'master'], fs: disk }, frozen: { roles: ['data_frozen'], fs: disk } },
};
const index = (state: string, number_of_shards: string, number_of_replicas: string) => ({
  state,
  settings: { index: { number_of_shards, number_of_replicas } },
});
const metadata = { metadata: { indices: { a: index('open', '2', '1'), b: index('close', '5', '1') } } };
const settings = { defaults: { 'cluster.max_shards_per_node': '1000', [FLOOD]: '95%' } };

describe('What a flood stage reserves of a disk of 1,000 GB', () => {
  it.each([
    ['95%', undefined, 50 * GB],
    ['95%', '20GB', 20 * GB],
    ['95%', '100gb', 50 * GB],
    ['95%', '-1', 50 * GB],
    ['0.9', undefined, 100 * GB],
    ['10gb', '100gb', 10 * GB],
    ['1tb', undefined, 1024 * GB],
    ['500mb', undefined, 500 * 1024 ** 2],
    ['much', undefined, undefined],
    ['5 apples', undefined, undefined],
  ])('%s with headroom %s', (watermark, headroom, reserved) => {
    const found = reservedBytes(1_000 * GB, watermark, headroom);
    expect(found === undefined ? undefined : Math.round(found)).toBe(reserved === undefined ? undefined : reserved);
  });
});

describe('The capacity of a cluster', () => {
  it('is of data nodes, open indices and replicas', () => {
    const { freeBytes, freeShards } = capacityIn({ nodes, settings, metadata });
    expect(freeBytes.map((bytes) => Math.round(bytes / GB))).toEqual([350]);
    expect(freeShards).toBe(996);
  });

  it('follows what an operator set, transient before persistent before default', () => {
    const layers = { ...settings, persistent: { [FLOOD]: '90%' }, transient: { [FLOOD]: '80%' } };
    expect(capacityIn({ nodes, settings: layers, metadata }).freeBytes.map((bytes) => Math.round(bytes / GB))).toEqual([
      200,
    ]);
  });

  it('is never below nothing', () => {
    const full = { ...settings, persistent: { [FLOOD]: '50%', 'cluster.max_shards_per_node': '1' } };
    expect(capacityIn({ nodes, settings: full, metadata })).toEqual({ freeBytes: [0], freeShards: 0 });
  });

  it('is all of the disk where nobody watches it, and unknown where nobody tells', () => {
    const unwatched = { defaults: { 'cluster.routing.allocation.disk.threshold_enabled': 'false' } };
    expect(capacityIn({ nodes, settings: unwatched, metadata })).toEqual({
      freeBytes: [400 * GB],
      freeShards: undefined,
    });
    expect(capacityIn({ nodes, settings: {}, metadata })).toEqual({ freeBytes: [], freeShards: undefined });
  });
});
