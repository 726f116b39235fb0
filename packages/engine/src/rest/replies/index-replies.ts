import type { IndexFacts, IndexFigures, IndexOperations } from '@tandem/shared/domain/restore/manifest/index-facts.ts';
import { INDEX_BLOCKS, type IndexBlock } from '@tandem/shared/domain/restore/run/index-blocks.ts';
import type { CreatedIndex } from '../../index-port.ts';
import { settingFacts } from '../../index-settings.ts';
import {
  countAt,
  type Fields,
  fieldsAt,
  fieldsUnder,
  isFields,
  listAt,
  optional,
  ReplyInvalid,
  textAt,
} from '../reply-fields.ts';

/** Engines return all settings as strings. */
const numberAt = (value: unknown, where: string): number => {
  const text = textAt(value, where);
  return countAt(/^\d+$/.test(text) ? Number(text) : undefined, where);
};

const factsAt = (name: string, value: unknown, { open }: IndexState): IndexFacts => {
  const index = fieldsAt(value, name);
  const settings = fieldsAt(index.settings, `${name}.settings`);
  return {
    name,
    uuid: textAt(settings['index.uuid'], `${name}.index.uuid`),
    open,
    createdVersion: numberAt(settings['index.version.created'], `${name}.index.version.created`),
    primaries: numberAt(settings['index.number_of_shards'], `${name}.index.number_of_shards`),
    replicas: numberAt(settings['index.number_of_replicas'], `${name}.index.number_of_replicas`),
    aliases: fieldsAt(index.aliases, `${name}.aliases`),
    mappings: fieldsAt(index.mappings, `${name}.mappings`),
    ...settingFacts(settings),
  };
};

/** From the get-index API with `flat_settings`. An index without a state was deleted meanwhile and is omitted. */
export const factsIn = (reply: unknown, states: ReadonlyMap<string, IndexState>): readonly IndexFacts[] =>
  Object.entries(fieldsAt(reply, 'the answer')).flatMap(([name, index]) => {
    const state = states.get(name);
    return state === undefined ? [] : [factsAt(name, index, state)];
  });

/** From the cluster-state API: an index is there whatever blocks it has. */
export const createdVersionsIn = (reply: unknown): readonly CreatedIndex[] =>
  Object.entries(fieldsUnder(reply, 'metadata', 'indices')).map(([name, value]) => {
    const { version } = fieldsUnder(value, 'settings', 'index');
    const created = fieldsAt(version, `${name}.index.version`).created;
    return { name, createdVersion: numberAt(created, `${name}.index.version.created`) };
  });

/** The cluster state keeps a mapping below the name of its type. */
const untyped = (mappings: Fields): unknown => (isFields(mappings._doc) ? mappings._doc : mappings);

/**
 * From the cluster-state API with `flat_settings`, which is readable where an index is blocked for `metadata`. It lists aliases by name only.
 */
export const blockedFactsIn = (reply: unknown, states: ReadonlyMap<string, IndexState>): readonly IndexFacts[] =>
  Object.entries(fieldsUnder(reply, 'metadata', 'indices')).flatMap(([name, value]) => {
    const state = states.get(name);
    if (state === undefined) return [];
    const index = fieldsAt(value, name);
    const aliases = optional(listAt, index.aliases, `${name}.aliases`) ?? [];
    const mappings = untyped(optional(fieldsAt, index.mappings, `${name}.mappings`) ?? {});
    const byName = Object.fromEntries(aliases.map((alias) => [textAt(alias, `${name}.aliases`), {}]));
    return [factsAt(name, { ...index, mappings, aliases: byName }, state)];
  });

export type PrimaryState = {
  readonly shard: number;
  readonly state: string;
  /** Where it comes from or will, while it is not started; why it is not assigned. */
  readonly recoverySource: unknown;
  readonly unassigned: unknown;
};

export type IndexState = {
  readonly open: boolean;
  readonly uuid: string;
  readonly blocks: readonly IndexBlock[];
  readonly primaries: readonly PrimaryState[];
};

const primaryAt = (value: unknown, where: string): readonly PrimaryState[] => {
  const copy = fieldsAt(value, where);
  if (copy.primary !== true) return [];
  return [
    {
      shard: countAt(copy.shard, `${where}.shard`),
      state: textAt(copy.state, `${where}.state`),
      recoverySource: copy.recovery_source,
      unassigned: copy.unassigned_info,
    },
  ];
};

const primariesIn = (shards: Fields, where: string): readonly PrimaryState[] =>
  Object.entries(shards).flatMap(([shard, copies]) =>
    listAt(copies, `${where}.${shard}`).flatMap((copy, position) => primaryAt(copy, `${where}.${shard}[${position}]`)),
  );

const blocksAt = (value: unknown, where: string): readonly IndexBlock[] => {
  const blocks = optional(fieldsAt, value, where) ?? {};
  return INDEX_BLOCKS.filter((block) => blocks[block] === 'true');
};

