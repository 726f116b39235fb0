import { z } from 'zod';
import { ERROR_CLASSES } from '../domain/failure/failure-definition.ts';
import { shownTrigger } from '../domain/history/stored-names.ts';
import { ATTEMPT_TRIGGERS, OPERATION_KINDS, OPERATION_STATES } from '../domain/operation/operation.ts';
import { backupId, count, operationId, optimizeVersion, repository, requestId, snapshotName, time } from './fields.ts';
import { cursor, limit, listOf, someOf } from './lists.ts';
import { LookupId } from './optimize-backup.ts';

/** Operations over REST: /api/v1/operations. */

export const Reason = z
  .strictObject({
    code: z.string().meta({ description: 'The failure code.', example: 'REPOSITORY_FULL' }),
    message: z.string().meta({
      description: 'What happened, in one sentence.',
      example: 'Repository nightly takes 0 more snapshots, and this backup needs 2.',
    }),
    data: z
      .record(z.string(), z.unknown())
      .meta({ description: 'What the code is about, by name; the fields depend on the code.' }),
  })
  .meta({ id: 'Reason', description: 'Why something failed or was refused.' });

export const Suspension = Reason.extend({
  at: time.meta({ description: 'Since when the operation is suspended.' }),
}).meta({ id: 'Suspension', description: 'Why and since when an operation is SUSPENDED.' });
export type Suspension = z.infer<typeof Suspension>;

export const Actor = z
  .looseObject({
    kind: z.string().meta({
      description:
        '`anonymous`, with `address`: the caller from that IP address. `api-key`, `oidc`, `certificate`, with `id`, `name`, `address`: an authenticated caller; `id` is the id of the key, the subject of the token (with `issuer`) or the subject of the certificate. `system`, with `name`: a process of Tandem.',
      example: 'anonymous',
    }),
  })
  .meta({ id: 'Actor', description: 'Who did it. Never taken from a header.' });

const failureClass = z.enum(ERROR_CLASSES).nullable().meta({
  description:
    'Of the last attempt. `transient`: retried with backoff. `terminal`: not retried. `operator`: an operator must act; retried slowly. Null: it did not fail.',
});

export const Attempt = z
  .strictObject({
    number: count.meta({ description: 'Counts the attempts of the operation from 1.', example: 1 }),
    part: count
      .nullable()
      .meta({ description: 'The part of the backup that it worked on. Null: the operation as a whole.' }),
    trigger: z.enum(ATTEMPT_TRIGGERS.map((trigger) => shownTrigger(trigger))).meta({
      description:
        'Why it ran. `request`: the request, or progress after it. `retry`: after an attempt that failed. `operator`: an operator retried or released the operation. `sweep`: the worker that had it died.',
    }),
    actor: Actor,
    failureClass: failureClass.meta({
      description: 'How the failure is treated, as in the operation. Null: the attempt succeeded.',
    }),
    reason: Reason.nullable().meta({ description: 'Why it failed. Null: it succeeded.' }),
    startedAt: time.meta({ description: 'When it started.' }),
    endedAt: time.meta({ description: 'When it ended.' }),
    nextAttemptAt: time.nullable().meta({ description: 'When the next attempt was due then. Null: none was planned.' }),
  })
  .meta({ id: 'Attempt', description: 'One try of an operation.' });

/** Why the last attempt of an open operation failed. */
export const LastError = z
  .strictObject({
    code: z.string().meta({ description: 'The failure code.', example: 'REPOSITORY_FULL' }),
    message: z.string().meta({
      description: 'What happened, in one sentence.',
      example: 'Repository nightly takes 0 more snapshots, and this backup needs 2.',
    }),
    remedy: z.string().meta({
      description: 'What to do about it.',
      example: 'Delete backups, or raise max_number_of_snapshots of the repository. Tandem retries by itself.',
    }),
    at: time.meta({ description: 'When that attempt ended.', example: '2026-11-22T01:00:04.000Z' }),
  })
  .meta({ id: 'LastError', description: 'Why the last attempt of an open operation failed.' });

