import { type LackingPrivileges, SNAPSHOT_ACTIONS } from '@tandem/shared/domain/restore/plan/cluster-facts.ts';
import type { AliasOwner, ClusterConditions, StoredCopy } from '../../index-port.ts';
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
  textsAt,
} from '../reply-fields.ts';
import { clusterSettingsIn, type Texts } from './cluster-settings.ts';

const ALLOCATION = 'cluster.routing.allocation.';

/** What is built in; another value comes from a node's configuration file. */
const BUILT_IN: Texts = {
  [`${ALLOCATION}enable`]: 'all',
  [`${ALLOCATION}total_shards_per_node`]: '-1',
  [`${ALLOCATION}awareness.attributes`]: '',
  'cluster.blocks.read_only': 'false',
  'cluster.blocks.read_only_allow_delete': 'false',
};
/** No setting below these is built in. */
const NEVER_BUILT_IN = ['require.', 'include.', 'exclude.', 'awareness.force.'].map((name) => `${ALLOCATION}${name}`);

const isConfigured = ([name, value]: readonly [string, string]): boolean =>
  name in BUILT_IN ? value !== BUILT_IN[name] : NEVER_BUILT_IN.some((prefix) => name.startsWith(prefix));

/** From the cluster-settings API, flat and with defaults. */
export const conditionSettingsIn = (reply: unknown): ClusterConditions['settings'] => {
  const { defaults, set } = clusterSettingsIn(reply);
  return { ...Object.fromEntries(Object.entries(defaults).filter(isConfigured)), ...set };
};

/** From the cluster-state API: `metadata.indices.*.settings.index.blocks`. Those of `names` that have one. */
export const indexBlocksIn = (
  reply: unknown,
  names: readonly string[],
): readonly (readonly [string, readonly string[]])[] =>
  Object.entries(fieldsUnder(reply, 'metadata', 'indices'))
    .filter(([name]) => names.includes(name))
    .map(([name, index]) => [name, blocksAt(index, name)] as const)
    .filter(([, blocks]) => blocks.length > 0);

const blocksAt = (value: unknown, where: string): readonly string[] => {
  const { settings } = fieldsAt(value, where);
  const index = isFields(settings) ? settings.index : undefined;
  const blocks: Fields = optional(fieldsAt, isFields(index) ? index.blocks : undefined, `${where}.blocks`) ?? {};
  return Object.entries(blocks)
    .filter(([, on]) => String(on) === 'true')
    .map(([block]) => block)
    .sort();
};

/** From the cluster-health API by index. */
export const redIndicesIn = (reply: unknown): readonly string[] =>
  Object.entries(fieldsUnder(reply, 'indices'))
    .filter(([name, index]) => textAt(fieldsAt(index, name).status, `${name}.status`).toLowerCase() === 'red')
    .map(([name]) => name)
    .sort();

/** From the index-stats API by shard: every copy that a node holds. */
export const storedCopiesIn = (reply: unknown): readonly StoredCopy[] =>
  Object.entries(fieldsUnder(reply, 'indices')).flatMap(([name, index]) =>
    Object.values(optional(fieldsAt, fieldsAt(index, name).shards, `${name}.shards`) ?? {})
      .flatMap((copies) => listAt(copies, `${name}.shards`))
      .map((copy) => copyAt(name, copy, `${name}.shards`)),
  );

const copyAt = (index: string, value: unknown, where: string): StoredCopy => {
  const copy = fieldsAt(value, where);
  const node = textAt(fieldsAt(copy.routing, `${where}.routing`).node, `${where}.routing.node`);
  const bytes = countAt(fieldsAt(copy.store, `${where}.store`).size_in_bytes, `${where}.store.size_in_bytes`);
  return { index, node, bytes };
};

/** From the resolve-index API: the indices behind these aliases. */
export const aliasIndicesIn = (reply: unknown, aliases: readonly string[]): readonly string[] =>
  (optional(listAt, fieldsAt(reply, 'the answer').aliases, 'aliases') ?? []).flatMap((value, position) => {
    const { name, indices } = fieldsAt(value, `aliases[${position}]`);
    return aliases.includes(textAt(name, `aliases[${position}].name`))
      ? textsAt(indices, `aliases[${position}].indices`)
      : [];
  });

/** From the get-alias API, its 404 for aliases that no index has included. */
export const aliasOwnersIn = (reply: unknown): readonly AliasOwner[] =>
  Object.entries(fieldsAt(reply, 'the answer'))
    .filter(([, value]) => isFields(value) && isFields(value.aliases))
    .flatMap(([index, value]) =>
      Object.entries(fieldsAt(fieldsAt(value, index).aliases, `${index}.aliases`)).map(([alias, properties]) => ({
        alias,
        index,
        isWriteIndex: optional(flagAt, fieldsAt(properties, alias).is_write_index, `${alias}.is_write_index`),
      })),
    );

const flagAt = (value: unknown, where: string): boolean => {
  if (typeof value !== 'boolean') throw new ReplyInvalid(`${where} is not true or false`);
  return value;
};

export const byAliasAndIndex = (one: AliasOwner, other: AliasOwner): number =>
  one.alias === other.alias ? (one.index < other.index ? -1 : 1) : one.alias < other.alias ? -1 : 1;

/** Each of these privileges alone allows the action. */
const ALLOWED_BY: Readonly<Record<(typeof SNAPSHOT_ACTIONS)[number], readonly string[]>> = {
  create: ['create_snapshot', 'cluster:admin/snapshot/create'],
  restore: ['cluster:admin/snapshot/restore'],
};
/** What a change of settings needs. */
const MANAGE = 'manage';
const DELETE = 'delete_index';

/** To the has-privileges API. */
export const privilegesBody = (names: readonly string[]) => ({
  cluster: Object.values(ALLOWED_BY).flat(),
  ...(names.length === 0 ? {} : { index: [{ names, privileges: [MANAGE, DELETE] }] }),
});

/** From the has-privileges API. Undefined: the answer is of another kind. */
export const lackingIn = (reply: unknown): LackingPrivileges | undefined => {
  if (!isFields(reply) || !isFields(reply.cluster)) return undefined;
  const { cluster } = reply;
  const byName = isFields(reply.index) ? reply.index : {};
  const without = (privilege: string) =>
    Object.entries(byName)
      .filter(([, held]) => !isFields(held) || held[privilege] !== true)
      .map(([name]) => name)
      .sort();
  return {
    snapshot: SNAPSHOT_ACTIONS.filter((action) => ALLOWED_BY[action].every((name) => cluster[name] === false)),
    manage: without(MANAGE),
    deleteIndex: without(DELETE),
  };
};
