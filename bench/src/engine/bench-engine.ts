import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Stack } from '@tandem/local-stack/stack.ts';
import { keepAliveClient } from '../measure/keep-alive-client.ts';

export type SnapshotSeen = {
  readonly snapshot: string;
  readonly state: string;
  readonly indices: readonly string[];
  readonly shards: { readonly total: number; readonly failed: number };
};

export const UNLIMITED = '100gb';
/** A repository's default. */
export const AS_DELIVERED = '40mb';

/** Bare calls to the engine. Every status but 2xx rejects. */
export type BenchEngine = {
  readonly url: string;
  call(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: object | string): Promise<unknown>;
  /** An fs repository in a folder of its own with this limit of bytes per second. */
  makeRepository(name: string, perSecond: string): Promise<void>;
  /** Deletes the repository and its folder. */
  removeRepository(name: string): Promise<void>;
  /** Waits until it is done. Rejects unless it is SUCCESS. */
  takeSnapshot(repository: string, name: string, indices: readonly string[]): Promise<void>;
  snapshotsIn(repository: string): Promise<readonly SnapshotSeen[]>;
  /** Bytes that the snapshots of a repository hold, all files of each. */
  bytesIn(repository: string, names: readonly string[]): Promise<number>;
  close(): void;
};

const snapshotBody = (indices: readonly string[]) => ({
  indices,
  include_global_state: false,
  partial: false,
  ignore_unavailable: false,
  feature_states: ['none'],
});

export const benchEngine = ({ engineUrl, repositoriesPath }: Stack): BenchEngine => {
  const client = keepAliveClient();
  const folderOf = (name: string) => join(repositoriesPath ?? '', name);
  const call: BenchEngine['call'] = async (method, path, body) => {
    const reply = await client.send(method, `${engineUrl}/${path}`, body);
    if (reply.status < 300) return reply.body;
    throw new Error(`${method} ${path}: ${reply.status} ${JSON.stringify(reply.body).slice(0, 1_000)}`);
  };
  return {
    url: engineUrl,
    call,
    async makeRepository(name, perSecond) {
      const settings = { location: folderOf(name), max_snapshot_bytes_per_sec: perSecond };
      await call('PUT', `_snapshot/${name}`, { type: 'fs', settings });
    },
    async removeRepository(name) {
      await call('DELETE', `_snapshot/${name}`);
      rmSync(folderOf(name), { recursive: true, force: true });
    },
    async takeSnapshot(repository, name, indices) {
      const path = `_snapshot/${repository}/${name}?wait_for_completion=true`;
      const { snapshot } = (await call('PUT', path, snapshotBody(indices))) as { snapshot: SnapshotSeen };
      if (snapshot.state !== 'SUCCESS') throw new Error(`${name} ended ${snapshot.state}`);
    },
    async snapshotsIn(repository) {
      const { snapshots } = (await call('GET', `_snapshot/${repository}/_all`)) as { snapshots: SnapshotSeen[] };
      return snapshots;
    },
    async bytesIn(repository, names) {
      const { snapshots } = (await call('GET', `_snapshot/${repository}/${names.join(',')}/_status`)) as {
        snapshots: { stats: { total: { size_in_bytes: number } } }[];
      };
      return snapshots.reduce((sum, { stats }) => sum + stats.total.size_in_bytes, 0);
    },
    close: () => client.close(),
  };
};