/** At the top level of operations, restores and backups. */
export const lastTry = {
  lastError: LastError.nullable().meta({
    description:
      'Why the last attempt failed. Null: it did not fail, the operation progressed or was retried since, or it has ended; then see `failure`.',
  }),
  nextAttemptAt: time.nullable().meta({
    description:
      'When what failed is tried again; in the past while that attempt is running. Null: `lastError` is null, or the operation is SUSPENDED.',
    example: '2026-11-22T01:05:04.000Z',
  }),
};

export const Operation = z
  .strictObject({
    operationId,
    kind: z.enum(OPERATION_KINDS).meta({ description: 'What it does.' }),
    state: z.enum(OPERATION_STATES).meta({
      description:
        'QUEUED, RUNNING and WAITING: workers carry it out. SUSPENDED: nothing is done until it is released. The others are ends.',
    }),
    backupId,
    optimizeVersion,
    repository,
    requestedAt: time.meta({ description: 'When it was requested.' }),
    requestId,
    actor: Actor.meta({ description: 'Who requested it.' }),
    nextTickAt: time
      .nullable()
      .meta({ description: 'When a worker works on it next, at the earliest. Null: it has ended or is suspended.' }),
    endedAt: time.nullable().meta({ description: 'When it ended. Null: it is open.' }),
    attemptCount: count.meta({ description: 'How many attempts there were.' }),
    failureClass,
    failure: Reason.nullable().meta({ description: 'Why it FAILED. Null: it did not.' }),
    ...lastTry,
    suspension: Suspension.nullable().meta({ description: 'Since when and why it is SUSPENDED. Null: it is not.' }),
  })
  .meta({ id: 'Operation', description: 'Work on a backup: a create, a deletion, a restore or a rehearsal.' });
export type Operation = z.infer<typeof Operation>;

export const Waiting = z
  .strictObject({
    for: z.string().meta({ description: 'What for, in words.', example: 'the snapshot of part 1' }),
    until: time.meta({ description: 'When that is checked next.' }),
  })
  .meta({ id: 'Waiting', description: 'What an open operation waits for.' });

/** At the top level of single operations and restores. */
export const ledger = {
  waiting: Waiting.nullable().meta({
    description: 'What it waits for. Null: for nothing but its next poll, or it is not open.',
  }),
  attempts: z.array(Attempt).meta({ description: 'Its attempts, oldest first.' }),
};

export const OperationWithAttempts = Operation.extend(ledger).meta({
  id: 'OperationWithAttempts',
  description: 'An operation with its attempts.',
});
export type OperationWithAttempts = z.infer<typeof OperationWithAttempts>;

export const OperationList = listOf(Operation).meta({ id: 'OperationList', description: 'A page of operations.' });

const ofKinds = { description: 'Only operations of these kinds. Absent: of any kind.' };
const ofBackup = LookupId.optional().meta({
  description: 'Only operations on the backups of this id. Absent: on any.',
});
const ofClass = { description: 'Only operations whose last attempt failed in this class. Absent: of any.' };

const filters = {
  state: someOf(OPERATION_STATES, 'Only operations in these states. Absent: in any state.'),
  kind: someOf(OPERATION_KINDS, ofKinds.description),
  backupId: ofBackup,
  failureClass: z
    .enum(ERROR_CLASSES, { error: `must be one of ${ERROR_CLASSES.join(', ')}` })
    .optional()
    .meta(ofClass),
};

export const OperationQuery = z.strictObject({ ...filters, cursor, limit });
export type OperationQuery = z.infer<typeof OperationQuery>;

export const OperationId = z
  .uuid({ error: 'must be the id of an operation, a UUID' })
  .meta({ description: 'The id of the operation.', example: '0b8f6a52-6a3f-4c0e-9d3c-6f7f0d1f8f10' });
export const OperationPath = z.strictObject({ operationId: OperationId });

export const reason = z
  .string({ error: 'must be a text that says why' })
  .trim()
  .min(1, 'must say why')
  .max(1000, 'must be at most 1000 characters long')
  .refine((text) => !text.includes('\u0000'), 'must not contain NUL')
  .meta({ description: 'Why, in your words; stored in the history.', example: 'before the migration' });

