import { z } from 'zod';
import { PERIODS } from '../domain/history/periods.ts';
import { inOrder, moment } from './audit.ts';
import { backupId, byteSize, count, durationMs, operationId, optimizeVersion, time } from './fields.ts';
import { found } from './lists.ts';

/** Figures of the history: GET /api/v1/history/summary. */

/** The maximum in one response. */
export const MAX_PERIODS = 400;

const by = 'How long a period is; weeks begin on Monday, in UTC.';

/** Without `to` up to now; without `from` from the period of the first backup on, at most the last 400. */
export const SummaryQuery = z
  .strictObject({
    by: z
      .enum(PERIODS, { error: ({ input }) => `must be one of ${PERIODS.join(', ')}, ${found(String(input))}` })
      .default('day')
      .meta({ description: by }),
    from: moment(
      `Begin of the range, inclusive. Absent: the period of the first backup, at most ${MAX_PERIODS} periods ago.`,
    ),
    to: moment('End of the range, exclusive. Absent: now.'),
  })
  .superRefine(inOrder([['from', 'to']]));
export type SummaryQuery = z.infer<typeof SummaryQuery>;

const percentiles = <Unit extends z.ZodInt>(unit: Unit) =>
  z
    .strictObject({
      p50: unit.meta({ description: 'The median.' }),
      p95: unit.meta({ description: 'The 95th percentile.' }),
    })
    .nullable();

export const PeriodFigures = z
  .strictObject({
    from: time.meta({ description: 'When the period begins, in UTC.', example: '2026-11-22T00:00:00.000Z' }),
    to: time.meta({ description: 'When the period ends, exclusive, in UTC.', example: '2026-11-23T00:00:00.000Z' }),
    taken: count.meta({ description: 'How many backups were requested in it, without the cancelled.' }),
    cancelled: count.meta({
      description: 'How many of them were cancelled before they were COMPLETED.',
      example: 0,
    }),
    failed: count.meta({ description: 'How many of those taken are FAILED now.', example: 0 }),
    deleted: count.meta({ description: 'How many of those taken are deleted now.', example: 0 }),
    durationMs: percentiles(durationMs).meta({
      description: 'From the request to the end, in milliseconds, of those that are COMPLETED. Null: none is.',
    }),
    bytes: percentiles(byteSize).meta({
      description: 'Bytes of those that are COMPLETED and were measured. Null: none was.',
    }),
  })
  .meta({ id: 'PeriodFigures', description: 'Figures of the backups that were requested in a period.' });

const PastRestore = z
  .strictObject({
    operationId: operationId.meta({ description: 'The id of the restore or rehearsal, a UUID.' }),
    backupId,
    endedAt: time.meta({ description: 'When it ended.' }),
    durationMs: durationMs.meta({ description: 'From the request to the end, in milliseconds.' }),
  })
  .meta({ id: 'PastRestore', description: 'A restore or rehearsal that succeeded.' });

const Recovery = z
  .strictObject({
    lastCompleted: z
      .strictObject({
        backupId,
        endedAt: time.meta({ description: 'When it finished.' }),
        ageMs: durationMs.meta({ description: 'How long ago that is, in milliseconds.' }),
      })
      .nullable()
      .meta({ description: 'The last backup that is COMPLETED and not deleted. Null: there is none.' }),
    lastRestore: PastRestore.nullable().meta({ description: 'The last restore that succeeded. Null: there is none.' }),
    lastRehearsal: PastRestore.nullable().meta({
      description: 'The last rehearsal that succeeded. Null: there is none.',
    }),
  })
  .meta({
    id: 'Recovery',
    description: 'What would be lost (RPO), and how long it would take to have it back (RTO), as the history knows it.',
  });

const periods = z.array(PeriodFigures).meta({ description: 'Every period of the range, the empty ones too.' });

export const HistorySummary = z
  .strictObject({
    by: z.enum(PERIODS).meta({ description: by }),
    from: time.meta({ description: 'Begin of the range.', example: '2026-11-01T00:00:00.000Z' }),
    to: time.meta({ description: 'End of the range.' }),
    defaulted: z.boolean().meta({
      description:
        'Whether `from` was not given: it is then the period of the first backup, or the first of the last 400.',
      example: true,
    }),
    historyFrom: time.nullable().meta({
      description: 'When the first backup was requested. Null: there is none.',
      example: '2024-02-01T10:00:00.000Z',
    }),
    periods,
    recovery: Recovery.meta({ description: 'Over the complete history.' }),
    versions: z
      .array(
        z.strictObject({
          optimizeVersion,
          periods,
          recovery: Recovery.meta({ description: 'Over the range only.' }),
        }),
      )
      .meta({ description: 'The versions of Optimize that have a backup, restore or rehearsal in the range.' }),
  })
  .meta({ id: 'HistorySummary', description: 'Figures of the history by day, week or month.' });
export type HistorySummary = z.infer<typeof HistorySummary>;
