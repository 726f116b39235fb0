import { describe, expect, it } from 'vitest';
import { ReplyInvalid } from '../reply-fields.ts';
import {
  blockedFactsIn,
  documentsIn,
  factsIn,
  type IndexState,
  operationsIn,
  refusedToClose,
  shardFiguresIn,
  statesIn,
} from './index-replies.ts';

const state: IndexState = { open: true, uuid: 'u', blocks: [], primaries: [] };
const states = new Map([['one', state]]);
const settings = {
  'index.uuid': 'u1',
  'index.version.created': '8537000',
  'index.number_of_shards': '3',
  'index.number_of_replicas': '0',
  'index.refresh_interval': '2s',
  'index.blocks.write': 'true',
};
const mappings = { properties: { id: { type: 'keyword' } } };
const aliases = { optimize: { is_write_index: true } };
const index = { aliases, mappings, settings };
const facts = {
  ...{ name: 'one', uuid: 'u1', open: true, createdVersion: 8537000, primaries: 3, replicas: 0 },
  ...{ aliases, mappings, settings: { 'index.number_of_shards': '3', 'index.refresh_interval': '2s' } },
  ...{ blocks: { 'index.blocks.write': 'true' }, allocation: {} },
};

const expectInvalid = (read: () => unknown, message: string) => {
  expect(read).toThrow(ReplyInvalid);
  expect(read).toThrow(message);
};

describe('The facts of an index', () => {
  it('are its identity, versions, numbers, aliases, mappings and settings', () => {
    expect(factsIn({ one: index }, states)).toEqual([facts]);
    expect(factsIn({ one: index }, new Map([['one', { ...state, open: false }]]))).toEqual([{ ...facts, open: false }]);
  });

  it('are left out where the index has no state, since it is gone', () => {
    expect(factsIn({ one: index, gone: 'text' }, states)).toEqual([facts]);
    expect(factsIn({ one: index }, new Map())).toEqual([]);
  });

  it.each(['8537000x', 'x8537000', '1e3', '0x10', ' 8', '8.5', '-8', '', 8, undefined])(
    'are not believed with the version %j: numbers come as texts of digits',
    (version) => {
      const wrong = { ...index, settings: { ...settings, 'index.version.created': version } };
      expectInvalid(() => factsIn({ one: wrong }, states), 'one.index.version.created is not a');
    },
  );

  it.each([
    [{ settings: undefined }, 'one.settings is not an object'],
    [{ settings: { ...settings, 'index.uuid': undefined } }, 'one.index.uuid is not a text'],
    [{ settings: { ...settings, 'index.number_of_shards': 'many' } }, 'one.index.number_of_shards is not a count'],
    [
      { settings: { ...settings, 'index.number_of_replicas': undefined } },
      'one.index.number_of_replicas is not a text',
    ],
    [{ aliases: ['optimize'] }, 'one.aliases is not an object'],
    [{ mappings: undefined }, 'one.mappings is not an object'],
  ])('are not believed with %j: %s', (changes, message) => {
    expectInvalid(() => factsIn({ one: { ...index, ...changes } }, states), message);
  });
});

describe('The facts of an index that is blocked for metadata', () => {
  const read = (changes: object) =>
    blockedFactsIn({ metadata: { indices: { one: { settings, ...changes }, gone: 'text' } } }, states);

  it('are the same, with the names of its aliases alone', () => {
    expect(read({ aliases: ['optimize', 'other'], mappings })).toEqual([
      { ...facts, aliases: { optimize: {}, other: {} } },
    ]);
  });

  it('have the mapping that the cluster state stores below the name of its type', () => {
    expect(read({ aliases: [], mappings: { _doc: mappings } })).toEqual([{ ...facts, aliases: {} }]);
  });

  it('have neither aliases nor mappings where the cluster state has none', () => {
    expect(read({})).toEqual([{ ...facts, aliases: {}, mappings: {} }]);
  });

  it('are left out where the index has no state, and in an empty answer', () => {
    expect(blockedFactsIn({ metadata: { indices: { one: { settings } } } }, new Map())).toEqual([]);
    expect(blockedFactsIn({}, states)).toEqual([]);
  });

  it.each([
    [{ aliases: { optimize: {} } }, 'one.aliases is not a list'],
    [{ aliases: [7] }, 'one.aliases is not a text'],
    [{ mappings: [] }, 'one.mappings is not an object'],
    [{ settings: undefined }, 'one.settings is not an object'],
  ])('are not believed with %j: %s', (changes, message) => expectInvalid(() => read(changes), message));
});

