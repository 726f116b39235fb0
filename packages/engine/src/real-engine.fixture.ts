import { setTimeout as sleep } from 'node:timers/promises';
import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import type { EngineFixture } from './conformance.ts';
import { aliasesOf } from './in-memory/world.ts';

type Body = Record<string, unknown>;

/** A client as plain as possible, for what tests do to an engine behind the adapter's back. */
export const askEngine =
  (url: string) =>
  async (method: string, path: string, body?: Body): Promise<Body> => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer = (await response.json()) as Body;
    if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
    return answer;
  };

type Routing = { indices?: Record<string, { shards: Record<string, { primary: boolean; state: string }[]> }> };

const primariesIn = ({ routing_table: routing }: Body) =>
  Object.values((routing as Routing | undefined)?.indices ?? {})
    .flatMap(({ shards }) => Object.values(shards).flat())
    .filter(({ primary }) => primary);

const oneShard = { number_of_shards: 1, number_of_replicas: 0 };

const LIMITS = { 'to save': 'max_snapshot_bytes_per_sec', 'to restore': 'max_restore_bytes_per_sec' } as const;

/** `repositoriesPath` is a folder that the engine may write to. */
export const realEngineFixture = (url: string, repositoriesPath: string): EngineFixture => {
  const ask = askEngine(url);
  return {
    async createIndex(name, docs, options = {}) {
      const { closed = false, hidden = false, mappings, settings = {}, primaries = 1, replicas = 0 } = options;
      await ask('PUT', `/${name}?wait_for_active_shards=1`, {
        settings: {
          number_of_shards: primaries,
          number_of_replicas: replicas,
          ...(hidden ? { hidden } : {}),
          ...settings,
        },
        aliases: aliasesOf(options),
        ...omitUndefined({ mappings }),
      });
      for (let id = 0; id < docs; id += 1) await ask('PUT', `/${name}/_doc/${id}`, { id });
      if (closed) await ask('POST', `/${name}/_close?wait_for_active_shards=1`);
    },
    async addDocuments(name, documents) {
      for (const document of documents) await ask('POST', `/${name}/_doc`, { ...document });
    },
    async createRepository(name, slow) {
      const location = `${repositoriesPath}/${name}-${process.pid}`;
      const limit = slow === undefined ? {} : { [LIMITS[slow]]: '10kb' };
      await ask('PUT', `/_snapshot/${name}`, { type: 'fs', settings: { location, ...limit } });
    },
    async setClusterSettings(settings) {
      await ask('PUT', '/_cluster/settings', { persistent: settings });
    },
    async setReadOnly(name, readonly) {
      const location = `${repositoriesPath}/${name}-${process.pid}`;
      await ask('PUT', `/_snapshot/${name}`, { type: 'fs', settings: { location, readonly } });
    },
    async limitSnapshots(name, max) {
      const location = `${repositoriesPath}/${name}-${process.pid}`;
      const limit = omitUndefined({ max_number_of_snapshots: max });
      await ask('PUT', `/_snapshot/${name}`, { type: 'fs', settings: { location, ...limit } });
    },
    async moveRepository(name, folder = name) {
      const location = `${repositoriesPath}/${folder}-${process.pid}`;
      await ask('PUT', `/_snapshot/${name}`, { type: 'fs', settings: { location } });
    },
    async putMetadata(prefix, metadata) {
      const aliases = { [`${prefix}-metadata`]: {} };
      await ask('PUT', `/${prefix}-metadata_v3`, { settings: oneShard, aliases });
      await ask('PUT', `/${prefix}-metadata_v3/_doc/1`, { ...metadata });
    },
    async makeForeignSnapshot(repository, name, indices) {
      const metadata = { made: 'by hand', tandem: 'not ours' };
      await ask('PUT', `/_snapshot/${repository}/${name}?wait_for_completion=true`, { indices, metadata });
    },
    async finishSnapshots(repository) {
      for (;;) {
        const { snapshots } = await ask('GET', `/_snapshot/${repository}/_current`);
        if (Array.isArray(snapshots) && snapshots.length === 0) return;
        await sleep(20);
      }
    },
    async finishRestores(indices) {
      // the cluster's health is no guide: an index that waits for its restore is yellow; other APIs refuse a blocked index
      const fields = 'routing_table.indices.*.shards.*.primary,routing_table.indices.*.shards.*.state';
      const path = `/_cluster/state/routing_table/${indices.join()}?filter_path=${fields}`;
      for (;;) {
        if (primariesIn(await ask('GET', path)).every(({ state }) => state === 'STARTED')) return;
        await sleep(20);
      }
    },
  };
};
