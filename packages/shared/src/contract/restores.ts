import { z } from 'zod';
import { shownStep } from '../domain/history/stored-names.ts';
import { INDEX_CLASSES, INDEX_FORMS } from '../domain/ownership/index-ownership.ts';
import { TEMPLATE_CLASSES } from '../domain/restore/plan/templates/template-ownership.ts';
import { RESTORE_STEPS } from '../domain/restore/run/restore-memory.ts';
import { cursor, limit, listOf, someOf } from './lists.ts';
import { Actor, Attempt, lastTry, OperationId, Reason, reason, Suspension, Waiting } from './operations.ts';
import { LookupId } from './optimize-backup.ts';

/** Restores and rehearsals over REST: /api/v1/restores. */

const time = z.iso.datetime();
const flag = (byDefault: boolean) => z.boolean({ error: 'must be true or false' }).default(byDefault);
const text = z.string({ error: 'must be a text' });

/** Which forms are taken is a matter of rename.ts. */
const target = z
  .strictObject(
    { renamePattern: text, renameReplacement: text },
    { error: 'must be an object with renamePattern and renameReplacement, or be left out to restore in place' },
  )
  .optional();

const NAMES_RULE = 'must be a list of names of indices';
const INDEX_NAME_RULE = 'must be the exact name of an index, as engines allow it';
/** The index names that an operator decides about. A name is exact, never a pattern. */
const indexNames = z
  .array(text.regex(/^(?![-_+])[^A-Z\s"*\\<|,>/?#:\p{Cc}]{1,255}$/u, INDEX_NAME_RULE), {
    error: 'must be a list of names of indices',
  })
  .max(10_000, 'must be at most 10,000 names')
  .readonly()
  .default([]);

const planFields = {
  backupId: LookupId,
  /** Absent: in place, under the names as saved. */
  target,
  /** Whether what is in the way may be deleted. */
  deleteExisting: flag(false),
  /** Ambiguous and unknown indices that are deleted as well. */
  deleteUnknown: indexNames,
  /** Ambiguous and unknown indices that are left alone: what the backup holds under their names is not restored. */
  keepUnknown: indexNames,
  /** Restore the backup although Optimize of another version will use the data. */
  acceptVersion: text
    .regex(/^[A-Za-z0-9.-]{1,64}$/, 'must be a version such as 3.9.0, at most 64 characters long')
    .optional(),
  /** Restore although, by the estimate, the disks are too small. */
  acceptDiskShort: flag(false),
  /** Delete and restore although a rehearsal could not read files of the snapshots, and none of the same indices has passed since. */
  acceptFailedRehearsal: flag(false),
  /** Whether saved allocation settings are left out, so that any data node may hold the restored indices. */
  dropAllocation: flag(false),
  /** Names of indices that may be deleted although no safety backup holds them. */
  acceptUnsaved: z
    .array(text.min(1, NAMES_RULE).max(255, NAMES_RULE), { error: NAMES_RULE })
    .max(10_000, NAMES_RULE)
    .optional(),
};

export const PlanRequest = z.strictObject(planFields);
export type PlanRequest = z.infer<typeof PlanRequest>;

export const RestoreRequest = z.strictObject({
  ...planFields,
  planHash: text.regex(/^[0-9a-f]{64}$/, 'must be the planHash of a plan, 64 characters 0-9 and a-f'),
  reason,
  /** Whether a restore that does not end well is rolled back: the indices that it restored are deleted. */
  rollback: flag(true),
  restoreTemplates: flag(false),
  /** With deleteExisting: the id of the backup, repeated. */
  confirm: text.max(300, 'must be the id of the backup').optional(),
  /** Whether what is deleted is backed up first. With false, `acceptUnsaved` must name all of it. */
  safetyBackup: flag(true),
});
export type RestoreRequest = z.infer<typeof RestoreRequest>;

const Blocker = z
  .strictObject({
    code: z.string(),
    message: z.string(),
    found: z.array(z.string()).readonly(),
    remedy: z.string(),
  })
  .meta({ id: 'Blocker' });
const names = z.array(z.string()).readonly();
/** The names of a prefix that are not simply those of this Optimize, by class. */
export const OwnershipList = z
  .strictObject({
    ambiguous: names,
    unknown: names,
    otherComponent: names,
    otherInstallation: names,
    rehearsalCopy: names,
    outside: names,
    forms: z.array(z.enum(INDEX_FORMS)).readonly(),
  })
  .meta({ id: 'OwnershipList' });

const Warning = z.strictObject({ code: z.string(), message: z.string() }).meta({ id: 'Warning' });

export const RestorePlan = z
  .strictObject({
    backupId: z.string(),
    optimizeVersion: z.string(),
    clusterUuid: z.string(),
    repository: z.string(),
    /** Empty: the restore may start. */
    blockers: z.array(Blocker).readonly(),
    warnings: z.array(Warning).readonly(),
    parts: z.array(z.strictObject({ number: z.int(), snapshot: z.string(), uuid: z.string().nullable() })).readonly(),
    restores: z
      .array(
        z.strictObject({
          part: z.int(),
          index: z.string(),
          as: z.string(),
          documents: z.int().nullable(),
          bytes: z.int().nullable(),
        }),
      )
      .readonly(),
    /** `operations`: the sum of (highest sequence number + 1) over its primaries; null: it cannot be measured. */
    deletes: z.array(z.strictObject({ index: z.string(), uuid: z.string(), operations: z.int().nullish() })).readonly(),
    /** What the backup holds and the restore leaves out: its class, or that it is kept as it is. */
    notRestored: z.array(z.strictObject({ index: z.string(), why: z.enum([...INDEX_CLASSES, 'kept']) })).readonly(),
    ownership: OwnershipList,
    documents: z.int().nullable(),
    bytes: z.int().nullable(),
    estimatedSeconds: z.int().nullable(),
    /**
     * As `kind/name`; null: the backup was saved without its templates. `leftOut`: those that are missing or changed too, and that are not put
     * back since they belong to another component or installation, or are not certainly ours and would be overwritten.
     */
    templates: z
      .strictObject({
        missing: names,
        changed: names,
        leftOut: z.array(z.strictObject({ template: z.string(), why: z.enum(TEMPLATE_CLASSES) })).readonly(),
      })
      .nullable(),
    planHash: z.string(),
  })
  .meta({ id: 'RestorePlan' });
export type RestorePlan = z.infer<typeof RestorePlan>;

/** SUCCEEDED: it went well, and what came back was what was saved; of a rehearsal too, which then took its copy back. */
export const RESTORE_STATES = ['QUEUED', 'RUNNING', 'SUSPENDED', 'SUCCEEDED', 'FAILED', 'CANCELLED'] as const;
export type RestoreState = (typeof RESTORE_STATES)[number];
export const RESTORE_KINDS = ['restore', 'rehearse'] as const;

export const AcceptedRestore = z
  .strictObject({
    operationId: z.string(),
    state: z.enum(RESTORE_STATES),
    /** Of the backup that is taken before anything is deleted; null: none is. */
    safetyBackupId: z.string().nullable(),
    warnings: z.array(Warning).readonly(),
  })
  .meta({ id: 'AcceptedRestore' });
export type AcceptedRestore = z.infer<typeof AcceptedRestore>;

/** Of a running restore: the parts that were sent so far. */
export const RestoreProgress = z
  .strictObject({
    partsDone: z.int(),
    parts: z.int(),
    /** Primaries. */
    shardsDone: z.int(),
    shards: z.int(),
    bytesDone: z.int(),
    /** As planned, if the backup recorded it; otherwise of the parts that were sent. */
    bytes: z.int(),
    bytesPerSecond: z.int().nullable(),
    /** Null: nothing to estimate from yet. */
    estimatedEndAt: time.nullable(),
    /** Those that are not done first; at most 1,000. `moreIndices`: how many are not listed. */
    indices: z.array(
      z.strictObject({
        index: z.string(),
        shardsDone: z.int(),
        shards: z.int(),
        bytesDone: z.int(),
        bytes: z.int(),
      }),
    ),
    moreIndices: z.int(),
  })
  .meta({ id: 'RestoreProgress' });
export type RestoreProgress = z.infer<typeof RestoreProgress>;

export const Restore = z
  .strictObject({
    operationId: z.string(),
    kind: z.enum(RESTORE_KINDS),
    state: z.enum(RESTORE_STATES),
    backupId: z.string(),
    optimizeVersion: z.string(),
    repository: z.string(),
    /** Where it is; of one that did not end well, where it stopped. */
    step: z.enum(RESTORE_STEPS.map((step) => shownStep(step))),
    requestedAt: time,
    endedAt: time.nullable(),
    actor: Actor,
    requestId: z.string().nullable(),
    reason: z.string().nullable(),
    /** Null: in place. */
    target: z.strictObject({ renamePattern: z.string(), renameReplacement: z.string() }).nullable(),
    indices: z.int(),
    deleteExisting: z.boolean(),
    deletes: z.int(),
    deleteUnknown: names,
    keepUnknown: names,
    acceptVersion: z.string().nullable(),
    acceptFailedRehearsal: z.boolean(),
    dropAllocation: z.boolean(),
    rollback: z.boolean(),
    restoreTemplates: z.boolean(),
    safetyBackupId: z.string().nullable(),
    planHash: z.string(),
    /** Why it was requested to stop; null: it was not. */
    stopReason: z.string().nullable(),
    attemptCount: z.int(),
    failure: Reason.nullable(),
    ...lastTry,
    /** Since when and why it is SUSPENDED; null: it is not. */
    suspension: Suspension.nullable(),
    /** What the comparison found; null: it was not reached. */
    report: z.record(z.string(), z.unknown()).nullable(),
  })
  .meta({ id: 'Restore' });
export type Restore = z.infer<typeof Restore>;

/** `progress` is null once it has ended, while it is rolled back, and while the engine does not answer. */
export const RestoreWithProgress = Restore.extend({
  progress: RestoreProgress.nullable(),
  waiting: Waiting.nullable(),
  attempts: z.array(Attempt),
}).meta({ id: 'RestoreWithProgress' });
export type RestoreWithProgress = z.infer<typeof RestoreWithProgress>;

export const RestoreList = listOf(Restore).meta({ id: 'RestoreList' });

export const RestoreQuery = z.strictObject({
  state: someOf(RESTORE_STATES),
  kind: someOf(RESTORE_KINDS),
  backupId: LookupId.optional(),
  cursor,
  limit,
});
export type RestoreQuery = z.infer<typeof RestoreQuery>;

export const RestorePath = z.strictObject({ operationId: OperationId });
export const StopRequest = z.strictObject({ operationId: OperationId, reason });

const INDICES_RULE = 'must be "all", a number from 1, or a list of names of indices';

/** A number requests a sample of that many indices, the biggest first, with at least one of each part. */
export const RehearseRequest = z.strictObject({
  backupId: LookupId,
  indices: z
    .union(
      [
        z.literal('all'),
        z.int(INDICES_RULE).min(1, INDICES_RULE),
        z.array(z.string().min(1, INDICES_RULE)).min(1, INDICES_RULE),
      ],
      { error: INDICES_RULE },
    )
    .default('all'),
  /** As of a restore. */
  acceptDiskShort: flag(false),
  reason: reason.optional(),
});
export type RehearseRequest = z.infer<typeof RehearseRequest>;

export const BackupPath = z.strictObject({ backupId: LookupId });
