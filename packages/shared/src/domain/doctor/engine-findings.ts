import { cutList } from '../cut-list.ts';
import type { EngineKind } from '../engine-kind.ts';
import { nameList } from '../name-list.ts';
import type { ClusterConditions, EngineCapacity } from '../restore/plan/cluster-facts.ts';
import { SUPPORTED_ENGINES } from '../supported-engines.ts';
import type { NodeFacts } from './facts.ts';
import { type Finding, failed, notKnown, ok, warn } from './finding.ts';

const NOT_ALLOWED = 'The engine does not report it to this user, as is usual for managed services.';

/** Its kind and version. The adapter rejects one that is too old, or of another kind, with ENGINE_UNSUPPORTED. */
export const engineFinding = ({ kind, version }: { readonly kind: EngineKind; readonly version: string }): Finding => {
  const { label, newestMajor, words } = SUPPORTED_ENGINES[kind];
  const evidence = { kind, version };
  if (Number.parseInt(version, 10) <= newestMajor) return ok('engine', `${label} ${version}.`, evidence);
  return warn(
    'engine',
    `${label} ${version} is newer than any that was tested.`,
    `Tandem is tested with ${label} ${words}.`,
    evidence,
  );
};

/** Warnings of the addresses come from the adapter, each with its remedy. */
export const engineClusterFinding = (
  clusterUuid: string,
  recorded: string | undefined,
  addressWarnings: readonly string[],
  refusal: string | undefined,
): Finding => {
  const evidence = { clusterUuid, recorded: recorded ?? '' };
  const check = 'engine-cluster';
  if (refusal !== undefined) return failed(check, refusal, 'List addresses of one cluster that respond.', evidence);
  if (addressWarnings.length > 0)
    return warn(check, addressWarnings.join(' '), 'Remove or repair those addresses.', evidence);
  if (recorded === undefined) return ok(check, `Cluster ${clusterUuid}; no backup is recorded yet.`, evidence);
  if (recorded === clusterUuid) return ok(check, `Cluster ${clusterUuid}, as recorded with the last backup.`, evidence);
  return warn(
    check,
    `This is cluster ${clusterUuid}; the last backup was taken in ${recorded}.`,
    'If Optimize has not moved, correct the address of the engine.',
    evidence,
  );
};

/** One version on all nodes, unless an upgrade is under way. */
export const engineVersionsFinding = (nodes: readonly NodeFacts[] | undefined): Finding => {
  const check = 'engine-versions';
  if (nodes === undefined) return notKnown(check, NOT_ALLOWED, undefined);
  const versions = [...new Set(nodes.map(({ version }) => version))].sort();
  const evidence = {
    ...cutList(
      'nodes',
      nodes.map(({ name, version }) => `${name} ${version}`),
    ),
    versions,
  };
  const counted = `${nodes.length} ${nodes.length === 1 ? 'node' : 'nodes'}`;
  if (versions.length <= 1) return ok(check, `${counted}, all ${versions[0] ?? ''}.`, evidence);
  return warn(
    check,
    `${counted} of ${versions.length} versions: ${nameList(versions)}.`,
    'Finish the rolling upgrade; until then the oldest node decides what can be restored.',
    evidence,
  );
};

const GIB = 1024 ** 3;

/** Bytes that may be written before the low watermark, below which a warning is due. */
const LITTLE = GIB;

const sizeOf = (bytes: number): string =>
  bytes < GIB ? `${Math.round(bytes / 1024 ** 2)} MiB` : `${(bytes / GIB).toFixed(1)} GiB`;

/** Beyond the low watermark no shard of a restore is allocated to a node. */
export const diskFinding = ({ nodes, diskWatched }: Pick<EngineCapacity, 'nodes' | 'diskWatched'>): Finding => {
  const check = 'engine-disk';
  const measured = (nodes ?? []).flatMap(({ name, freeBytes }) =>
    freeBytes === undefined ? [] : [{ name, freeBytes }],
  );
  const [fullest] = measured.toSorted((one, other) => one.freeBytes - other.freeBytes);
  if (nodes === undefined || fullest === undefined) return notKnown(check, NOT_ALLOWED, undefined);
  const evidence = { nodes: nodes.length, fullestNode: fullest.name, bytesToLowWatermark: fullest.freeBytes };
  if (diskWatched === false)
    return ok(check, 'The engine ignores its disk watermarks (cluster.routing.allocation.disk).', evidence);
  const short = measured.filter(({ freeBytes }) => freeBytes < LITTLE).map(({ name }) => name);
  if (short.length === 0)
    return ok(check, `${sizeOf(fullest.freeBytes)} or more left to the low watermark on each data node.`, evidence);
  const remedy = 'Free disk space or add a data node: beyond the watermark no shard of a restore is allocated there.';
  const beyond = fullest.freeBytes < 0;
  const summary = beyond
    ? `The disk of ${nameList(short)} is ${sizeOf(-fullest.freeBytes)} beyond the low watermark.`
    : `The disk of ${nameList(short)} has only ${sizeOf(fullest.freeBytes)} left to the low watermark.`;
  return (beyond && short.length === nodes.length ? failed : warn)(check, summary, remedy, { ...evidence, short });
};

