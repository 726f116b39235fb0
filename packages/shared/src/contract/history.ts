import { z } from 'zod';
import { MARK_SOURCES, ROLLBACK_SCOPES } from '../domain/history/rollback/rollback.ts';
import { reason } from './operations.ts';

/** Which history this is, and whether its database was put back to an earlier state: /api/v1/history. */

const time = z.iso.datetime();

export const RollbackMark = z.strictObject({
  /** Where it was read. */
  source: z.enum(MARK_SOURCES),
  eventId: z.string(),
  /** `missing`: the history has no event of that id. `another`: it has another one. */
  is: z.enum(['missing', 'another']),
  /** When the history still had the event. */
  at: time,
});

export const DetectedRollback = z
  .strictObject({
    detectedAt: time,
    /** At most so much is lost. */
    lossSeconds: z.number(),
    /** Which open operations were suspended: deletions and restores with deletions, or all. */
    suspends: z.enum(ROLLBACK_SCOPES),
    mark: RollbackMark,
  })
  .meta({ id: 'DetectedRollback' });

const markReading = z.strictObject({
  /** Whether it could be read since this process began: what cannot be read shows no rollback. */
  read: z.boolean(),
  /** Marks of this history and epoch. */
  marks: z.int(),
  /** Why the last reading failed; null: it did not. */
  unread: z.string().nullable(),
});

export const HistoryStatus = z
  .strictObject({
    historyId: z.uuid(),
    /** Another one once a rollback was acknowledged. */
    epoch: z.uuid(),
    heartbeatAt: time,
    /** null: none that was not acknowledged. */
    rollback: DetectedRollback.nullable(),
    redis: markReading,
    snapshots: markReading,
  })
  .meta({ id: 'HistoryStatus' });
export type HistoryStatus = z.infer<typeof HistoryStatus>;

export const AcknowledgeRollbackRequest = z.strictObject({ reason });