describe('The state of an index', () => {
  const shard = { primary: true, shard: 0, state: 'UNASSIGNED', recovery_source: { type: 'SNAPSHOT' } };
  const replica = { primary: false, shard: 0, state: 'STARTED' };
  const metadata = { state: 'open', settings: { index: { uuid: 'u' } } };
  const read = (index: object, routing?: object) =>
    statesIn({ metadata: { indices: { one: index } }, routing_table: { indices: { one: routing } } }, ['one']).get(
      'one',
    );

  it('has its primaries, not its replicas', () => {
    const unassigned_info = { reason: 'NEW_INDEX_RESTORED' };
    const shards = { 0: [replica, { ...shard, unassigned_info }], 1: [{ primary: true, shard: 1, state: 'STARTED' }] };
    expect(read(metadata, { shards })).toEqual({
      ...{ open: true, uuid: 'u', blocks: [] },
      primaries: [
        { shard: 0, state: 'UNASSIGNED', recoverySource: { type: 'SNAPSHOT' }, unassigned: unassigned_info },
        { shard: 1, state: 'STARTED', recoverySource: undefined, unassigned: undefined },
      ],
    });
  });

  it('has no primaries where it is closed and in no routing table', () => {
    expect(read({ ...metadata, state: 'close' })).toEqual({ open: false, uuid: 'u', blocks: [], primaries: [] });
    expect(read(metadata, {})?.primaries).toEqual([]);
  });

  it('has the blocks that are set, in the order in which they can be lifted', () => {
    const blocks = { write: 'true', metadata: 'true', read: 'false', other: 'true' };
    expect(read({ ...metadata, settings: { index: { uuid: 'u', blocks } } })?.blocks).toEqual(['metadata', 'write']);
  });

  it.each([
    [{ ...metadata, state: 'closed' }, {}, 'one.state is neither open nor close'],
    [{ ...metadata, state: undefined }, {}, 'one.state is not a text'],
    [{ state: 'open' }, {}, 'one.settings is not an object'],
    [{ state: 'open', settings: { index: {} } }, {}, 'one.settings.index.uuid is not a text'],
    [
      { state: 'open', settings: { index: { uuid: 'u', blocks: ['write'] } } },
      {},
      'one.settings.index.blocks is not an object',
    ],
    [metadata, { shards: { 0: shard } }, 'one.shards.0 is not a list'],
    [metadata, { shards: { 0: [{ ...shard, shard: '0' }] } }, 'one.shards.0[0].shard is not a count'],
    [metadata, { shards: { 0: [replica, { ...shard, state: 7 }] } }, 'one.shards.0[1].state is not a text'],
  ])('is not believed with %j and %j: %s', (index, routing, message) =>
    expectInvalid(() => read(index, routing), message),
  );
});

describe('An index that was to be closed', () => {
  it.each([
    ['is closed', { one: { closed: true } }, undefined],
    ['is already closed', {}, undefined],
    [
      'stays open for the reason that the engine gives',
      { one: { closed: true }, two: { closed: false, exception: { reason: 'shards moved' } } },
      'two was not closed: shards moved',
    ],
    ['stays open without a reason', { one: { closed: false } }, 'one was not closed: no reason given'],
  ])('%s', (_, indices, expected) => expect(refusedToClose({ acknowledged: true, indices })).toBe(expected));
});