export const RetryRequest = z.strictObject({ operationId: OperationId, reason });
export const ReleaseRequest = z.strictObject({ operationId: OperationId, reason });
export const CancelRequest = z.strictObject({
  operationId: OperationId,
  reason,
  deleteSnapshots: z
    .boolean()
    .default(false)
    .meta({ description: 'Whether the snapshots that it has finished are deleted too.' }),
});

const token = z.string().max(12_100, 'must be one that a preview answered').optional().meta({
  description:
    'The token of a preview with the same filter: what was previewed is done, and nothing else. Absent: a preview is returned.',
  example: 'eyJvcGVyYXRpb25zIjpbXX0',
});
const kinds = z.array(z.enum(OPERATION_KINDS)).optional().meta({
  description: 'Only operations of these kinds, deletions only where they are named. Restores never are among them.',
});

export const BulkRetryRequest = z.strictObject({
  filter: z
    .strictObject({ kind: kinds, backupId: ofBackup, failureClass: z.enum(ERROR_CLASSES).optional().meta(ofClass) })
    .meta({ description: 'Which FAILED operations. Every field that is given must fit.' }),
  reason,
  token,
});
export type BulkRetryRequest = z.infer<typeof BulkRetryRequest>;

const deletes = z
  .array(
    z.strictObject({
      operationId,
      backupId,
      repository,
      snapshotNames: z.array(snapshotName).readonly().meta({ description: 'The names of the snapshots.' }),
    }),
  )
  .readonly()
  .meta({ description: 'What each deletion among all of them would delete.' });

/** Of a preview. */
const previewed = {
  count: count.meta({ description: 'How many operations one run with `token` takes.' }),
  more: count.meta({ description: 'How many others fit the filter, which one run does not take.', example: 0 }),
  deletes,
  token: z.string().meta({
    description: 'Names all `count` operations as they are now. Opaque, and valid until they change.',
    example: 'eyJvcGVyYXRpb25zIjpbXX0',
  }),
};

const results = (codes: string) =>
  z
    .array(
      z.strictObject({
        operationId,
        result: z.string().meta({
          description: `QUEUED: it runs again. SKIPPED: it came to fit the filter, or changed, after the preview. Otherwise why not: ${codes}.`,
          example: 'QUEUED',
        }),
      }),
    )
    .meta({ description: 'The operations, newest first.' });

export const BulkRetryPreview = z
  .strictObject({
    ...previewed,
    operationIds: z.array(operationId).meta({ description: 'The ids of the newest 100 of them.' }),
  })
  .meta({ id: 'BulkRetryPreview', description: 'What a retry with `token` would retry.' });
export const BulkRetryResult = z
  .strictObject({ items: results('FORBIDDEN, OPERATION_NOT_FAILED, BACKUP_BUSY, BACKUP_DELETED, BACKUP_HELD') })
  .meta({ id: 'BulkRetryResult', description: 'What became of each operation.' });

export const BulkReleaseRequest = z.strictObject({
  filter: z
    .strictObject({ kind: kinds, backupId: ofBackup })
    .meta({ description: 'Which SUSPENDED operations. Every field that is given must fit.' }),
  reason,
  token,
});
export type BulkReleaseRequest = z.infer<typeof BulkReleaseRequest>;

export const BulkReleasePreview = z
  .strictObject({
    ...previewed,
    operations: z
      .array(Operation.pick({ operationId: true, kind: true, backupId: true, requestedAt: true, suspension: true }))
      .meta({ description: 'The newest 100 of them.' }),
  })
  .meta({ id: 'BulkReleasePreview', description: 'What a release with `token` would release.' });
export const BulkReleaseResult = z
  .strictObject({ items: results('FORBIDDEN, OPERATION_NOT_SUSPENDED, RESTORE_RUNNING, BACKUP_HELD') })
  .meta({ id: 'BulkReleaseResult', description: 'What became of each operation.' });

export const OperationRef = z.strictObject({
  operationId,
  state: Operation.shape.state,
});