/** A restore beside the existing indices, such as a rehearsal, needs about as many shards as Optimize has. */
export const shardsFinding = ({ freeShards }: Pick<EngineCapacity, 'freeShards'>, optimizeIndices: number): Finding => {
  const check = 'engine-shards';
  if (freeShards === undefined) return notKnown(check, NOT_ALLOWED, undefined);
  const evidence = { freeShards, optimizeIndices };
  const remedy = 'Raise cluster.max_shards_per_node, delete unused indices, or add a data node.';
  if (freeShards <= 0) return failed(check, 'The cluster opens no more shards.', remedy, evidence);
  if (freeShards < optimizeIndices)
    return warn(
      check,
      `Only ${freeShards} more shards may be opened: too few for a rehearsal of ${optimizeIndices} indices.`,
      remedy,
      evidence,
    );
  return ok(check, `${freeShards} more shards may be opened.`, evidence);
};

const ALLOCATION = 'cluster.routing.allocation.';

/** Without allocation no restored index becomes green. */
export const allocationFinding = ({ settings }: Pick<ClusterConditions, 'settings'>): Finding => {
  const check = 'engine-allocation';
  if (settings === undefined) return notKnown(check, NOT_ALLOWED, undefined);
  const enable = settings[`${ALLOCATION}enable`];
  const others = Object.keys(settings).filter((name) => name.startsWith(ALLOCATION) && name !== `${ALLOCATION}enable`);
  const evidence = { enable: enable ?? 'all', alsoSet: others };
  if (enable === undefined || enable === 'all') return ok(check, 'Shards are allocated.', evidence);
  const remedy = `Set ${ALLOCATION}enable to all, or remove it: PUT _cluster/settings.`;
  return enable === 'primaries'
    ? warn(check, `${ALLOCATION}enable is primaries: no replica is allocated.`, remedy, evidence)
    : failed(check, `${ALLOCATION}enable is ${enable}: no restore can end.`, remedy, evidence);
};

const isSet = (settings: Readonly<Record<string, string>>, name: string): boolean => settings[name] === 'true';

/** Blocks of the cluster, and of Optimize's indices. */
export const blocksFinding = ({
  settings,
  indexBlocks,
}: Pick<ClusterConditions, 'settings' | 'indexBlocks'>): Finding => {
  const check = 'engine-blocks';
  if (settings === undefined && indexBlocks === undefined) return notKnown(check, NOT_ALLOWED, undefined);
  const cluster = ['cluster.blocks.read_only', 'cluster.blocks.read_only_allow_delete'].filter((name) =>
    isSet(settings ?? {}, name),
  );
  const blocked = [...(indexBlocks ?? [])].map(([name, blocks]) => `${name} (${blocks.join(', ')})`);
  const evidence = { cluster, ...cutList('indices', blocked) };
  if (cluster.length > 0)
    return failed(
      check,
      `The cluster is read-only: ${cluster.join(', ')} is true.`,
      'Remove it: PUT _cluster/settings with null.',
      evidence,
    );
  const flooded = [...(indexBlocks ?? [])].filter(([, blocks]) => blocks.includes('read_only_allow_delete'));
  if (flooded.length > 0)
    return failed(
      check,
      `${flooded.length} of Optimize's indices are read_only_allow_delete: a disk went beyond the flood stage.`,
      'Free disk space; the engine lifts the block then (older versions: PUT INDEX/_settings with null).',
      evidence,
    );
  if (blocked.length > 0)
    return warn(
      check,
      `Optimize's indices are blocked: ${nameList(blocked, { max: 5 })}.`,
      'Lift the blocks unless a restore is running: PUT INDEX/_settings.',
      evidence,
    );
  return ok(check, 'Neither the cluster nor an index of Optimize is blocked.', evidence);
};

/** A red index of Optimize cannot be saved. */
export const healthFinding = (
  { redIndices }: Pick<ClusterConditions, 'redIndices'>,
  optimizeIndices: ReadonlySet<string>,
): Finding => {
  const check = 'engine-health';
  if (redIndices === undefined) return notKnown(check, NOT_ALLOWED, undefined);
  const ours = redIndices.filter((name) => optimizeIndices.has(name));
  const evidence = cutList('red', redIndices);
  const remedy = 'Ask the engine why: GET _cluster/allocation/explain.';
  if (ours.length > 0)
    return failed(
      check,
      `Red indices of Optimize, which cannot be backed up: ${nameList(ours, { max: 5 })}.`,
      remedy,
      evidence,
    );
  if (redIndices.length > 0)
    return warn(check, `Red indices of others: ${nameList(redIndices, { max: 5 })}.`, remedy, evidence);
  return ok(check, 'No index is red.', evidence);
};
