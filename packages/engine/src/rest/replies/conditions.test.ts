import { describe, expect, it } from 'vitest';
import { ReplyInvalid } from '../reply-fields.ts';
import {
  aliasIndicesIn,
  aliasOwnersIn,
  byAliasAndIndex,
  conditionSettingsIn,
  indexBlocksIn,
  lackingIn,
  privilegesBody,
  redIndicesIn,
  storedCopiesIn,
} from './conditions.ts';

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

it('ignores a setting that is a group of others', () => {
  const persistent = { 'cluster.blocks': { read_only: 'true' }, 'cluster.blocks.read_only': true };
  expect(conditionSettingsIn({ persistent })).toEqual({ 'cluster.blocks.read_only': 'true' });
});

describe('blocks of indices', () => {
  const blocked = (blocks: object) => ({ settings: { index: { blocks } } });

  it('are the active ones of the requested indices', () => {
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

  it('are read although the reply also reports missing aliases', () => {
    expect(aliasOwnersIn({ error: 'alias [z] missing', status: 404, one: { aliases: { x: {} } } })).toEqual([
      { alias: 'x', index: 'one', isWriteIndex: undefined },
    ]);
    expect(aliasOwnersIn({ error: 'alias [z] missing', status: 404 })).toEqual([]);
  });

  it.each([[{ type: 'aliases_not_found_exception' }], [{ aliases: ['x'] }], [null]])(
    'are not read from the error %j',
    (error) => expect(aliasOwnersIn({ error, status: 404, one: { aliases: {} } })).toEqual([]),
  );

  it.each(['true', 1, {}])('are not known where the mark is %j', (is_write_index) => {
    const read = () => aliasOwnersIn({ one: { aliases: { x: { is_write_index } } } });
    expect(read).toThrow(ReplyInvalid);
    expect(read).toThrow('x.is_write_index is not true or false');
  });

  it('are sorted by alias, then by index', () => {
    const owner = (alias: string, index: string) => ({ alias, index, isWriteIndex: undefined });
    const sorted = [owner('a', 'y'), owner('a', 'z'), owner('b', 'x'), owner('c', 'w'), owner('c', 'x')];
    for (const given of [sorted, sorted.toReversed(), [...sorted.slice(2), ...sorted.slice(0, 2)]])
      expect([...given].sort(byAliasAndIndex)).toEqual(sorted);
  });
});

describe('the indices behind aliases', () => {
  const aliases = [
    { name: 'x', indices: ['two', 'one'] },
    { name: 'y', indices: ['three'] },
    { name: 'z', indices: ['four'] },
  ];

  it('are those of the requested aliases', () => {
    expect(aliasIndicesIn({ aliases }, ['z', 'x'])).toEqual(['two', 'one', 'four']);
    expect(aliasIndicesIn({ aliases }, [])).toEqual([]);
  });

  it('are none in an answer without aliases', () => {
    expect(aliasIndicesIn({}, ['x'])).toEqual([]);
    expect(aliasIndicesIn({ aliases: [] }, ['x'])).toEqual([]);
  });

  it.each([
    [{ aliases: {} }, 'aliases is not a list'],
    [{ aliases: ['x'] }, 'aliases[0] is not an object'],
    [{ aliases: [{ indices: ['one'] }] }, 'aliases[0].name is not a text'],
    [{ aliases: [...aliases, { name: 'x', indices: 'one' }] }, 'aliases[3].indices is not a list'],
  ])('are not known from %j: %s', (reply, message) => {
    expect(() => aliasIndicesIn(reply, ['x'])).toThrow(ReplyInvalid);
    expect(() => aliasIndicesIn(reply, ['x'])).toThrow(message);
  });
});

describe('privileges', () => {
  const cluster = ['create_snapshot', 'cluster:admin/snapshot/create', 'cluster:admin/snapshot/restore'];
  const held = (create: boolean, createAction: boolean, restore: boolean) => ({
    cluster: { create_snapshot: create, [`${cluster[1]}`]: createAction, [`${cluster[2]}`]: restore },
  });

  it('are checked for the cluster, and for indices if there are any', () => {
    expect(privilegesBody(['a', 'b'])).toEqual({
      cluster,
      index: [{ names: ['a', 'b'], privileges: ['manage', 'delete_index'] }],
    });
    expect(privilegesBody([])).toEqual({ cluster });
  });

  it.each([
    ['nothing, with all', held(true, true, true), []],
    ['nothing, with one of two that allow it', held(false, true, true), []],
    ['the creation of snapshots, without both', held(false, false, true), ['create']],
    ['the restore', held(true, true, false), ['restore']],
    ['nothing that the engine does not deny', { cluster: {} }, []],
  ])('lack %s', (_, reply, snapshot) => {
    expect(lackingIn(reply)).toEqual({ snapshot, manage: [], deleteIndex: [] });
  });

  it('lack what is not said to be held on an index, sorted by name', () => {
    const index = {
      d: { manage: false, delete_index: true },
      c: { manage: true, delete_index: false },
      b: 'text',
      a: { manage: 'true' },
      e: { manage: true, delete_index: true },
    };
    expect(lackingIn({ cluster: {}, index })).toMatchObject({ manage: ['a', 'b', 'd'], deleteIndex: ['a', 'b', 'c'] });
  });

  it.each([undefined, 'text', {}, { cluster: [] }])('are not known from %j', (reply) =>
    expect(lackingIn(reply)).toBeUndefined(),
  );
});
