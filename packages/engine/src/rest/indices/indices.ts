import type { IndexFacts, IndexFigures, IndexOperations } from '@tandem/shared/domain/restore/manifest/index-facts.ts';
import type { IndexEngine } from '../../index-port.ts';
import { engineConditions } from '../conditions/conditions.ts';
import { engineFailure } from '../failures/failure.ts';
import { forChunks } from '../name-chunks.ts';
import {
  blockedFactsIn,
  createdVersionsIn,
  documentsIn,
  factsIn,
  type IndexState,
  operationsIn,
  refusedToClose,
  type ShardFigures,
  shardFiguresIn,
  statesIn,
} from '../replies/index-replies.ts';
import { isReady, recoveriesIn, recoveryOf, runningSnapshotsIn } from '../replies/recovery.ts';
import { settingsIn } from '../replies/template.ts';
import { requireTrue } from '../reply-fields.ts';
import { isPlainName, requireIndexNames, requirePlainName } from '../request-rules.ts';
import { startRestore } from '../snapshots/restore.ts';
import type { EngineTransport, Send } from '../transport/engine-transport.ts';
import { whereAllowed } from '../where-allowed.ts';
import { withExplanations } from './explain-shards.ts';
import { chooseTemplates } from './template-choice.ts';
import { allTemplates, putTemplates } from './templates.ts';

type Order = Parameters<IndexEngine['measureIndices']>[1];

/** Names are exact, closed and hidden ones count, and what is not there is left out. */
const LENIENT = { ignore_unavailable: true, allow_no_indices: true, expand_wildcards: 'all' };

const under = (root: string, fields: readonly string[]): string => fields.map((field) => `${root}.${field}`).join();

const STATE_FIELDS = [
  under('metadata.indices.*', ['state', 'settings.index.uuid', 'settings.index.blocks']),
  under('routing_table.indices.*.shards.*', [
    'primary',
    'shard',
    'state',
    'recovery_source',
    'unassigned_info.reason',
    'unassigned_info.allocation_status',
    'unassigned_info.details',
  ]),
].join();

const SEQUENCE_FIELDS = under('indices.*.shards.*', ['routing.primary', 'seq_no']);
const STATS_FIELDS = ['indices.*.primaries.store.size_in_bytes', SEQUENCE_FIELDS].join();

const RECOVERY_FIELDS = under('*.shards', ['type', 'primary', 'source', 'index.size']);
const POLICY_FIELDS = under('metadata.indices.*', ['settings.index\\.lifecycle\\.name']);

const CREATED_FIELDS = under('metadata.indices.*', ['settings.index.version.created']);

const BLOCKED_FIELDS = under('metadata.indices.*', ['settings', 'mappings', 'aliases']);

/** Every API but that of the cluster state refuses to describe an index that is blocked for `metadata`. */
const isReadable = ({ blocks }: IndexState): boolean => !blocks.includes('metadata');

const namesOf = (states: ReadonlyMap<string, IndexState>, accept: (state: IndexState) => boolean): readonly string[] =>
  [...states].filter(([, state]) => accept(state)).map(([name]) => name);

const byName = (one: { readonly name: string }, other: { readonly name: string }): number =>
  one.name < other.name ? -1 : 1;

