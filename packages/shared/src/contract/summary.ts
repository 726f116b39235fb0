import { z } from 'zod';
import { PERIODS } from '../domain/history/periods.ts';
import { inOrder, moment } from './audit.ts';
import { found } from './lists.ts';

/** Figures of the history: GET /api/v1/history/summary. */

const time = z.iso.datetime();

/** The maximum in one response. */
export const MAX_PERIODS = 400;

/** Without `to` up to now; without `from` from the period of the first backup on, at most the last 400. */
export const SummaryQuery = z
  .strictObject({
    by: z
      .enum(PERIODS, { error: ({ input }) => `must be one of ${PERIODS.join(', ')}, ${found(String(input))}` })
      .default('day'),
    from: moment,
    to: moment,
  })
  .superRefine(inOrder([['from', 'to']]));
export type SummaryQuery = z.infer<typeof SummaryQuery>;

const percentiles = z.strictObject({ p50: z.int(), p95: z.int() }).nullable();

/** Of the backups that were requested in it. */
export const PeriodFigures = z
  .strictObject({
    /** When it begins and ends, in UTC: `from` and `to` of the range cut nothing off these. */
    start: time,
    end: time,
    /** Without the cancelled. */
    taken: z.int(),
    /** Whose create was cancelled before they were COMPLETED. */
    cancelled: z.int(),
    /** Of those taken in it, as they are now. */
    failed: z.int(),
    deleted: z.int(),
    /** From the request to the end, of those that are COMPLETED; null: none is. */
    durationMs: percentiles,
    /** Of those that are COMPLETED and were measured; null: none was. */
    bytes: percentiles,
  })
  .meta({ id: 'PeriodFigures' });

const PastRestore = z
  .strictObject({ operationId: z.string(), backupId: z.string(), endedAt: time, durationMs: z.int() })
  .meta({ id: 'PastRestore' });

/** What would be lost (RPO) and how long it would take to have it back (RTO), as the history knows it. */
const Recovery = z
  .strictObject({
    /** The last backup that is COMPLETED and not deleted, and how old it is. */
    lastCompleted: z.strictObject({ backupId: z.string(), finishedAt: time, ageMs: z.int() }).nullable(),
    /** The last that succeeded, from the request to the end. */
    lastRestore: PastRestore.nullable(),
    lastRehearsal: PastRestore.nullable(),
  })
  .meta({ id: 'Recovery' });

export const HistorySummary = z
  .strictObject({
    by: z.enum(PERIODS),
    from: time,
    to: time,
    defaulted: z.boolean().meta({
      description:
        'Whether `from` was not given: it is then the period of the first backup, or the first of the last 400.',
      example: true,
    }),
    historyFrom: time.nullable().meta({
      description: 'When the first backup was requested. Null: there is none.',
      example: '2024-02-01T10:00:00.000Z',
    }),
    /** Every period of the range, the empty ones too. */
    periods: z.array(PeriodFigures),
    /** Of the complete history. */
    recovery: Recovery,
    /** Those that have a backup, restore or rehearsal in the range; their `recovery` covers the range only. */
    versions: z.array(
      z.strictObject({ optimizeVersion: z.string(), periods: z.array(PeriodFigures), recovery: Recovery }),
    ),
  })
  .meta({ id: 'HistorySummary' });
export type HistorySummary = z.infer<typeof HistorySummary>;
