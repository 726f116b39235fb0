import { z } from 'zod';
import { BACKUP_STATES, DRIFTS } from '../domain/backup/backup.ts';
import { RECONCILIATION_TRIGGERS } from '../domain/reconciliation/reconciliation.ts';
import { MAX_WAIT_MS } from './backups.ts';
import {
  backupId,
  clusterUuid,
  count,
  operationId,
  optimizeVersion,
  repository,
  repositoryUuid,
  requestId,
  time,
} from './fields.ts';
import { duration } from './lists.ts';
import { Actor, Reason, reason } from './operations.ts';

/** Comparing the history with the repositories over REST: /api/v1/history/reconcile. */

const wait = duration(MAX_WAIT_MS, 'How long the response may wait for its end.').optional();

export const ReconcileRequest = z.strictObject({
  reason: reason.optional().meta({ description: 'Why, in your words; stored in the history. Absent: none is stored.' }),
  wait,
});
export const ReconcileQuery = z.strictObject({ wait });
export const ReconciliationQuery = z.strictObject({
  reconciliationId: z
    .uuid({ error: 'must be the id of a comparison' })
    .meta({ description: 'The id of the reconciliation.', example: '0b8f6a52-6a3f-4c0e-9d3c-6f7f0d1f8f10' }),
  wait,
});

const partCounts = z
  .strictObject({
    present: count.meta({ description: 'How many are as recorded.', example: 60 }),
    vanished: count.meta({ description: 'How many are gone.', example: 0 }),
    replaced: count.meta({ description: 'How many have another snapshot under their name.', example: 0 }),
    foreign: count.meta({
      description: 'How many were never made, and a snapshot that Tandem did not make has their name.',
      example: 0,
    }),
    unread: count.meta({
      description: 'How many the repository lists and cannot read: neither present nor gone.',
      example: 0,
    }),
  })
  .meta({ description: 'Parts of backups, by what was found of them.' });

const state = z.enum(BACKUP_STATES).meta({ description: 'The state of the backup now.' });

const changedBackup = z.strictObject({
  backupId,
  optimizeVersion,
  before: z.enum(BACKUP_STATES).meta({ description: 'The state of the backup before.' }),
  state,
  parts: z
    .array(
      z.strictObject({
        number: count.meta({ description: 'Which part of the backup it is, from 1.', example: 1 }),
        is: z.enum(['present', ...DRIFTS]).meta({
          description:
            '`present`: as recorded. `vanished`: gone. `replaced`: another snapshot has its name. `foreign`: a snapshot that Tandem did not make has its name.',
        }),
      }),
    )
    .meta({ description: 'The parts that changed.' }),
});

const discoveredBackup = changedBackup
  .pick({ backupId: true, optimizeVersion: true, state: true })
  .extend({ repository });

const comparedRepository = z.strictObject({
  repository,
  clusterUuid: clusterUuid.nullable().meta({
    description: "The uuid of the engine's cluster. Null: the engine could not be queried.",
  }),
  repositoryUuid: repositoryUuid.meta({
    description: 'The uuid that the engine gave the repository. Null: none, or it could not be read.',
  }),
  backups: count.meta({ description: 'How many backups that are not deleted are recorded in it.', example: 30 }),
  snapshots: count.meta({ description: 'How many snapshots in it have names of backups.', example: 60 }),
  parts: partCounts,
  unread: Reason.nullable().meta({
    description: 'Why it could not be read; its backups keep their last known state. Null: it was read.',
  }),
});

export const ReconciliationFigures = z
  .strictObject({
    backups: count.meta({ description: 'How many backups were compared.', example: 30 }),
    skipped: count.meta({
      description: 'How many were not, since an open operation makes or deletes them.',
      example: 1,
    }),
    parts: partCounts,
    changedCount: count.meta({ description: 'How many backups changed since the last check.', example: 0 }),
    changed: z.array(changedBackup).meta({ description: 'Those, at most 1,000.' }),
    discoveredCount: count.meta({
      description: 'How many backups were found that are not in the history.',
      example: 0,
    }),
    discovered: z.array(discoveredBackup).meta({ description: 'Those, at most 1,000.' }),
    unverifiedCount: count.meta({
      description: 'How many backups could not be read although their repository could.',
      example: 0,
    }),
    unverified: z
      .array(
        z.strictObject({
          backupId,
          optimizeVersion,
          reason: Reason.meta({ description: 'Why it could not be read.' }),
        }),
      )
      .meta({ description: 'Those, at most 1,000.' }),
    repositories: z.array(comparedRepository).meta({ description: 'Each repository and what came of reading it.' }),
  })
  .meta({ id: 'ReconciliationFigures', description: 'What a reconciliation found.' });
export type ReconciliationFigures = z.infer<typeof ReconciliationFigures>;

export const Reconciliation = z
  .strictObject({
    reconciliationId: operationId.meta({ description: 'The id of the reconciliation, a UUID.' }),
    state: z.enum(['QUEUED', 'RUNNING', 'ENDED']).meta({ description: 'How far it is.' }),
    trigger: z.enum(RECONCILIATION_TRIGGERS).meta({ description: 'Whether the schedule or a request started it.' }),
    requestedAt: time.meta({ description: 'When it was requested.' }),
    actor: Actor.meta({ description: 'Who requested it.' }),
    requestId,
    startedAt: time.nullable().meta({ description: 'When it started. Null: not yet.' }),
    endedAt: time.nullable().meta({ description: 'When it ended. Null: not yet.' }),
    complete: z.boolean().meta({ description: 'Whether every repository could be read.' }),
    figures: ReconciliationFigures.nullable().meta({ description: 'What it found. Null: it has not ended.' }),
  })
  .meta({ id: 'Reconciliation', description: 'A comparison of the history with the repositories.' });
export type Reconciliation = z.infer<typeof Reconciliation>;
