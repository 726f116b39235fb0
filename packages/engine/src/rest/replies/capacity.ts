import type { DataNode, EngineCapacity } from '../../index-port.ts';
import {
  countAt,
  type Fields,
  fieldsAt,
  fieldsUnder,
  isFields,
  listAt,
  optional,
  textAt,
  textsAt,
} from '../reply-fields.ts';
import { clusterSettingsIn, type Texts } from './cluster-settings.ts';

/** Undefined: the call was not allowed. */
export type CapacityReplies = {
  /** `GET /_nodes/stats/fs` */
  readonly nodes: unknown;
  /** `GET /_cluster/settings` with defaults, flat. */
  readonly settings: unknown;
  /** `GET /_cluster/state/metadata`: state and shard numbers of all indices. */
  readonly metadata: unknown;
  /** `GET /_cluster/state/routing_nodes`: the state of each shard that a node has. */
  readonly routing: unknown;
};

const DISK = 'cluster.routing.allocation.disk';
const LOW = `${DISK}.watermark.low`;
const UNITS: Readonly<Record<string, number>> = {
  b: 0,
  kb: 1,
  k: 1,
  mb: 2,
  m: 2,
  gb: 3,
  g: 3,
  tb: 4,
  t: 4,
  pb: 5,
  p: 5,
};

const amount = (text: string): { readonly number: number; readonly unit: string } | undefined => {
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?)([a-z%]*)$/.exec(text.trim().toLowerCase()) ?? [];
  return number === undefined ? undefined : { number: Number(number), unit };
};

const bytesOf = (text: string): number | undefined => {
  const { number, unit } = amount(text) ?? {};
  const power = UNITS[unit ?? ''];
  return number === undefined || power === undefined ? undefined : number * 1024 ** power;
};

/** How much of a disk must stay free: a watermark is a share of it that may be used ("95%", "0.95"), or what must be free ("10gb"). */
export const reservedBytes = (total: number, watermark: string, headroom: string | undefined): number | undefined => {
  const { number, unit } = amount(watermark) ?? {};
  if (number === undefined) return undefined;
  if (unit !== '%' && unit !== '') return bytesOf(watermark);
  const share = unit === '%' ? number / 100 : number;
  const maxHeadroom = headroom === undefined ? undefined : bytesOf(headroom); // "-1": there is no limit
  return Math.min(total * (1 - share), maxHeadroom ?? Number.POSITIVE_INFINITY);
};

type Settings = ReturnType<typeof clusterSettingsIn>;

/** The engine reports its default headroom even if an operator set the watermark, which disables that default. */
const headroomOf = ({ all, set }: Settings): string | undefined => {
  const name = `${LOW}.max_headroom`;
  return set[LOW] === undefined ? all[name] : set[name];
};

const isDataRole = (role: string): boolean => role === 'data' || (role.startsWith('data_') && role !== 'data_frozen');

const attributesAt = (value: unknown, where: string): Texts =>
  Object.fromEntries(
    Object.entries(optional(fieldsAt, value, where) ?? {}).map(([name, text]) => [name, textAt(text, where)]),
  );

/** "127.0.0.1:9300" and "[::1]:9300" as the address alone. */
const addressIn = (text: string): string => text.replace(/^\[(.*)\](?::\d+)?$/, '$1').replace(/^([^:]+):\d+$/, '$1');

type Known = { readonly settings: Settings | undefined; readonly routing: unknown };

const dataNodeAt = (id: string, value: unknown, { settings, routing }: Known): readonly DataNode[] => {
  const node = fieldsAt(value, id);
  const roles = textsAt(node.roles, `${id}.roles`);
  if (!roles.some(isDataRole)) return [];
  const ip = addressIn(textAt(node.ip, `${id}.ip`));
  return [
    {
      id,
      name: textAt(node.name, `${id}.name`),
      host: optional(textAt, node.host, `${id}.host`) ?? ip,
      ip,
      attributes: attributesAt(node.attributes, `${id}.attributes`),
      roles,
      freeBytes: settings === undefined ? undefined : freeBytesAt(node.fs, `${id}.fs`, settings),
      shards: routing === undefined ? undefined : shardsOn(id, routing),
    },
  ];
};

/** A managed service may leave the disks out of the answer. */
const freeBytesAt = (value: unknown, where: string, settings: Settings): number | undefined => {
  const fs = optional(fieldsAt, value, where)?.total;
  const watermark = settings.all[LOW];
  if (!isFields(fs) || watermark === undefined) return undefined;
  const total = countAt(fs.total_in_bytes, `${where}.total.total_in_bytes`);
  const available = countAt(fs.available_in_bytes, `${where}.total.available_in_bytes`);
  const reserved = reservedBytes(total, watermark, headroomOf(settings));
  return reserved === undefined ? undefined : Math.floor(available - reserved);
};

/** As the engine counts them against its limit per node: a relocating shard counts at its target. */
const shardsOn = (id: string, reply: unknown): number => {
  const nodes = fieldsUnder(reply, 'routing_nodes', 'nodes');
  const shards = optional(listAt, nodes[id], `routing_nodes.nodes.${id}`) ?? [];
  return shards.filter((shard) => isFields(shard) && shard.state !== 'RELOCATING').length;
};

const nodesIn = (reply: unknown, known: Known): readonly DataNode[] =>
  Object.entries(fieldsUnder(reply, 'nodes')).flatMap(([id, node]) => dataNodeAt(id, node, known));

/** Before 8, and in OpenSearch, a single data node is exempt unless a setting says otherwise. */
const isWatched = ({ all }: Settings, nodes: readonly DataNode[] | undefined): boolean =>
  all[`${DISK}.threshold_enabled`] !== 'false' &&
  !(nodes?.length === 1 && all[`${DISK}.watermark.enable_for_single_data_node`] === 'false');

const shardsOf = (value: unknown): number => {
  const index = isFields(value) && value.state === 'open' ? value.settings : undefined;
  const settings = isFields(index) ? index.index : undefined;
  if (!isFields(settings) || isOfFrozenTier(settings)) return 0;
  return Number(settings.number_of_shards ?? 1) * (1 + Number(settings.number_of_replicas ?? 0));
};

/** Its shards have a limit of their own. */
const isOfFrozenTier = ({ shard_limit: limit }: Fields): boolean => isFields(limit) && limit.group === 'frozen';

/** As the engine counts them: of open indices, replicas included, assigned or not. */
const openShardsIn = (reply: unknown): number =>
  Object.values(fieldsUnder(reply, 'metadata', 'indices')).reduce((sum: number, index) => sum + shardsOf(index), 0);

const freeShardsIn = (
  settings: Settings | undefined,
  nodes: readonly DataNode[] | undefined,
  metadata: unknown,
): number | undefined => {
  if (settings === undefined || nodes === undefined || metadata === undefined) return undefined;
  const free = Number(settings.all['cluster.max_shards_per_node']) * nodes.length - openShardsIn(metadata);
  return Number.isSafeInteger(free) ? free : undefined;
};

export const capacityIn = (replies: CapacityReplies): EngineCapacity => {
  const settings = replies.settings === undefined ? undefined : clusterSettingsIn(replies.settings);
  const nodes =
    replies.nodes === undefined ? undefined : nodesIn(replies.nodes, { settings, routing: replies.routing });
  return {
    nodes,
    diskWatched: settings === undefined ? undefined : isWatched(settings, nodes),
    freeShards: freeShardsIn(settings, nodes, replies.metadata),
  };
};
