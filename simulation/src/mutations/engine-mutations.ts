import type { SearchEngine } from '@tandem/engine/port.ts';
import type { Snapshot } from '@tandem/shared/domain/backup/snapshot.ts';
import { type FailureCode, fail, isFailure } from '@tandem/shared/domain/failure/failure.ts';
import type { ClaimedOperation } from '@tandem/shared/domain/operation/claimed-operation.ts';
import type { Mutation } from './mutation.ts';

const withSeen = (engine: SearchEngine, change: (seen: readonly Snapshot[]) => readonly Snapshot[]): SearchEngine => ({
  ...engine,
  findSnapshots: async (repository, names) => change(await engine.findSnapshots(repository, names)),
});

/** A create that was rejected with the code is final, without a check of what became of it. */
const takenForFailure = (engine: SearchEngine, code: FailureCode): SearchEngine => ({
  ...engine,
  startSnapshot: async (snapshot) => {
    try {
      await engine.startSnapshot(snapshot);
    } catch (error) {
      if (!isFailure(error, code)) throw error;
      throw fail('ENGINE_REFUSED', `Taken for final: ${code}.`, { call: 'startSnapshot' });
    }
  },
});

/** A deletion takes whatever has the name for what it is to delete. */
const withEverySnapshotOurs = (engine: SearchEngine, { kind, backup }: ClaimedOperation): SearchEngine =>
  kind !== 'delete'
    ? engine
    : withSeen(engine, (seen) =>
        seen.map((snapshot) => {
          const recorded = backup.parts.find(({ snapshotName }) => snapshotName === snapshot.name)?.uuid;
          const { backupId, optimizeVersion, create, parts } = backup;
          const operationId = create?.operationId ?? '';
          const owner = { backupId, operationId, part: 1, of: parts.length, optimizeVersion, tandem: '0.1.0' };
          return { ...snapshot, uuid: recorded ?? snapshot.uuid, owner };
        }),
      );

/** Defects of how replies of the engine are read. */
export const engineMutations = {
  'metadata-not-compared': {
    about: 'a snapshot of the planned name is adopted whatever operation its metadata names',
    engine: (engine, { operationId, backup }) =>
      withSeen(engine, (seen) =>
        seen.map((snapshot) => {
          const part = backup.parts.find(({ snapshotName }) => snapshotName === snapshot.name)?.number ?? 0;
          const { backupId, optimizeVersion, parts } = backup;
          const owner = { backupId, operationId, part, of: parts.length, optimizeVersion, tandem: '0.1.0' };
          return { ...snapshot, owner };
        }),
      ),
  },
  'running-is-done': {
    about: 'part 2 begins while part 1 runs: accepted is taken for done',
    engine: (engine) =>
      withSeen(engine, (seen) =>
        seen.map((one) => (one.state === 'IN_PROGRESS' ? { ...one, state: 'SUCCESS', endedAt: one.startedAt } : one)),
      ),
  },
  'partial-is-success': {
    about: 'PARTIAL is taken for SUCCESS',
    engine: (engine) =>
      withSeen(engine, (seen) =>
        seen.map((one) =>
          one.state === 'PARTIAL' ? { ...one, state: 'SUCCESS', shards: { ...one.shards, failed: 0 } } : one,
        ),
      ),
  },
  'timeout-is-failure': {
    about: 'a create that timed out is taken for one that failed',
    engine: (engine) => takenForFailure(engine, 'ENGINE_TIMEOUT'),
  },
  'taken-name-is-failure': {
    about: 'a name that is in use fails the backup, without checking whose snapshot it is',
    engine: (engine) => takenForFailure(engine, 'SNAPSHOT_EXISTS'),
  },
  'not-resolved-again': {
    about: 'an index that was born after the plan is in no part',
    engine: (engine, { backup }) => {
      const planned = new Set(backup.parts.flatMap(({ indices }) => indices));
      return {
        ...engine,
        listIndices: async (prefix) => (await engine.listIndices(prefix)).filter(({ name }) => planned.has(name)),
      };
    },
  },
  'one-name-at-a-time': {
    about: 'no index gives away another installation: its metadata and import positions are not seen',
    engine: (engine) => ({
      ...engine,
      listIndices: async (prefix) =>
        (await engine.listIndices(prefix)).filter(
          ({ name }) => !/^optimize-(?!timestamp-based-imp|position-based-imp).+-(metadata|import-index)_v/.test(name),
        ),
    }),
  },
  'uuid-not-compared': { about: 'a deletion deletes whatever has the name', engine: withEverySnapshotOurs },
  'nodes-not-verified': {
    about: 'no worker verifies that every node can use the repository, and the backup is recorded as verified',
    engine: (engine) => ({ ...engine, verifyRepository: async () => [{ id: 'node-1', name: 'in-memory' }] }),
  },
} as const satisfies Readonly<Record<string, Mutation & { readonly about: string }>>;
