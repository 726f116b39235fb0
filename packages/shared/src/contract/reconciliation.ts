import { z } from 'zod';
import { BACKUP_STATES, DRIFTS } from '../domain/backup/backup.ts';
import { RECONCILIATION_TRIGGERS } from '../domain/reconciliation/reconciliation.ts';
import { MAX_WAIT_MS } from './backups.ts';
import { duration } from './lists.ts';
import { Actor, Reason, reason } from './operations.ts';

/** Comparing the history with the repositories over REST: /api/v1/history/reconcile. */

const time = z.iso.datetime();
const wait = duration(MAX_WAIT_MS)
  .optional()
  .meta({ description: 'How long the answer may wait for its end, such as 30s.' });

export const ReconcileRequest = z.strictObject({ reason: reason.optional(), wait });
export const ReconcileQuery = z.strictObject({ wait });
export const ReconciliationQuery = z.strictObject({
  reconciliationId: z.uuid({ error: 'must be the id of a comparison' }),
  wait,
});

/** `unread`: listed by the repository, and not to be read: neither present nor gone. */
const counts = z.strictObject({
  present: z.int(),
  vanished: z.int(),
  replaced: z.int(),
  foreign: z.int(),
  unread: z.int(),
});

const changedBackup = z.strictObject({
  backupId: z.string(),
  optimizeVersion: z.string(),
  before: z.enum(BACKUP_STATES),
  state: z.enum(BACKUP_STATES),
  /** Those that changed. */
  parts: z.array(z.strictObject({ number: z.int(), is: z.enum(['present', ...DRIFTS]) })),
});

const discoveredBackup = changedBackup
  .pick({ backupId: true, optimizeVersion: true, state: true })
  .extend({ repository: z.string() });

const comparedRepository = z.strictObject({
  repository: z.string(),
  /** null: the engine could not be queried. */
  clusterUuid: z.string().nullable(),
  repositoryUuid: z.string().nullable(),
  /** Not deleted backups that are recorded to live there. */
  backups: z.int(),
  /** Snapshots with names of backups. */
  snapshots: z.int(),
  parts: counts,
  /** Why nothing was concluded from it: its backups keep their last known state. null: it was read. */
  unread: Reason.nullable(),
});

export const ReconciliationFigures = z
  .strictObject({
    /** That were compared, and that an open operation makes or deletes. */
    backups: z.int(),
    skipped: z.int(),
    parts: counts,
    /** Backups that changed since the last check; the list is cut at 1,000, as the others are. */
    changedCount: z.int(),
    changed: z.array(changedBackup),
    /** Sets that no record planned. */
    discoveredCount: z.int(),
    discovered: z.array(discoveredBackup),
    /** Backups of which the repository could be read and their snapshots not. */
    unverifiedCount: z.int(),
    unverified: z.array(z.strictObject({ backupId: z.string(), optimizeVersion: z.string(), reason: Reason })),
    repositories: z.array(comparedRepository),
  })
  .meta({ id: 'ReconciliationFigures' });
export type ReconciliationFigures = z.infer<typeof ReconciliationFigures>;

export const Reconciliation = z
  .strictObject({
    reconciliationId: z.string(),
    state: z.enum(['QUEUED', 'RUNNING', 'ENDED']),
    trigger: z.enum(RECONCILIATION_TRIGGERS),
    requestedAt: time,
    actor: Actor,
    requestId: z.string().nullable(),
    startedAt: time.nullable(),
    endedAt: time.nullable(),
    /** Whether every repository could be read. */
    complete: z.boolean(),
    /** null until its end. */
    figures: ReconciliationFigures.nullable(),
  })
  .meta({ id: 'Reconciliation' });
export type Reconciliation = z.infer<typeof Reconciliation>;
