import { z } from 'zod';
import { BACKUP_ORIGINS, BACKUP_STATES, DRIFTS, OPERATION_STATES } from '../domain/backup/backup.ts';
import { SHOWN_PART_STATES } from '../domain/backup/state/shown-part.ts';
import { ASPECTS } from '../domain/restore/manifest/manifest-comparison.ts';
import { annotations } from './labels.ts';
import { cursor, duration, limit, once } from './lists.ts';
import { lastTry, OperationRef, Reason, reason } from './operations.ts';
import { LookupId, RequestedId } from './optimize-backup.ts';
import { OwnershipList } from './restores.ts';

/** Backups over REST: /api/v1/backups. */

const time = z.iso.datetime();

/** Without an id one is made that sorts by time. */
export const BackupRequest = z.strictObject({ backupId: RequestedId.optional(), reason: reason.optional() });

export const AcceptedBackup = z
  .strictObject({
    backupId: z.string(),
    operationId: z.string(),
    state: z.enum(OPERATION_STATES),
  })
  .meta({ id: 'AcceptedBackup' });
export type AcceptedBackup = z.infer<typeof AcceptedBackup>;

/** Visible ASCII, as the header's draft has it. */
export const IdempotencyKey = z.string().regex(/^[\x21-\x7e]{1,255}$/, 'must be 1 to 255 visible ASCII characters');

export const MAX_WAIT_MS = 300_000;
export const BackupQuery = z.strictObject({ backupId: LookupId, wait: duration(MAX_WAIT_MS).optional() });
export const EventsQuery = z.strictObject({
  backupId: LookupId,
  stream: once.optional().meta({ description: 'Given, with whatever value: as server-sent events.' }),
  cursor,
  limit,
});
export type EventsQuery = z.infer<typeof EventsQuery>;

export const DeleteRequest = z.strictObject({
  backupId: LookupId,
  reason,
  deleteDiscovered: z.boolean().default(false),
  /** The id again, if the backup is the newest COMPLETED one of its installation or the newest with a full proof. */
  confirm: z.string({ error: 'must be the id of the backup' }).max(300, 'must be the id of the backup').optional(),
});

export const Part = z
  .strictObject({
    number: z.int(),
    of: z.int(),
    snapshotName: z.string(),
    state: z.enum(SHOWN_PART_STATES),
    uuid: z.string().nullable(),
    indices: z.array(z.string()),
    starts: z.int(),
    engineVersion: z.string().nullable(),
    startedAt: time.nullable(),
    endedAt: time.nullable(),
    durationMs: z.int().nullable(),
    shards: z.strictObject({ total: z.int(), successful: z.int(), failed: z.int() }).nullable(),
    /** What its indices held in primary shards right after it ended, not what it takes up in the repository; null: not measured. */
    bytes: z.int().nullable(),
    failures: z.array(z.strictObject({ index: z.string(), shard: z.int(), reason: z.string() })),
    /** Whether it was written down what the indices were, so that a restore can be compared with it. */
    hasManifest: z.boolean(),
    /** What the repository holds instead, the uuid of what is there, and when that was noticed; null: what was recorded, as far as was seen. */
    drift: z.strictObject({ is: z.enum(DRIFTS), uuid: z.string().nullable(), noticedAt: time }).nullable(),
  })
  .meta({ id: 'Part' });

/** Of a running backup. Bytes are those that have to be copied; what the repository has already is not counted. */
export const Progress = z
  .strictObject({
    partsDone: z.int(),
    parts: z.int(),
    shardsDone: z.int(),
    shards: z.int(),
    bytesDone: z.int(),
    bytes: z.int(),
    bytesPerSecond: z.number().nullable(),
    /** Of the part that runs; null: nothing to estimate from yet. */
    estimatedEndAt: time.nullable(),
  })
  .meta({ id: 'Progress' });
export type Progress = z.infer<typeof Progress>;

