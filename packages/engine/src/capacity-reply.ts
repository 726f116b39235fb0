import type { EngineCapacity } from './index-port.ts';
import { countAt, type Fields, fieldsAt, isFields, optional, textsAt } from './reply-fields.ts';

export type CapacityReplies = {
  /** `GET /_nodes/stats/fs` */
  readonly nodes: unknown;
  /** `GET /_cluster/settings` with defaults, flat. */
  readonly settings: unknown;
  /** `GET /_cluster/state/metadata`: state and shard numbers of all indices. */
  readonly metadata: unknown;
};

const FLOOD_STAGE = 'cluster.routing.allocation.disk.watermark.flood_stage';
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
  const most = headroom === undefined ? undefined : bytesOf(headroom); // "-1": there is no limit
  return Math.min(total * (1 - share), most ?? Number.POSITIVE_INFINITY);
};

type Texts = Readonly<Record<string, string>>;

const settingsIn = (reply: unknown): Texts => {
  const { defaults, persistent, transient } = fieldsAt(reply, 'the answer');
  const layers = [defaults, persistent, transient].map((layer) => optional(fieldsAt, layer, 'settings') ?? {});
  return Object.assign({}, ...layers);
};

type DataNode = { readonly roles: readonly string[]; readonly total: number; readonly available: number };

const isDataRole = (role: string): boolean => role === 'data' || (role.startsWith('data_') && role !== 'data_frozen');

/** Nodes of the frozen tier alone hold no indices of this kind, and have their own limits. */
const dataNodesIn = (reply: unknown): readonly DataNode[] =>
  Object.entries(optional(fieldsAt, fieldsAt(reply, 'the answer').nodes, 'nodes') ?? {})
    .map(([id, value]) => {
      const node = fieldsAt(value, id);
      const disk = fieldsAt(fieldsAt(node.fs, `${id}.fs`).total, `${id}.fs.total`);
      return {
        roles: textsAt(node.roles, `${id}.roles`),
        total: countAt(disk.total_in_bytes, `${id}.fs.total.total_in_bytes`),
        available: countAt(disk.available_in_bytes, `${id}.fs.total.available_in_bytes`),
      };
    })
    .filter(({ roles }) => roles.some(isDataRole));

const freeBytes = ({ total, available }: DataNode, settings: Texts): readonly number[] => {
  const isWatched = settings['cluster.routing.allocation.disk.threshold_enabled'] !== 'false';
  const watermark = settings[FLOOD_STAGE];
  if (isWatched && watermark === undefined) return [];
  const reserved =
    isWatched && watermark !== undefined ? reservedBytes(total, watermark, settings[`${FLOOD_STAGE}.max_headroom`]) : 0;
  return reserved === undefined ? [] : [Math.max(0, Math.floor(available - reserved))];
};

const shardsOf = (value: unknown): number => {
  const index = isFields(value) && value.state === 'open' ? value.settings : undefined;
  const settings = isFields(index) ? index.index : undefined;
  if (!isFields(settings)) return 0;
  return Number(settings.number_of_shards ?? 1) * (1 + Number(settings.number_of_replicas ?? 0));
};

/** As the engine counts them: of open indices, replicas included, assigned or not. */
const openShardsIn = (reply: unknown): number => {
  const metadata = optional(fieldsAt, fieldsAt(reply, 'the answer').metadata, 'metadata');
  const indices: Fields = optional(fieldsAt, metadata?.indices, 'metadata.indices') ?? {};
  return Object.values(indices).reduce((sum: number, index) => sum + shardsOf(index), 0);
};

export const capacityIn = (replies: CapacityReplies): EngineCapacity => {
  const nodes = dataNodesIn(replies.nodes);
  const settings = settingsIn(replies.settings);
  const limit = Number(settings['cluster.max_shards_per_node']);
  const free = limit * nodes.length - openShardsIn(replies.metadata);
  return {
    freeBytes: nodes.flatMap((node) => freeBytes(node, settings)),
    freeShards: Number.isSafeInteger(free) ? Math.max(0, free) : undefined,
  };
};
