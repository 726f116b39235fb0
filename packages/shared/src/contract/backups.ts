import { z } from 'zod';
import { BACKUP_ORIGINS, BACKUP_STATES, DRIFTS } from '../domain/backup/backup.ts';
import { SHOWN_PART_STATES } from '../domain/backup/state/shown-part.ts';
import { COMPARED } from '../domain/history/shown-proof.ts';
import { OPERATION_STATES } from '../domain/operation/operation.ts';
import { ASPECTS } from '../domain/restore/manifest/manifest-comparison.ts';
import {
  backupId,
  byteSize,
  clusterUuid,
  count,
  durationMs,
  indexName,
  operationId,
  optimizeVersion,
  repository,
  repositoryUuid,
  snapshotName,
  snapshotUuid,
  time,
} from './fields.ts';
import { annotations } from './labels.ts';
import { cursor, duration, limit, once } from './lists.ts';
import { lastTry, OperationRef, Reason, reason } from './operations.ts';
import { LookupId, RequestedId } from './optimize-backup.ts';
import { OwnershipList } from './restores.ts';

/** Backups over REST: /api/v1/backups. */

export const BackupRequest = z.strictObject({
  backupId: RequestedId.optional().meta({
    description: 'The id of the new backup. Absent: one is made that sorts by time.',
  }),
  reason: reason.optional().meta({ description: 'Why, in your words; stored in the history. Absent: none is stored.' }),
});

export const AcceptedBackup = z
  .strictObject({
    backupId,
    operationId: operationId.meta({ description: 'The id of the create, a UUID.' }),
    state: z.enum(OPERATION_STATES).meta({ description: 'The state of the create.' }),
  })
  .meta({ id: 'AcceptedBackup', description: 'A backup that was recorded and will be made.' });
export type AcceptedBackup = z.infer<typeof AcceptedBackup>;

/** Visible ASCII, as the header's draft has it. */
export const IdempotencyKey = z.string().regex(/^[\x21-\x7e]{1,255}$/, 'must be 1 to 255 visible ASCII characters');

export const MAX_WAIT_MS = 300_000;
export const BackupQuery = z.strictObject({
  backupId: LookupId,
  wait: duration(MAX_WAIT_MS, 'How long the response may wait for the end of the backup.').optional(),
});
export const EventsQuery = z.strictObject({
  backupId: LookupId,
  stream: once.optional().meta({
    description: 'Given, with whatever value: the events come as server-sent events. Absent: as a page.',
    example: 'true',
  }),
  cursor,
  limit,
});
export type EventsQuery = z.infer<typeof EventsQuery>;

export const DeleteRequest = z.strictObject({
  backupId: LookupId,
  reason,
  deleteDiscovered: z
    .boolean()
    .default(false)
    .meta({ description: 'Whether a backup may be deleted that Tandem did not take.' }),
  confirm: z
    .string({ error: 'must be the id of the backup' })
    .max(300, 'must be the id of the backup')
    .optional()
    .meta({
      description:
        'The id again. Required if the backup is the newest COMPLETED one of its installation, or the newest with a full proof.',
      example: 'nightly-2026-11-22',
    }),
});

export const Part = z
  .strictObject({
    number: count.meta({ description: 'Which part of the backup it is, from 1.', example: 1 }),
    of: count.meta({ description: 'How many parts the backup has.', example: 2 }),
    snapshotName,
    state: z.enum(SHOWN_PART_STATES).meta({
      description:
        'PLANNED: nothing was sent to the engine. EMPTY: it holds no index, so that no snapshot is taken. STARTING: the snapshot is about to be requested. VANISHED: the engine had it and has it no more. DELETING: an open deletion removes it. The others are those of the engine, as last seen.',
    }),
    uuid: snapshotUuid
      .nullable()
      .meta({ description: 'The uuid of the snapshot. Null: the engine has not reported it yet.' }),
    indices: z.array(indexName).meta({ description: 'The names of its indices.' }),
    startCount: count.meta({ description: 'How many times the snapshot was requested of the engine.', example: 1 }),
    engineVersion: z.string().meta({ example: '8.19.9' }).nullable().meta({
      description:
        'The version of the engine that took the snapshot; two versions, as `8.19.9-8.19.21`, if the engine reports only a range. Null: it has not reported it yet.',
    }),
    startedAt: time.nullable().meta({ description: 'When the engine started it. Null: not yet.' }),
    endedAt: time.nullable().meta({ description: 'When the engine ended it. Null: not yet.' }),
    durationMs: durationMs
      .nullable()
      .meta({ description: 'How long the engine took, in milliseconds. Null: it has not ended.' }),
    shards: z
      .strictObject({
        total: count.meta({ description: 'How many primary shards there are.', example: 24 }),
        successful: count.meta({ description: 'How many were saved.', example: 24 }),
        failed: count.meta({ description: 'How many could not be saved.', example: 0 }),
      })
      .nullable()
      .meta({ description: 'Its shards, as the engine counts them. Null: it has not reported them yet.' }),
    bytes: byteSize.nullable().meta({
      description:
        'The bytes that its indices held in primary shards right after it ended, not what it takes up in the repository. Null: not measured.',
    }),
    failures: z
      .array(
        z.strictObject({
          index: indexName,
          shard: count.meta({ description: 'The number of the shard, from 0.', example: 0 }),
          reason: z.string().meta({
            description: 'Why, in the words of the engine.',
            example: 'IndexShardSnapshotFailedException[shard is not started]',
          }),
        }),
      )
      .meta({ description: 'The shards that could not be saved.' }),
    hasManifest: z.boolean().meta({
      description: 'Whether the contents of the indices were recorded, so that a restore can be compared with them.',
    }),
    drift: z
      .strictObject({
        is: z.enum(DRIFTS).meta({
          description:
            '`vanished`: no snapshot of that name. `replaced`: another snapshot has the name. `foreign`: a snapshot that Tandem did not make has the name of a part that was never made.',
        }),
        uuid: snapshotUuid.nullable().meta({ description: 'The uuid of the snapshot that was found. Null: none.' }),
        noticedAt: time.meta({ description: 'When that was first noticed.' }),
      })
      .nullable()
      .meta({
        description: 'How the repository differs from what was recorded. Null: it did not at the last check.',
      }),
  })
  .meta({ id: 'Part', description: 'One of the snapshots of a backup.' });