/** The fields of a backup wherever it is shown. */
export const recorded = {
  backupId: z.string(),
  /** As last seen, and when. */
  state: z.enum(BACKUP_STATES),
  stateSeenAt: time,
  origin: z.enum(BACKUP_ORIGINS),
  optimizeVersion: z.string(),
  profile: z.string(),
  clusterUuid: z.string(),
  repository: z.string(),
  repositoryUuid: z.string().nullable(),
  requestedAt: time,
  finishedAt: time.nullable(),
  /** Of all parts; null: one of them was not measured. */
  bytes: z.int().nullable(),
  deletedAt: time.nullable(),
  failure: Reason.nullable(),
  /** The restore that took it before it deleted anything; null: it is a backup of the installation. */
  safetyOf: z.string().nullable(),
  /** The version is that of the backup that was restored: the engine reported none. */
  versionAssumed: z.boolean(),
  /**
   * Whether every node was seen to use the repository before part 1, after each part and at the end. False: why is in `repositoryUnverified`
   * of the backup. Null: the create is open or did not get that far, or the backup was not taken by Tandem, or by an earlier version.
   */
  repositoryVerified: z.boolean().nullable(),
  ...annotations,
};

const count = z.int();
/** As in the plan of a restore. At most 50 names of each class; `more`: how many are not listed. */
export const BackupOwnership = OwnershipList.extend({
  more: z.strictObject({
    ambiguous: count,
    unknown: count,
    otherComponent: count,
    otherInstallation: count,
    rehearsalCopy: count,
    outside: count,
  }),
}).meta({ id: 'BackupOwnership' });
const AspectCounts = z.strictObject({ compared: z.int(), unmeasured: z.int(), different: z.int() });

const aspect = z.enum(ASPECTS);

const Proof = z.strictObject({
  operationId: z.string(),
  at: time,
  durationMs: z.int(),
  /** All that it holds was restored and compared. */
  whole: z.boolean(),
  indices: z.int(),
  /** Indices that the backup holds; null, like the following, in proofs of earlier versions. */
  ofIndices: z.int().nullable(),
  documents: z.int(),
  bytes: z.int(),
  compared: z.array(z.string()),
  /** Indices by aspect. */
  aspects: z.partialRecord(aspect, AspectCounts).nullable(),
  /** At most 100 of `unmeasuredIndices`. `why`: when the backup was taken (`saved`), or when it was restored. */
  unmeasured: z
    .array(z.strictObject({ index: z.string(), aspects: z.array(aspect), why: z.enum(['saved', 'restored']) }))
    .nullable(),
  unmeasuredIndices: z.int().nullable(),
});

/** `only`: the sample that was rehearsed. */
const FailedRehearsal = z.strictObject({
  operationId: z.string(),
  at: time,
  reason: Reason,
  only: z.array(z.string()).optional(),
});

export const Backup = z
  .strictObject({
    ...recorded,
    /**
     * When the state was last seen, if it cannot be read now: the engine does not answer, the repository does not look like the recorded one, or all of the
     * backup is gone and no comparison has confirmed that. Null: `state` is as of this answer.
     */
    asOf: time.nullable(),
    /**
     * What of the prefix was not simply ours when its indices were last resolved: ambiguous and unknown indices are in the backup, the others are not; with two forms,
     * indices of both are. Null: not recorded, as of discovered sets and safety backups.
     */
    ownership: BackupOwnership.nullable(),
    /** `nodesLeft`: nodes that were there before part 1 and had left by the end. */
    repositoryUnverified: z.strictObject({ reason: z.string(), nodesLeft: z.array(z.string()) }).nullable(),
    parts: z.array(Part),
    create: OperationRef.nullable(),
    /** The last deletion of its snapshots; null: none was requested. */
    deletion: OperationRef.nullable(),
    /** Of its open create or deletion. */
    ...lastTry,
    progress: Progress.nullable(),
    /** The last rehearsal that restored every index and found all of each as it was saved; null: none has. */
    lastFullProof: Proof.nullable(),
    /** The last one that found what it compared as it was saved, but not everything was restored or compared; null: none. */
    lastPartialProof: Proof.nullable(),
    /**
     * The last rehearsal that could not restore it or found something else, until one of the same indices goes well. `unreadable`: the last one
     * that could not read files of the snapshots, this or an earlier one; it blocks restores that delete (REHEARSAL_FAILED).
     */
    failedRehearsal: FailedRehearsal.extend({ unreadable: FailedRehearsal.nullable() }).nullable(),
  })
  .meta({ id: 'Backup' });
export type Backup = z.infer<typeof Backup>;
