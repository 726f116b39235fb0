import type { SearchEngine } from '@tandem/engine/port.ts';
import { CLUSTER_UUID, ENGINE_VERSION, INDEX_VERSION, indices, REPOSITORY_UUID } from './optimize-engine.ts';

const listing = indices.map((index) => ({ ...index, open: true }));

/** The stub's responses, without a call. It contains no snapshot and takes none. */
export const engineFromMemory = (): SearchEngine => ({
  info: async () => ({
    kind: 'elasticsearch',
    version: ENGINE_VERSION,
    newestReadable: INDEX_VERSION,
    major: Number.parseInt(ENGINE_VERSION, 10),
    clusterUuid: CLUSTER_UUID,
  }),
  listIndices: async () => listing,
  readOptimizeMetadata: async () => undefined,
  readRepository: async (name) => ({
    name,
    type: 'fs',
    uuid: REPOSITORY_UUID,
    settingsDigest: 'bench',
    readOnly: undefined,
    snapshotsLeft: undefined,
  }),
  listRepositories: async () => [],
  putRepository: () => Promise.reject(new Error('no repository is registered here')),
  findSnapshots: async () => [],
  listSnapshots: async () => [],
  startSnapshot: () => Promise.reject(new Error('no snapshot is taken here')),
  verifyRepository: async () => [],
  snapshotProgress: async () => ({ shards: 0, shardsDone: 0, bytes: 0, bytesDone: 0, startedAt: undefined }),
  deleteSnapshot: () => Promise.reject(new Error('no snapshot is deleted here')),
  close: async () => undefined,
});