export const Progress = z
  .strictObject({
    partsDone: count.meta({ description: 'How many parts are complete.', example: 1 }),
    parts: count.meta({ description: 'How many parts there are.', example: 2 }),
    shardsDone: count.meta({ description: 'How many primary shards of the started parts are saved.', example: 30 }),
    shards: count.meta({ description: 'How many primary shards the started parts have.', example: 48 }),
    bytesDone: byteSize.meta({ description: 'The bytes copied so far.', example: 402_112_000 }),
    bytes: byteSize.meta({
      description: 'The bytes that the started parts have to copy, without those that the repository has already.',
    }),
    bytesPerSecond: z.number().meta({ example: 12_400_000 }).nullable().meta({
      description:
        'Bytes a second of the running part since it started. Null: no part is running, or it has copied none.',
    }),
    estimatedEndAt: time.nullable().meta({
      description: 'When the running part ends at that rate. Null: there is nothing to estimate from yet.',
    }),
  })
  .meta({ id: 'Progress', description: 'How far a running backup is.' });
export type Progress = z.infer<typeof Progress>;

/** The fields of a backup wherever it is shown. */
export const recorded = {
  backupId,
  state: z.enum(BACKUP_STATES).meta({ description: 'The state as last seen, at `stateSeenAt`.' }),
  stateSeenAt: time.meta({ description: 'When the state was last seen.' }),
  origin: z.enum(BACKUP_ORIGINS).meta({
    description:
      '`requested` by a caller, or `discovered`: found in the repository and not made by Tandem. `scheduled` is reserved: no backup has it yet.',
  }),
  optimizeVersion,
  component: z
    .string()
    .meta({ description: 'Which component was backed up. Only `optimize` exists today.', example: 'optimize' }),
  clusterUuid,
  repository,
  repositoryUuid,
  requestedAt: time.meta({
    description: 'When it was requested; of a discovered one, when its first snapshot started.',
    example: '2026-11-22T01:00:00.000Z',
  }),
  endedAt: time.nullable().meta({ description: 'When it was COMPLETED or FAILED. Null: not yet.' }),
  bytes: byteSize.nullable().meta({
    description: 'The bytes that the indices of all its parts held. Null: a part was not measured.',
  }),
  deletedAt: time.nullable().meta({ description: 'When its snapshots were deleted. Null: they were not.' }),
  failure: Reason.nullable().meta({ description: 'Why it FAILED. Null: it did not.' }),
  safetyOf: operationId.nullable().meta({
    description: 'The id of the restore that took it before it deleted anything. Null: it is no safety backup.',
  }),
  versionAssumed: z.boolean().meta({
    description: 'Whether `optimizeVersion` is that of the restored backup, since the engine reported none.',
  }),
  repositoryVerified: z.boolean().nullable().meta({
    description:
      'Whether every node was seen to use the repository, before part 1, after each part and at the end. False: `repositoryUnverified` says why. Null: the create did not get that far, or was not made by this version of Tandem.',
  }),
  ...annotations,
};

const more = count.meta({ example: 0 });
export const BackupOwnership = OwnershipList.extend({
  more: z
    .strictObject({
      ambiguous: more.meta({ description: 'How many ambiguous ones are not listed.' }),
      unknown: more.meta({ description: 'How many unknown ones are not listed.' }),
      otherComponent: more.meta({ description: 'How many of another component are not listed.' }),
      otherInstallation: more.meta({ description: 'How many of another installation are not listed.' }),
      rehearsalCopy: more.meta({ description: 'How many copies of rehearsals are not listed.' }),
      outside: more.meta({ description: 'How many outside the prefix are not listed.' }),
    })
    .meta({ description: 'How many names are not listed: at most 50 of each class are.' }),
}).meta({
  id: 'BackupOwnership',
  description:
    'Indices below the prefix that are not simply those of this Optimize, by class, when the backup was taken. It holds the ambiguous and the unknown ones, not the others.',
});
const ofEarlierVersion = 'Null: the proof is of an earlier version.';
const ComparedCounts = z.strictObject({
  indices: count.nullable().meta({ description: `How many indices were compared. ${ofEarlierVersion}`, example: 61 }),
  unmeasured: count.nullable().meta({ description: `How many could not be compared. ${ofEarlierVersion}`, example: 0 }),
  different: count.nullable().meta({ description: `How many were not as saved. ${ofEarlierVersion}`, example: 0 }),
});

