import { describe, expect, it } from 'vitest';
import type { DataNode } from '../cluster-facts.ts';
import { allocationFilters, isOfTier, mayHold, tierPreference } from './allocation-filters.ts';

const node: DataNode = {
  id: 'Xq3-node',
  name: 'data-a-1',
  host: 'es1.example.org',
  ip: '10.0.3.7',
  attributes: { box: 'hot', zone: 'a' },
  roles: ['data_hot', 'master'],
  freeBytes: 1,
  shards: 1,
};
const index = (settings: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(settings).map(([name, value]) => [`index.routing.allocation.${name}`, value]));

describe('allocation filters that a node satisfies', () => {
  it.each<[Readonly<Record<string, string>>]>([
    [{}],
    [{ 'require.box': 'hot' }],
    [{ 'require.box': 'h*' }],
    [{ 'require.box': '' }],
    [{ 'include.box': '' }],
    [{ 'require._name': 'data-a-*' }],
    [{ 'require.name': 'data-a-1' }],
    [{ 'require._name': 'data-*,*-1' }],
    [{ 'require._ip': '10.0.3.7' }],
    [{ 'require._ip': '10.9.*,10.0.*' }],
    [{ 'require._host': 'es1.*' }],
    [{ 'require._host': '10.0.3.7' }],
    [{ 'require._host_ip': '10.0.3.7', 'require._publish_ip': '10.0.3.*' }],
    [{ 'require._id': 'Xq3-node' }],
    [{ 'include.box': 'warm,hot' }],
    [{ 'include.box': 'warm', 'include.zone': 'a' }],
    [{ 'include._id': 'other,Xq3-node' }],
    [{ 'include._tier': 'data_warm,data_hot' }],
    [{ 'require._tier': 'data_hot' }],
    [{ 'exclude.box': 'warm' }],
    [{ 'exclude.rack': '*' }],
    [{ 'exclude._name': 'data-b-*' }],
    [{ 'initial_recovery._id': 'Xq3-node' }],
    [{ 'include._tier_preference': 'data_cold' }],
    [{ enable: 'none' }],
    [{ total_shards_per_node: '0' }],
  ])('%j', (settings) => {
    expect(mayHold(node, allocationFilters(index(settings)))).toBe(true);
  });
});

describe('allocation filters that a node does not satisfy', () => {
  it.each<[Readonly<Record<string, string>>]>([
    [{ 'require.box': 'warm' }],
    [{ 'require.box': 'hot,warm' }],
    [{ 'require.rack': '*' }],
    [{ 'require.box': 'hot', 'require.zone': 'b' }],
    [{ 'require._name': 'data.a.1' }],
    [{ 'require._ip': '10.0.3.70' }],
    [{ 'require._id': 'Xq3-*' }],
    [{ 'require._host': 'es2*' }],
    [{ 'include.box': 'warm,cold' }],
    [{ 'include.rack': '*' }],
    [{ 'include._tier': 'data_warm' }],
    [{ 'include._tier': 'data_warm', 'include.box': 'hot' }],
    [{ 'include._tier': 'data_hot', 'include.box': 'warm' }],
    [{ 'require.name': 'data-b-1' }],
    [{ 'require._tier': 'data_hot,data_warm' }],
    [{ 'exclude._tier': 'data_hot' }],
    [{ 'exclude.box': 'h*' }],
    [{ 'exclude.box': 'warm', 'exclude._ip': '10.*' }],
    [{ 'exclude._name': '*' }],
    [{ 'initial_recovery._id': 'gone-1,gone-2' }],
    [{ 'include.box': 'hot', 'exclude.zone': 'a' }],
  ])('%j', (settings) => {
    expect(mayHold(node, allocationFilters(index(settings)))).toBe(false);
  });
});

it('reads filters of the cluster too, as they would be written', () => {
  expect(allocationFilters({ 'cluster.routing.allocation.exclude._name': 'old-1 , old-2' })).toEqual([
    {
      kind: 'exclude',
      attribute: '_name',
      values: ['old-1', 'old-2'],
      shown: 'cluster.routing.allocation.exclude._name: old-1,old-2',
    },
  ]);
});

it('reads no filter from an empty value, and lists the others in one order', () => {
  const filters = allocationFilters(
    index({ 'include.a': 'a', 'require.zone': 'a', 'exclude.box': 'b', 'include.zone': ' , ' }),
  );
  expect(filters.map(({ shown }) => shown)).toEqual([
    'index.routing.allocation.exclude.box: b',
    'index.routing.allocation.include.a: a',
    'index.routing.allocation.require.zone: a',
  ]);
});

it('reads preferred tiers apart from filters', () => {
  expect(tierPreference(index({ 'include._tier_preference': 'data_warm, data_hot' }))).toEqual([
    'data_warm',
    'data_hot',
  ]);
  expect(tierPreference({})).toEqual([]);
});

it('takes a node of the plain data role as one of every tier', () => {
  expect(isOfTier({ ...node, roles: ['data'] }, 'data_cold')).toBe(true);
  expect(isOfTier(node, 'data_cold')).toBe(false);
});
