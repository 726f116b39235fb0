import type { Engine } from '@tandem/engine/port.ts';
import type { OperationChange } from '@tandem/history/ports/ledger.ts';
import type { PartRecord } from '@tandem/shared/domain/backup/backup.ts';
import type { Snapshot } from '@tandem/shared/domain/backup/snapshot.ts';
import { backupIdOf } from '@tandem/shared/domain/backup/snapshot-name.ts';
import { isFailure } from '@tandem/shared/domain/failure/failure.ts';
import type { ClaimedOperation } from '@tandem/shared/domain/operation/claimed-operation.ts';
import { isSelection } from '@tandem/shared/domain/restore/plan/selection.ts';
import {
  partKey,
  type RestoreMemory,
  type RestoreReport,
  type RestoreTask,
  readRestoreDetail,
} from '@tandem/shared/domain/restore/run/restore-memory.ts';
import type { OperationJobHandler } from '@tandem/worker/jobs/job.ts';
import type { RestoreJob } from '@tandem/worker/jobs/restore/context.ts';
import type { Mutation } from '../mutations/mutation.ts';
import { FIRST_INDICES } from '../scenario/engine-side.ts';

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

/** Another index of part 2 comes back as well, where it is not there. */
const withAnother = (engine: Engine, { detail }: ClaimedOperation): Engine => {
  const { task } = readRestoreDetail(detail);
  const other = FIRST_INDICES.slice(OF_PART_1).find((name) => task.only?.includes(name) === false);
  if (!isSelection(task) || other === undefined) return engine;
  return {
    ...engine,
    startRestore: async (restore) => {
      const isThere = (await engine.describeIndices([other])).length > 0;
      const isSent = !isThere && restore.snapshot.endsWith('_part_2_of_2');
      return engine.startRestore(isSent ? { ...restore, indices: [...restore.indices, other] } : restore);
    },
  };
};
const OF_PART_1 = 3;

/** Whatever has the name is what was written down. */
const withEveryIndexOurs = (engine: Engine, { detail }: ClaimedOperation): Engine => {
  const { restored } = readRestoreDetail(detail);
  return {
    ...engine,
    indexRecoveries: async (names) =>
      (await engine.indexRecoveries(names)).map((index) => ({ ...index, uuid: restored[index.name] ?? index.uuid })),
  };
};

/** Nothing is seen under the names of a part that was not sent yet. */
const withoutLooking = (engine: Engine, { detail }: ClaimedOperation): Engine => {
  const { task, memory } = readRestoreDetail(detail);
  const unsent = task.parts.filter((part) => memory.parts[partKey(part)] === undefined);
  const names = new Set(unsent.flatMap(({ indices }) => indices.map(({ as }) => as)));
  return {
    ...engine,
    indexRecoveries: async (requested) =>
      requested.some((name) => names.has(name)) ? [] : engine.indexRecoveries(requested),
  };
};

/** Right before the deletion every index holds what it held when it was planned with. */
const withoutMeasuring = (engine: Engine, { detail }: ClaimedOperation): Engine => {
  const { deletes } = readRestoreDetail(detail).task;
  return {
    ...engine,
    readOperations: async (names) =>
      deletes.flatMap(({ index, operations }) =>
        names.includes(index) && typeof operations === 'number' ? [{ name: index, operations }] : [],
      ),
  };
};

/** Whatever has the name of an index to delete is that index. */
const withEveryIndexPlanned = (engine: Engine, { detail }: ClaimedOperation): Engine => {
  const planned = new Map(readRestoreDetail(detail).task.deletes.map(({ index, uuid }) => [index, uuid]));
  return {
    ...engine,
    describeIndices: async (names) =>
      (await engine.describeIndices(names)).map((index) => ({ ...index, uuid: planned.get(index.name) ?? index.uuid })),
  };
};

/** The same where blockers are looked for. */
const withPlannedUuids = (job: RestoreJob): RestoreJob => ({
  ...job,
  gather: async (backup, request, own) => {
    const facts = await job.gather(backup, request, own);
    const { deletes = [] } = request as Partial<RestoreTask>;
    const planned = new Map(deletes.map(({ index, uuid }) => [index, uuid]));
    const existing = facts.existing.map((index) => ({ ...index, uuid: planned.get(index.name) ?? index.uuid }));
    return { ...facts, existing };
  },
});

