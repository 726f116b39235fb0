import { describe, expect, it } from 'vitest';
import { aliasOwnersIn, conditionSettingsIn, indexBlocksIn, redIndicesIn, storedCopiesIn } from './conditions-reply.ts';

describe('settings of the cluster', () => {
  it('are what an operator set, transient over persistent', () => {
    const reply = {
      persistent: { 'cluster.routing.allocation.enable': 'none', 'cluster.blocks.read_only': 'true' },
      transient: { 'cluster.routing.allocation.enable': 'all', 'cluster.routing.allocation.exclude._name': 'a' },
    };
    expect(conditionSettingsIn(reply)).toEqual({
      'cluster.routing.allocation.enable': 'all',
      'cluster.blocks.read_only': 'true',
      'cluster.routing.allocation.exclude._name': 'a',
    });
  });

  it('are what a node was configured with in its file, where no call overrides it', () => {
    const defaults = {
      'cluster.routing.allocation.enable': 'primaries',
      'cluster.routing.allocation.total_shards_per_node': '30',
      'cluster.routing.allocation.awareness.attributes': ['zone', 'rack'],
      'cluster.routing.allocation.awareness.force.zone.values': 'a,b',
      'cluster.routing.allocation.require.box': 'hot',
    };
    const persistent = { 'cluster.routing.allocation.enable': 'all' };
    expect(conditionSettingsIn({ defaults, persistent })).toEqual({
      ...defaults,
      ...persistent,
      'cluster.routing.allocation.awareness.attributes': 'zone,rack',
    });
  });

  it('are none where all is as built in', () => {
    const defaults = {
      'cluster.routing.allocation.enable': 'all',
      'cluster.routing.allocation.total_shards_per_node': '-1',
      'cluster.routing.allocation.awareness.attributes': [],
      'cluster.routing.allocation.node_concurrent_recoveries': '2',
      'cluster.blocks.read_only': 'false',
    };
    expect(conditionSettingsIn({ defaults })).toEqual({});
  });

  it('are none in the empty answer of a filter', () => {
    expect(conditionSettingsIn({})).toEqual({});
  });
});

describe('blocks of indices', () => {
  const blocked = (blocks: object) => ({ settings: { index: { blocks } } });

  it('are those that are on, of the indices asked for', () => {
    const indices = {
      a: blocked({ read_only: 'true', write: 'false', metadata: 'true' }),
      b: blocked({ write: 'false' }),
      c: { settings: {} },
      other: blocked({ read_only: 'true' }),
    };
    expect(indexBlocksIn({ metadata: { indices } }, ['a', 'b', 'c'])).toEqual([['a', ['metadata', 'read_only']]]);
  });

  it('are none where nothing is left of the answer', () => {
    expect(indexBlocksIn({}, ['a'])).toEqual([]);
  });
});

it('finds the red indices, sorted', () => {
  const indices = { b: { status: 'red' }, c: { status: 'yellow' }, a: { status: 'RED' } };
  expect(redIndicesIn({ indices })).toEqual(['a', 'b']);
  expect(redIndicesIn({})).toEqual([]);
});

it('finds every copy that a node holds', () => {
  const copy = (node: string, size_in_bytes: number) => ({ routing: { node }, store: { size_in_bytes } });
  const indices = {
    a: { shards: { 0: [copy('n1', 10), copy('n2', 11)], 1: [copy('n2', 5)] } },
    b: { shards: { 0: [copy('n1', 1)] } },
    red: {},
  };
  expect(storedCopiesIn({ indices })).toEqual([
    { index: 'a', node: 'n1', bytes: 10 },
    { index: 'a', node: 'n2', bytes: 11 },
    { index: 'a', node: 'n2', bytes: 5 },
    { index: 'b', node: 'n1', bytes: 1 },
  ]);
  expect(storedCopiesIn({})).toEqual([]);
});

describe('owners of aliases', () => {
  it('are read with their mark', () => {
    const reply = {
      one: { aliases: { x: { is_write_index: true }, y: {} } },
      two: { aliases: { x: { is_write_index: false, filter: {} } } },
    };
    expect(aliasOwnersIn(reply)).toEqual([
      { alias: 'x', index: 'one', isWriteIndex: true },
      { alias: 'y', index: 'one', isWriteIndex: undefined },
      { alias: 'x', index: 'two', isWriteIndex: false },
    ]);
  });

  it('are read beside the error for aliases that are not there', () => {
    expect(aliasOwnersIn({ error: 'alias [z] missing', status: 404, one: { aliases: { x: {} } } })).toEqual([
      { alias: 'x', index: 'one', isWriteIndex: undefined },
    ]);
    expect(aliasOwnersIn({ error: 'alias [z] missing', status: 404 })).toEqual([]);
  });
});
