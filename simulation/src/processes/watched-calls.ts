import type { Engine } from '@tandem/engine/port.ts';
import type { Snapshot } from '@tandem/shared/domain/backup/snapshot.ts';
import { isFailure } from '@tandem/shared/domain/failure/failure.ts';
import type { ClaimedOperation } from '@tandem/shared/domain/operation/claimed-operation.ts';
import type { World } from '../scenario/world.ts';

/** Without an operation: the sweep's. */
export const withWatchedCalls = (world: World, engine: Engine, operation?: ClaimedOperation): Engine => {
  const { watch } = world;
  const seen = new Map<string, Snapshot>();
  return {
    ...engine,
    findSnapshots: async (repository, names) => {
      const found = await engine.findSnapshots(repository, names);
      for (const snapshot of found) seen.set(snapshot.name, snapshot);
      return found;
    },
    verifyRepository: async (name) => {
      try {
        return await engine.verifyRepository(name);
      } catch (error) {
        const isUnable = isFailure(error, 'REPOSITORY_UNAVAILABLE') && error.data.nodes !== undefined;
        for (const part of isUnable ? (operation?.backup.parts ?? []) : [])
          watch.excuse(part.snapshotName, 'a node could not use the repository');
        throw error;
      }
    },
    startSnapshot: (snapshot) => {
      watch.onSend(operation?.revision ?? 0, snapshot);
      return engine.startSnapshot(snapshot);
    },
    deleteSnapshot: (repository, name) => {
      if (operation === undefined) watch.onOrphanSend(name, seen.get(name));
      else watch.onDeleteSend(operation, name, seen.get(name));
      return engine.deleteSnapshot(repository, name);
    },
  };
};