const aspect = z.enum(ASPECTS);

const rehearsed = {
  operationId: operationId.meta({ description: 'The id of the rehearsal, a UUID.' }),
  at: time.meta({ description: 'When the rehearsal ended.' }),
};

const Proof = z.strictObject({
  ...rehearsed,
  durationMs: durationMs.meta({ description: 'How long the rehearsal took, in milliseconds.' }),
  complete: z.boolean().meta({ description: 'Whether everything that the backup holds was restored and compared.' }),
  indices: count.meta({ description: 'How many indices were restored and compared.', example: 61 }),
  totalIndices: count
    .nullable()
    .meta({ description: 'How many indices the backup holds. Null: the proof is of an earlier version.' }),
  documents: count.meta({ description: 'How many documents the restored indices hold.', example: 1_284_311 }),
  bytes: byteSize.meta({ description: 'How many bytes they hold in primary shards.' }),
  compared: z.partialRecord(z.enum(COMPARED), ComparedCounts).meta({
    description:
      'What was compared, with counts of indices: `exists`, the index is there; `primariesStarted`, its primary shards are started; the others against what was recorded of it when it was saved: how many `documents` and `primaries` (primary shards) it has, its `createdVersion` (of the engine that created it), `mapping`, `settings` and `aliases`. What is absent was not compared.',
  }),
  unmeasured: z
    .array(
      z.strictObject({
        index: indexName,
        aspects: z.array(aspect).meta({ description: 'What of it could not be compared.' }),
        why: z
          .enum(['saved', 'restored'])
          .meta({ description: 'Whether it was not measured when it was saved, or when it was restored.' }),
      }),
    )
    .nullable()
    .meta({
      description: 'Indices that could not be compared, at most 100. Null: the proof is of an earlier version.',
    }),
  unmeasuredIndices: count
    .nullable()
    .meta({ description: 'How many indices could not be compared. Null: the proof is of an earlier version.' }),
});

const FailedRehearsal = z.strictObject({
  ...rehearsed,
  reason: Reason.meta({ description: 'Why it failed.' }),
  only: z
    .array(indexName)
    .optional()
    .meta({ description: 'The indices that were rehearsed. Absent: all of the backup.' }),
});

export const Backup = z
  .strictObject({
    ...recorded,
    asOf: time.nullable().meta({
      description:
        'When the state was last seen, if it cannot be read now: the engine does not respond, the repository does not look like the recorded one, or all snapshots are gone and no reconciliation has confirmed that. Null: `state` is current.',
    }),
    ownership: BackupOwnership.nullable().meta({
      description: 'Indices that are not simply ours. Null: not recorded, as of discovered and safety backups.',
    }),
    repositoryUnverified: z
      .strictObject({
        reason: z
          .string()
          .meta({ description: 'Why, in one sentence.', example: 'Node data-3 cannot read the repository.' }),
        nodesLeft: z
          .array(z.string().meta({ example: 'data-3' }))
          .meta({ description: 'Names of nodes that were there before part 1 and had left by the end.' }),
      })
      .nullable()
      .meta({ description: 'Why the repository is not verified. Null: `repositoryVerified` is not false.' }),
    parts: z.array(Part).meta({ description: 'Its snapshots, part 1 first.' }),
    create: OperationRef.nullable().meta({
      description: 'The operation that takes or took it. Null: it was discovered.',
    }),
    deletion: OperationRef.nullable().meta({
      description: 'The last deletion of its snapshots. Null: none was requested.',
    }),
    ...lastTry,
    progress: Progress.nullable().meta({
      description: 'How far it is. Null: it is not running, or the engine does not respond.',
    }),
    lastFullProof: Proof.nullable().meta({
      description: 'The last rehearsal that restored every index and found all of each as saved. Null: none did.',
    }),
    lastPartialProof: Proof.nullable().meta({
      description:
        'The last rehearsal that found what it compared as saved, but did not restore or compare everything. Null: none did.',
    }),
    failedRehearsal: FailedRehearsal.extend({
      unreadable: FailedRehearsal.nullable().meta({
        description:
          'The last rehearsal that could not read files of the snapshots, this or an earlier one. It blocks restores that delete (REHEARSAL_FAILED). Null: all could.',
      }),
    })
      .nullable()
      .meta({
        description:
          'The last rehearsal that could not restore it or found something else. Null: none, or one of the same indices went well since.',
      }),
  })
  .meta({ id: 'Backup', description: 'A backup as the history and the engine know it now.' });
export type Backup = z.infer<typeof Backup>;
