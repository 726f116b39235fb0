import type { Engine } from '@tandem/engine/port.ts';
import type { ClaimedOperation } from '@tandem/shared/domain/backup.ts';
import { isFailure } from '@tandem/shared/domain/failure.ts';
import { type RestoreMemory, type RestoreTask, readRestoreDetail } from '@tandem/shared/domain/restore-memory.ts';
import type { OperationJobHandler } from '@tandem/worker/jobs/job.ts';
import type { Mutation } from '../mutation.ts';

/** The operation as it would be claimed if it remembered something else. */
const remembering =
  (change: (memory: RestoreMemory) => Partial<RestoreMemory>) =>
  (handler: OperationJobHandler): OperationJobHandler =>
  (operation, tools) => {
    const { memory } = readRestoreDetail(operation.detail);
    const detail = { ...operation.detail, memory: { ...memory, ...change(memory) } };
    return handler({ ...operation, detail }, tools);
  };

/** The operation as it would be claimed if it had been requested otherwise. */
const withTask =
  (change: (task: RestoreTask) => Partial<RestoreTask>) =>
  (handler: OperationJobHandler): OperationJobHandler =>
  (operation, tools) => {
    const { task } = readRestoreDetail(operation.detail);
    return handler({ ...operation, detail: { ...operation.detail, task: { ...task, ...change(task) } } }, tools);
  };

/** Whatever has the name is what was written down. */
const withEveryIndexOurs = (engine: Engine, { detail }: ClaimedOperation): Engine => {
  const { restored } = readRestoreDetail(detail);
  return {
    ...engine,
    indexRecoveries: async (names) =>
      (await engine.indexRecoveries(names)).map((index) => ({ ...index, uuid: restored[index.name] ?? index.uuid })),
  };
};

/** Read to wait for it, and then passed over. */
const withoutFigures = (engine: Engine): Engine => ({
  ...engine,
  measureIndices: async (names, order) => {
    await engine.measureIndices(names, order);
    return [];
  },
});

/** What the engine accepted is there and whole, and what cannot be measured needs not be. */
const takenForRestored = (engine: Engine): Engine => ({
  ...engine,
  indexRecoveries: async (names) =>
    (await engine.indexRecoveries(names)).map((index) => ({ ...index, shardsDone: index.shards, failures: [] })),
  measureIndices: async (names, order) => {
    try {
      return await engine.measureIndices(names, order);
    } catch (error) {
      if (isFailure(error, 'ENGINE_BUSY')) return [];
      throw error;
    }
  },
});

/** A write block is taken for granted, and what was written since is not read. */
const withoutBlocksRead = (engine: Engine): Engine => ({
  ...engine,
  indexRecoveries: async (names) =>
    (await engine.indexRecoveries(names)).map((index) => ({ ...index, blocks: ['write' as const] })),
  measureIndices: async (names, order) =>
    (await engine.measureIndices(names, order)).map((figures) => ({ ...figures, operations: 0 })),
});

/** Sequence numbers look as if nothing had been written. */
const withoutOperations = (engine: Engine): Engine => ({
  ...engine,
  measureIndices: async (names, order) =>
    (await engine.measureIndices(names, order)).map((figures) => ({ ...figures, operations: 0 })),
});

/** What is restored can be written to at once. */
const withoutBlock = (engine: Engine): Engine => ({
  ...engine,
  startRestore: async ({ settings: _, ...restore }) => engine.startRestore(restore),
});

/** The deliberate defects of restores and rehearsals. */
export const restoreMutations = {
  'restored-uuid-not-compared': {
    about: 'an index is taken back by its name, whatever its uuid',
    restoreEngine: withEveryIndexOurs,
  },
  'manifest-not-compared': {
    about: 'the documents that came back are not compared with those of the manifest',
    restoreEngine: withoutFigures,
  },
  'accepted-is-restored': {
    about: 'a 200 of the engine is taken for restored: recoveries are not awaited',
    restoreEngine: takenForRestored,
  },
  'safety-not-taken': {
    about: 'what is there is deleted although no safety backup was taken',
    restoreHandler: withTask(() => ({ safetyBackupId: undefined })),
  },
  'block-not-checked': {
    about: 'a rollback deletes what it restored without reading whether it is still blocked and unchanged',
    restoreEngine: withoutBlocksRead,
  },
  'operations-not-compared': {
    about: 'sequence numbers are not compared before a rollback deletes',
    restoreEngine: withoutOperations,
  },
  'block-not-set': {
    about: 'a restore in place sends its parts without the write block',
    restoreEngine: withoutBlock,
  },
  'block-not-lifted': {
    about: 'a restore in place ends well without lifting its write block',
    restoreHandler: remembering(() => ({ blocksDone: true })),
  },
} as const satisfies Readonly<Record<string, Mutation & { readonly about: string }>>;
