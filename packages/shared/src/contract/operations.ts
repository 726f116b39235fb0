import { z } from 'zod';
import { ATTEMPT_TRIGGERS, ERROR_CLASSES, OPERATION_KINDS, OPERATION_STATES } from '../domain/backup/backup.ts';
import { shownTrigger } from '../domain/history/stored-names.ts';
import { cursor, limit, listOf, someOf } from './lists.ts';
import { LookupId } from './optimize-backup.ts';

/** Operations over REST: /api/v1/operations. */

const time = z.iso.datetime();

export const Reason = z
  .strictObject({
    code: z.string(),
    message: z.string(),
    data: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'Reason' });

export const Suspension = Reason.extend({ at: time }).meta({ id: 'Suspension' });
export type Suspension = z.infer<typeof Suspension>;

export const Actor = z.looseObject({ kind: z.string() }).meta({ id: 'Actor' });

export const Attempt = z
  .strictObject({
    number: z.int(),
    part: z.int().nullable(),
    trigger: z.enum(ATTEMPT_TRIGGERS.map((trigger) => shownTrigger(trigger))),
    actor: Actor,
    failureClass: z.enum(ERROR_CLASSES).nullable(),
    reason: Reason.nullable(),
    startedAt: time,
    endedAt: time,
    nextAttemptAt: time.nullable(),
  })
  .meta({ id: 'Attempt' });

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
  .meta({ id: 'LastError' });

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
    operationId: z.string(),
    kind: z.enum(OPERATION_KINDS),
    state: z.enum(OPERATION_STATES),
    backupId: z.string(),
    optimizeVersion: z.string(),
    repository: z.string(),
    requestedAt: time,
    requestId: z.string().nullable(),
    actor: Actor,
    nextTickAt: time.nullable(),
    endedAt: time.nullable(),
    attemptCount: z.int(),
    /** Of the last attempt; `operator` needs an operator to act. */
    failureClass: z.enum(ERROR_CLASSES).nullable(),
    failure: Reason.nullable(),
    ...lastTry,
    /** Since when and why it is SUSPENDED; null: it is not. */
    suspension: Suspension.nullable(),
  })
  .meta({ id: 'Operation' });
export type Operation = z.infer<typeof Operation>;

/** What an open operation waits for, and when it is checked next. */
export const Waiting = z.strictObject({ for: z.string(), until: time }).meta({ id: 'Waiting' });

/** `waiting`: null while it waits for nothing but its next poll. */
export const OperationWithAttempts = Operation.extend({
  waiting: Waiting.nullable(),
  attempts: z.array(Attempt),
}).meta({ id: 'OperationWithAttempts' });
export type OperationWithAttempts = z.infer<typeof OperationWithAttempts>;

export const OperationList = listOf(Operation).meta({ id: 'OperationList' });

const filters = {
  state: someOf(OPERATION_STATES),
  kind: someOf(OPERATION_KINDS),
  backupId: LookupId.optional(),
  failureClass: z.enum(ERROR_CLASSES, { error: `must be one of ${ERROR_CLASSES.join(', ')}` }).optional(),
};

export const OperationQuery = z.strictObject({ ...filters, cursor, limit });
export type OperationQuery = z.infer<typeof OperationQuery>;

export const OperationId = z.uuid({ error: 'must be the id of an operation, a UUID' });
export const OperationPath = z.strictObject({ operationId: OperationId });

/** The operator's reason; stored in the history. */
export const reason = z
  .string({ error: 'must be a text that says why' })
  .trim()
  .min(1, 'must say why')
  .max(1000, 'must be at most 1000 characters long')
  .refine((text) => !text.includes('\u0000'), 'must not hold NUL');

export const RetryRequest = z.strictObject({ operationId: OperationId, reason });
export const ReleaseRequest = z.strictObject({ operationId: OperationId, reason });
export const CancelRequest = z.strictObject({
  operationId: OperationId,
  reason,
  deleteSnapshots: z.boolean().default(false),
});

/**
 * Restores are never among them, and deletions only where `kind` names them. Without a token a preview is answered; with the preview's token and the same filter what was previewed is retried, and nothing else.
 */
export const BulkRetryRequest = z.strictObject({
  filter: z.strictObject({
    kind: z.array(z.enum(OPERATION_KINDS)).optional(),
    backupId: LookupId.optional(),
    failureClass: z.enum(ERROR_CLASSES).optional(),
  }),
  reason,
  token: z.string().max(12_100, 'must be one that a preview answered').optional(),
});
export type BulkRetryRequest = z.infer<typeof BulkRetryRequest>;

/** What each deletion among all of them would delete. */
const deletes = z
  .array(
    z.strictObject({
      operationId: z.string(),
      backupId: z.string(),
      repository: z.string(),
      snapshots: z.array(z.string()).readonly(),
    }),
  )
  .readonly();

export const BulkRetryPreview = z
  .strictObject({
    count: z.int(),
    /** How many others there are, which one run does not take. */
    more: z.int(),
    /** The newest 100 of them. */
    operationIds: z.array(z.string()),
    deletes,
    /** Names all `count` operations as they are now; opaque, and good until they change. */
    token: z.string(),
  })
  .meta({ id: 'BulkRetryPreview' });
/**
 * Newest first. `result`: QUEUED; SKIPPED, it fits the filter and failed, or failed again, after the preview; or the code of why it
 * cannot be retried (OPERATION_NOT_FAILED, BACKUP_BUSY, BACKUP_DELETED, BACKUP_HELD).
 */
export const BulkRetryResult = z
  .strictObject({
    items: z.array(z.strictObject({ operationId: z.string(), result: z.string() })),
  })
  .meta({ id: 'BulkRetryResult' });

/**
 * Restores are never among them, and deletions only where `kind` names them. Without a token a preview is returned; with the preview's token
 * and the same filter what was previewed is released, and nothing else.
 */
export const BulkReleaseRequest = z.strictObject({
  filter: z.strictObject({ kind: z.array(z.enum(OPERATION_KINDS)).optional(), backupId: LookupId.optional() }),
  reason,
  token: z.string().max(12_100, 'must be one that a preview answered').optional(),
});
export type BulkReleaseRequest = z.infer<typeof BulkReleaseRequest>;

export const BulkReleasePreview = z
  .strictObject({
    count: z.int(),
    /** How many others there are, which one run does not take. */
    more: z.int(),
    /** The newest 100 of them. */
    operations: z.array(
      z.strictObject({
        operationId: z.string(),
        kind: z.enum(OPERATION_KINDS),
        backupId: z.string(),
        requestedAt: time,
        suspension: Suspension.nullable(),
      }),
    ),
    deletes,
    /** Names all `count` operations as they are now; opaque, and good until they change. */
    token: z.string(),
  })
  .meta({ id: 'BulkReleasePreview' });
/**
 * Newest first. `result`: QUEUED; SKIPPED, it fits the filter and was suspended, or suspended again, after the preview; or the code of why it
 * cannot be released (OPERATION_NOT_SUSPENDED, RESTORE_RUNNING, BACKUP_HELD).
 */
export const BulkReleaseResult = z
  .strictObject({ items: z.array(z.strictObject({ operationId: z.string(), result: z.string() })) })
  .meta({ id: 'BulkReleaseResult' });

export const OperationRef = z.strictObject({ operationId: z.string(), state: z.enum(OPERATION_STATES) });