const stateAt = (metadata: unknown, routing: unknown, where: string): IndexState => {
  const index = fieldsAt(metadata, where);
  const state = textAt(index.state, `${where}.state`);
  if (state !== 'open' && state !== 'close') throw new ReplyInvalid(`${where}.state is neither open nor close`);
  const settings = fieldsAt(fieldsAt(index.settings, `${where}.settings`).index, `${where}.settings.index`);
  const shards = optional(fieldsAt, optional(fieldsAt, routing, where)?.shards, `${where}.shards`) ?? {};
  return {
    open: state === 'open',
    uuid: textAt(settings.uuid, `${where}.settings.index.uuid`),
    blocks: blocksAt(settings.blocks, `${where}.settings.index.blocks`),
    primaries: primariesIn(shards, `${where}.shards`),
  };
};

/** From the cluster-state API: by index, only the requested ones (for an alias the engine returns its index). */
export const statesIn = (reply: unknown, names: readonly string[]): ReadonlyMap<string, IndexState> => {
  const routing = fieldsUnder(reply, 'routing_table', 'indices');
  const entries = Object.entries(fieldsUnder(reply, 'metadata', 'indices')).filter(([name]) => names.includes(name));
  return new Map(entries.map(([name, index]) => [name, stateAt(index, routing[name], name)]));
};

/** From the close-index API: why one of them is still open; undefined: none is. */
export const refusedToClose = (reply: unknown): string | undefined => {
  const indices = fieldsUnder(reply, 'indices');
  for (const [name, value] of Object.entries(indices)) {
    const { closed, exception } = fieldsAt(value, name);
    if (closed === false)
      return `${name} was not closed: ${isFields(exception) ? exception.reason : 'no reason given'}`;
  }
  return undefined;
};

/** From a search: its bucket is absent where an index holds nothing. */
export const documentsIn = (reply: unknown): ReadonlyMap<string, number> => {
  const aggregations = optional(fieldsAt, fieldsAt(reply, 'the answer').aggregations, 'aggregations');
  if (aggregations === undefined) return new Map();
  const buckets = listAt(fieldsAt(aggregations.by_index, 'aggregations.by_index').buckets, 'buckets');
  return new Map(
    buckets.map((value, position) => {
      const bucket = fieldsAt(value, `buckets[${position}]`);
      return [textAt(bucket.key, 'key'), countAt(bucket.doc_count, 'doc_count')];
    }),
  );
};

/** Which counter of a shard is read: completed operations, or the highest sequence number assigned. */
export type Counter = 'local_checkpoint' | 'max_seq_no';

export type ShardFigures = Pick<IndexFigures, 'operations' | 'primaryBytes'> & { readonly primaries: number };

/** An empty shard reports -1. */
const operationsAt = (value: unknown, counter: Counter, where: string): number => {
  const last = fieldsAt(fieldsAt(value, where).seq_no, `${where}.seq_no`)[counter];
  return countAt(typeof last === 'number' ? last + 1 : undefined, `${where}.seq_no.${counter}`);
};

const isPrimary = (copy: unknown, where: string): boolean =>
  fieldsAt(fieldsAt(copy, where).routing, `${where}.routing`).primary === true;

const primaryOperationsAt = (shards: unknown, counter: Counter, where: string): readonly number[] =>
  Object.values(fieldsAt(shards, `${where}.shards`))
    .flatMap((copies) => listAt(copies, `${where}.shards`))
    .filter((copy) => isPrimary(copy, where))
    .map((copy) => operationsAt(copy, counter, where));

const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);

const figuresAt = (value: unknown, counter: Counter, where: string): ShardFigures => {
  const index = fieldsAt(value, where);
  const store = fieldsAt(fieldsAt(index.primaries, `${where}.primaries`).store, `${where}.primaries.store`);
  const operations = primaryOperationsAt(index.shards, counter, where);
  return {
    operations: sum(operations),
    primaryBytes: countAt(store.size_in_bytes, `${where}.primaries.store.size_in_bytes`),
    primaries: operations.length,
  };
};

/** From the index-stats API by shard. */
export const shardFiguresIn = (reply: unknown, counter: Counter): ReadonlyMap<string, ShardFigures> =>
  new Map(
    Object.entries(fieldsUnder(reply, 'indices')).map(([name, index]) => [name, figuresAt(index, counter, name)]),
  );

/** From the same, where only sequence numbers were requested; `primaries`: of how many shards. */
export const operationsIn = (reply: unknown): readonly (IndexOperations & { readonly primaries: number })[] =>
  Object.entries(fieldsUnder(reply, 'indices')).map(([name, index]) => {
    const operations = primaryOperationsAt(fieldsAt(index, name).shards, 'max_seq_no', name);
    return { name, operations: sum(operations), primaries: operations.length };
  });