/** The index half of the adapter; `masterTimeout` in the engine's format. */
export const engineIndices = (transport: EngineTransport, masterTimeout: string): IndexEngine => {
  const master = { master_timeout: masterTimeout };

  const statesOf = async (send: Send, names: readonly string[]): Promise<ReadonlyMap<string, IndexState>> => {
    const chunks = await forChunks(names, async (chunk) => {
      const path = ['_cluster', 'state', 'metadata,routing_table'.split(','), chunk];
      const query = { ...master, ...LENIENT, filter_path: STATE_FIELDS };
      return [...statesIn(await send({ method: 'GET', path, query }), chunk)];
    });
    return new Map(chunks);
  };

  const describe = async (send: Send, chunk: readonly string[]): Promise<readonly IndexFacts[]> => {
    const states = await statesOf(send, chunk);
    const readable = namesOf(states, isReadable);
    const blocked = namesOf(states, (state) => !isReadable(state));
    const query = { ...master, ...LENIENT, flat_settings: true };
    const facts = readable.length === 0 ? [] : factsIn(await send({ method: 'GET', path: [readable], query }), states);
    if (blocked.length === 0) return facts;
    const path = ['_cluster', 'state', 'metadata', blocked];
    const reply = await send({ method: 'GET', path, query: { ...query, filter_path: BLOCKED_FIELDS } });
    return [...facts, ...blockedFactsIn(reply, states)];
  };

  /** Only of indices that the engine allows to be read. */
  const recoveries = async (send: Send, states: ReadonlyMap<string, IndexState>) => {
    const readable = namesOf(states, isReadable);
    if (readable.length === 0) return new Map<string, never>();
    const query = { ...LENIENT, filter_path: RECOVERY_FIELDS };
    return recoveriesIn(await send({ method: 'GET', path: [readable, '_recovery'], query }));
  };

  const requireAllReady = (states: ReadonlyMap<string, IndexState>): void => {
    const [name] = [...states].find(([, state]) => !isReady(state)) ?? [];
    if (name === undefined) return;
    const reason = `not all primary shards of ${name} are started`;
    throw engineFailure('ENGINE_BUSY', transport.contextOf('measureIndices'), { reason });
  };

  const count = async (send: Send, names: readonly string[]): Promise<ReadonlyMap<string, number>> => {
    await send({ method: 'POST', path: [names, '_refresh'] });
    const aggs = { by_index: { terms: { field: '_index', size: names.length } } };
    const query = { allow_partial_search_results: false, filter_path: 'aggregations.by_index.buckets' };
    const body = { size: 0, track_total_hits: false, aggs };
    return documentsIn(await send({ method: 'POST', path: [names, '_search'], query, body }));
  };

  // read first: count only completed operations; read last: count all that may have begun
  const figures = async (send: Send, names: readonly string[], order: Order) => {
    const query = { level: 'shards', filter_path: STATS_FIELDS };
    const reply = await send({ method: 'GET', path: [names, '_stats', 'docs,store'.split(',')], query });
    return shardFiguresIn(reply, order === 'operations-first' ? 'local_checkpoint' : 'max_seq_no');
  };

  const measure = async (send: Send, names: readonly string[], order: Order): Promise<readonly IndexFigures[]> => {
    const states = await statesOf(send, names);
    const open = new Map([...states].filter(([, state]) => state.open));
    requireAllReady(open);
    if (open.size === 0) return [];
    const before = order === 'operations-first' ? await figures(send, [...open.keys()], order) : undefined;
    const documents = await count(send, [...open.keys()]);
    const shards = before ?? (await figures(send, [...open.keys()], order));
    return [...open].map(([name, state]) => {
      const { operations, primaryBytes } = completeFigures(name, state, shards.get(name));
      return { name, documents: documents.get(name) ?? 0, operations, primaryBytes };
    });
  };

  const operationsOf = async (send: Send, chunk: readonly string[]): Promise<readonly IndexOperations[]> => {
    const states = await statesOf(send, chunk);
    const ready = namesOf(states, (state) => state.open && isReadable(state) && isReady(state));
    if (ready.length === 0) return [];
    const query = { ...LENIENT, level: 'shards', filter_path: SEQUENCE_FIELDS };
    const found = operationsIn(await send({ method: 'GET', path: [ready, '_stats', 'docs'], query }));
    // a shard that moves may be missing from one reply
    return found
      .filter(({ name, primaries }) => states.get(name)?.primaries.length === primaries)
      .map(({ name, operations }) => ({ name, operations }));
  };

  const completeFigures = (name: string, { primaries }: IndexState, found: ShardFigures | undefined): ShardFigures => {
    if (found?.primaries === primaries.length) return found;
    const reason = `the engine reports figures of ${found?.primaries ?? 0} of ${primaries.length} primary shards of ${name}`;
    throw engineFailure('ENGINE_BUSY', transport.contextOf('measureIndices'), { reason });
  };

  return {
    describeIndices: (names) =>
      transport.run('describeIndices', async (send) => {
        requireIndexNames(names);
        return [...(await forChunks(names, (chunk) => describe(send, chunk)))].sort(byName);
      }),

    createdVersions: (prefix) =>
      transport.run('createdVersions', async (send) => {
        requirePlainName('index prefix', prefix);
        const path = ['_cluster', 'state', 'metadata', `${prefix}-*`];
        const query = { ...master, ...LENIENT, filter_path: CREATED_FIELDS };
        return [...createdVersionsIn(await send({ method: 'GET', path, query }))].sort(byName);
      }),

    measureIndices: (names, order) =>
      transport.run('measureIndices', async (send) => {
        requireIndexNames(names);
        return [...(await forChunks(names, (chunk) => measure(send, chunk, order)))].sort(byName);
      }),

    readOperations: (names) =>
      transport.run('readOperations', async (send) => {
        requireIndexNames(names);
        return [...(await forChunks(names, (chunk) => operationsOf(send, chunk)))].sort(byName);
      }),

    readTemplates: (prefix, names) =>
      transport.run('readTemplates', async (send) => {
        requirePlainName('index prefix', prefix);
        requireIndexNames(names);
        const all = await allTemplates(send, master);
        const settings = await forChunks(names, async (chunk) => {
          // the index API refuses one that is blocked for metadata
          const path = ['_cluster', 'state', 'metadata', chunk];
          const query = { ...master, ...LENIENT, flat_settings: true, filter_path: POLICY_FIELDS };
          return settingsIn(await send({ method: 'GET', path, query }));
        });
        return chooseTemplates(all, { prefix, names, settings });
      }),

    putTemplates: (templates) => transport.run('putTemplates', (send) => putTemplates(send, master, templates)),

    startRestore: (restore) =>
      transport.run('startRestore', async (send) => {
        if (isPlainName(restore.repository)) return startRestore({ transport, masterTimeout, statesOf }, send, restore);
        const reason = 'no repository can have such a name';
        throw engineFailure('REPOSITORY_UNKNOWN', transport.contextOf('startRestore'), { reason });
      }),

    indexRecoveries: (names) =>
      transport.run('indexRecoveries', async (send) => {
        requireIndexNames(names);
        const all = await forChunks(names, async (chunk) => {
          // the source of a restored shard is in the cluster state until the shard is started, and in its recovery afterwards
          const states = await statesOf(send, chunk);
          const found = await recoveries(send, states);
          const all = [...states].map(([name, state]) => recoveryOf(name, state, found.get(name) ?? []));
          return withExplanations(send, states, all);
        });
        return [...all].sort(byName);
      }),

    deleteIndices: (names) =>
      transport.run('deleteIndices', async (send) => {
        requireIndexNames(names);
        const query = { ...master, ignore_unavailable: true, allow_no_indices: true, expand_wildcards: 'none' };
        await forChunks(names, async (chunk) => {
          requireTrue(await send({ method: 'DELETE', path: [chunk], query }), 'acknowledged');
          return [];
        });
      }),

    closeIndices: (names) =>
      transport.run('closeIndices', async (send) => {
        requireIndexNames(names);
        await forChunks(names, async (chunk) => {
          // an alias would be resolved to its index
          const open = namesOf(await statesOf(send, chunk), (state) => state.open);
          if (open.length === 0) return [];
          const query = { ...master, ...LENIENT, wait_for_active_shards: '0' };
          const refusal = refusedToClose(await send({ method: 'POST', path: [open, '_close'], query }));
          if (refusal === undefined) return [];
          throw engineFailure('ENGINE_REFUSED', transport.contextOf('closeIndices'), { reason: refusal });
        });
      }),

    setIndexBlock: (names, block, change) =>
      transport.run('setIndexBlock', async (send) => {
        requireIndexNames(names);
        const body = { [`index.blocks.${block}`]: change === 'set' ? true : null };
        await forChunks(names, async (chunk) => {
          // an alias would be resolved to its index
          const there = [...(await statesOf(send, chunk)).keys()];
          if (there.length === 0) return [];
          const path = [there, '_settings'];
          requireTrue(await send({ method: 'PUT', path, query: { ...master, ...LENIENT }, body }), 'acknowledged');
          return [];
        });
      }),

    runningSnapshots: () =>
      transport.run('runningSnapshots', async (send) => {
        const fields = under('snapshots', ['repository', 'snapshot', 'indices.*.shards_stats.total']);
        const query = { ...master, filter_path: fields };
        const reply = await whereAllowed(send({ method: 'GET', path: ['_snapshot', '_status'], query }));
        return reply === undefined ? undefined : runningSnapshotsIn(reply);
      }),

    ...engineConditions(transport, masterTimeout),
  };
};