/** What PostgreSQL tells of a safety backup is what is in the engine. */
const withRecordedSafety = (job: RestoreJob): RestoreJob => ({
  ...job,
  engine: {
    ...job.engine,
    findSnapshots: async (repository, names) => {
      const seen = await job.engine.findSnapshots(repository, names);
      const backupId = backupIdOf(names[0] ?? '') ?? '';
      const record = await job.history.findBackupWithDeleted(backupId, undefined);
      return record?.safetyOf === undefined ? seen : record.parts.flatMap(asInEngine);
    },
  },
});

const asInEngine = ({ snapshotName, state, uuid, indices, shards }: PartRecord): readonly Snapshot[] =>
  state !== 'SUCCESS' || uuid === undefined
    ? []
    : [
        {
          ...{ name: snapshotName, uuid, state, indices, shards: shards ?? { total: 1, failed: 0, successful: 1 } },
          ...{ failures: [], owner: undefined, startedAt: undefined, endedAt: undefined },
          ...{ engineVersion: undefined, versionId: undefined, reason: undefined },
        },
      ];

/** Read to wait for it, and then ignored. */
const withoutFigures = (engine: Engine): Engine => ({
  ...engine,
  measureIndices: async (names, order) => {
    await engine.measureIndices(names, order);
    return [];
  },
});

/** What the engine accepted is there and complete; what cannot be measured need not be. */
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

/** What its handler records, changed. */
const recording =
  (change: (recorded: OperationChange) => OperationChange) =>
  (handler: OperationJobHandler): OperationJobHandler =>
  async (operation, tools) =>
    change(await handler(operation, tools));

/** A full rehearsal counts as a full proof, whatever could not be compared. */
const withEveryProofFull = (recorded: OperationChange): OperationChange => {
  const { partialProof: proof, ...rest } = recorded.evidence ?? {};
  if (proof === undefined || proof.indices < (proof.ofIndices ?? 0)) return recorded;
  return { ...recorded, evidence: { ...rest, proof } };
};

/** What could not be compared counts as compared. */
const withUnmeasuredCompared = (recorded: OperationChange): OperationChange => {
  const report = recorded.detail?.report as RestoreReport | undefined;
  const documents = report?.aspects?.documents;
  if (report === undefined || documents === undefined) return recorded;
  const counted = { ...documents, compared: documents.compared + documents.unmeasured, unmeasured: 0 };
  const aspects = { ...report.aspects, documents: counted };
  return {
    ...recorded,
    detail: { ...recorded.detail, report: { ...report, aspects, unmeasured: [], unmeasuredIndices: 0 } },
  };
};

/** The deliberate defects of restores and rehearsals. */
export const restoreMutations = {
  'restored-uuid-not-compared': {
    about: 'a rollback deletes an index by its name, whatever its uuid',
    restoreEngine: withEveryIndexOurs,
  },
  'preflight-skipped': {
    about: 'a restore runs without the plan being made again',
    restoreHandler: remembering(() => ({ checked: true })),
  },
  'expiry-not-checked': {
    about: 'a restore begins however long ago its plan was made',
    restoreJob: (job) => ({ ...job, expiryMs: Number.MAX_SAFE_INTEGER }),
  },
  'blockers-not-rechecked': {
    about: 'what came since the plan was made again is not looked for right before the deletion',
    restoreHandler: remembering(({ step }) => (step === 'delete-existing' ? { deleting: true } : {})),
  },
  'deleted-uuid-not-compared': {
    about: 'what is there is deleted by its name, whatever its uuid',
    restoreEngine: withEveryIndexPlanned,
    restoreJob: withPlannedUuids,
  },
  'safety-not-verified': {
    about: 'before the deletion PostgreSQL is asked for the safety backup, not the engine',
    restoreJob: withRecordedSafety,
  },
  'writes-not-measured': {
    about: 'indices are not measured again right before they are deleted',
    restoreEngine: withoutMeasuring,
  },
  'selection-not-kept': {
    about: 'a restore of chosen indices restores another one of the same part as well',
    restoreEngine: withAnother,
  },
  'target-not-looked-up': {
    about: 'a part is sent without checking that its names are free',
    restoreEngine: withoutLooking,
  },
  'every-proof-full': {
    about: 'a rehearsal of all indices writes a full proof, whatever of them could not be compared',
    restoreHandler: recording(withEveryProofFull),
  },
  'unmeasured-is-compared': {
    about: 'what was not measured during the backup counts as compared',
    restoreHandler: recording(withUnmeasuredCompared),
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
