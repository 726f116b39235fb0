import type { IndexEngine } from '../../index-port.ts';
import { forChunks } from '../name-chunks.ts';
import { capacityIn } from '../replies/capacity.ts';
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
} from '../replies/conditions.ts';
import { requireIndexNames } from '../request-rules.ts';
import type { EngineTransport, Send } from '../transport/engine-transport.ts';
import type { EngineRequest } from '../transport/http-client.ts';
import { whereAllowed, whereSecured } from '../where-allowed.ts';

const LENIENT = { ignore_unavailable: true, allow_no_indices: true, expand_wildcards: 'all' };

const under = (root: string, fields: readonly string[]): string => fields.map((field) => `${root}.${field}`).join();

const SHARD_NUMBERS = under('metadata.indices.*', [
  'state',
  'settings.index.number_of_shards',
  'settings.index.number_of_replicas',
  'settings.index.shard_limit.group',
]);
const SHARD_STATES = 'routing_nodes.nodes.*.state';
const NODE_FIELDS = under('nodes.*', ['name', 'host', 'ip', 'attributes', 'roles', 'fs.total']);
const COPY_FIELDS = under('indices.*.shards.*', ['routing.node', 'store.size_in_bytes']);

/** The dots belong to the names of flat settings. */
const settingsPath = (layers: string, names: readonly string[]): string =>
  names.map((name) => `${layers}.${name.replaceAll('.', '\\.')}`).join();

const CAPACITY_SETTINGS = settingsPath('*', ['cluster.routing.allocation.disk*', 'cluster.max_shards_per_node']);
const CONDITION_SETTINGS = settingsPath('*', ['cluster.routing.allocation.*', 'cluster.blocks.*']);

type Conditions = Pick<IndexEngine, 'capacity' | 'clusterConditions' | 'storedCopies' | 'aliasOwners'>;

const lackingOf = (send: Send, names: readonly string[]) => {
  const path = ['_security', 'user', '_has_privileges'];
  return whereSecured(send({ method: 'POST', path, body: privilegesBody(names) }).then(lackingIn));
};

/** What decides whether the engine accepts and allocates restored indices. */
export const engineConditions = (transport: EngineTransport, masterTimeout: string): Conditions => {
  const master = { master_timeout: masterTimeout };
  const get = (send: Send, path: EngineRequest['path'], query: EngineRequest['query'] = {}) =>
    send({ method: 'GET', path, query });

  // a node's configuration file is among the defaults
  const settings = (send: Send, filter: string) =>
    get(send, ['_cluster', 'settings'], {
      ...master,
      include_defaults: true,
      flat_settings: true,
      filter_path: filter,
    });

  const indexBlocks = async (send: Send, names: readonly string[]) => {
    const blocks = await forChunks(names, async (chunk) => {
      const query = { ...master, ...LENIENT, filter_path: 'metadata.indices.*.settings.index.blocks' };
      return indexBlocksIn(await get(send, ['_cluster', 'state', 'metadata', chunk], query), chunk);
    });
    return new Map(blocks);
  };

  const redIndices = async (send: Send) => {
    const query = { ...master, level: 'indices', expand_wildcards: 'all', filter_path: 'indices.*.status' };
    return redIndicesIn(await get(send, ['_cluster', 'health'], query));
  };

  const storedCopies = (send: Send, names: readonly string[]) =>
    forChunks(names, async (chunk) => {
      const query = { ...LENIENT, level: 'shards', forbid_closed_indices: false, filter_path: COPY_FIELDS };
      return storedCopiesIn(await get(send, [chunk, '_stats', 'store'], query));
    });

  // the get-alias API without index names is refused as soon as any index of the cluster has a metadata block
  const ownersOf = (send: Send, aliases: readonly string[]) =>
    forChunks(aliases, async (chunk) => {
      const query = { expand_wildcards: 'all', filter_path: 'aliases' };
      const patterns = chunk.map((alias) => `${alias}*`);
      return aliasIndicesIn(await get(send, ['_resolve', 'index', patterns], query), chunk);
    });

  const aliasOwners = async (send: Send, aliases: readonly string[]) => {
    const indices = [...new Set(await ownersOf(send, aliases))];
    const owners = await forChunks(indices, async (chunk) =>
      aliasOwnersIn(await send({ method: 'GET', path: [chunk, '_alias'], query: LENIENT, ignore: [404] })),
    );
    return owners.filter(({ alias }) => aliases.includes(alias)).sort(byAliasAndIndex);
  };

  return {
    capacity: () =>
      transport.run('capacity', async (send) => {
        const [nodes, flat, metadata, routing] = await Promise.all([
          whereAllowed(get(send, ['_nodes', 'stats', 'fs'], { filter_path: NODE_FIELDS, timeout: masterTimeout })),
          whereAllowed(settings(send, CAPACITY_SETTINGS)),
          whereAllowed(get(send, ['_cluster', 'state', 'metadata'], { ...master, filter_path: SHARD_NUMBERS })),
          whereAllowed(get(send, ['_cluster', 'state', 'routing_nodes'], { ...master, filter_path: SHARD_STATES })),
        ]);
        return capacityIn({ nodes, settings: flat, metadata, routing });
      }),

    clusterConditions: (names) =>
      transport.run('clusterConditions', async (send) => {
        requireIndexNames(names);
        const [flat, blocks, lacking, red] = await Promise.all([
          whereAllowed(settings(send, CONDITION_SETTINGS).then(conditionSettingsIn)),
          whereAllowed(indexBlocks(send, names)),
          lackingOf(send, names),
          whereAllowed(redIndices(send)),
        ]);
        return { settings: flat, indexBlocks: blocks, lacking, redIndices: red };
      }),

    storedCopies: (names) =>
      transport.run('storedCopies', async (send) => {
        requireIndexNames(names);
        return whereAllowed(storedCopies(send, names));
      }),

    aliasOwners: (aliases) =>
      transport.run('aliasOwners', async (send) => {
        requireIndexNames(aliases);
        return whereAllowed(aliasOwners(send, aliases));
      }),
  };
};