describe('The documents of indices', () => {
  const found = (...buckets: unknown[]) => ({ aggregations: { by_index: { buckets } } });

  it('are those of each bucket', () => {
    const buckets = [
      { key: 'one', doc_count: 7 },
      { key: 'two', doc_count: 0 },
    ];
    expect([...documentsIn(found(...buckets))]).toEqual([
      ['one', 7],
      ['two', 0],
    ]);
  });

  it('are none in an answer without aggregations, since no index was searched', () => {
    expect([...documentsIn({ hits: {} })]).toEqual([]);
    expect([...documentsIn({ aggregations: null })]).toEqual([]);
  });

  it.each([
    [{ aggregations: [] }, 'aggregations is not an object'],
    [{ aggregations: {} }, 'aggregations.by_index is not an object'],
    [{ aggregations: { by_index: {} } }, 'buckets is not a list'],
    [found({ doc_count: 7 }), 'key is not a text'],
    [found({ key: 'one', doc_count: '7' }), 'doc_count is not a count'],
  ])('are not known from %j: %s', (reply, message) => expectInvalid(() => documentsIn(reply), message));
});

describe('The operations of indices', () => {
  const copy = (primary: unknown, last: unknown, checkpoint: unknown = last) => ({
    routing: { primary },
    seq_no: { max_seq_no: last, local_checkpoint: checkpoint },
  });
  const primaries = { store: { size_in_bytes: 100 } };
  const one = { primaries, shards: { 0: [copy(false, 99), copy(true, 9, 7)], 1: [copy(true, -1)] } };

  it('are one more than the last number of each primary, of which an empty one has -1', () => {
    expect(operationsIn({ indices: { one, two: { shards: {} } } })).toEqual([
      { name: 'one', operations: 10, primaries: 2 },
      { name: 'two', operations: 0, primaries: 0 },
    ]);
    expect(operationsIn({})).toEqual([]);
  });

  it('are read from the counter that is requested, with the bytes of the primaries', () => {
    const figures = { primaryBytes: 100, primaries: 2 };
    const read = (counter: 'local_checkpoint' | 'max_seq_no') =>
      shardFiguresIn({ indices: { one } }, counter).get('one');
    expect(read('max_seq_no')).toEqual({ ...figures, operations: 10 });
    expect(read('local_checkpoint')).toEqual({ ...figures, operations: 8 });
  });

  it.each([null, undefined, true, '9', -2, 0.5])('are not known from the number %j', (last) => {
    const reply = { indices: { one: { primaries, shards: { 0: [copy(true, last)] } } } };
    expectInvalid(() => operationsIn(reply), 'one.seq_no.max_seq_no is not a count');
    expectInvalid(() => shardFiguresIn(reply, 'max_seq_no'), 'one.seq_no.max_seq_no is not a count');
  });

  it.each([
    [{}, 'one.shards is not an object'],
    [{ shards: { 0: {} } }, 'one.shards is not a list'],
    [{ shards: { 0: [{}] } }, 'one.routing is not an object'],
    [{ shards: { 0: [{ routing: { primary: true } }] } }, 'one.seq_no is not an object'],
  ])('are not known from an index with %j: %s', (index, message) => {
    expectInvalid(() => operationsIn({ indices: { one: index } }), message);
    expectInvalid(() => shardFiguresIn({ indices: { one: { primaries, ...index } } }, 'max_seq_no'), message);
  });

  it('do not hide that the size is missing', () => {
    const read = (primaries: unknown) => () =>
      shardFiguresIn({ indices: { one: { ...one, primaries } } }, 'max_seq_no');
    expectInvalid(read(undefined), 'one.primaries is not an object');
    expectInvalid(read({ store: {} }), 'one.primaries.store.size_in_bytes is not a count');
  });
});
