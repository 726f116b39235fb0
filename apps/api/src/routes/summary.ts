import { BackupCalendar, CalendarQuery } from '@tandem/shared/contract/calendar.ts';
import { HistorySummary, SummaryQuery } from '@tandem/shared/contract/summary.ts';
import { NO_BACKUPS } from '@tandem/shared/domain/history/calendar.ts';
import { backupCalendar, type ReadCalendar } from '../history/backup-calendar.ts';
import { historySummary, type Summarize } from '../history/history-summary.ts';
import { type Route, route } from '../http/route.ts';
import { json, type RouteDocs } from '../http/route-docs.ts';
import { backupSummary } from '../openapi/examples.ts';
import { ofHistory } from '../openapi/failure-groups.ts';

const { backupId, optimizeVersion } = backupSummary;

const periods = [
  {
    ...{
      from: '2026-11-22T00:00:00.000Z',
      to: '2026-11-23T00:00:00.000Z',
      taken: 24,
      cancelled: 0,
      failed: 1,
      deleted: 0,
    },
    ...{ durationMs: { p50: 420_000, p95: 610_000 }, bytes: { p50: 7_516_192_768, p95: 8_589_934_592 } },
  },
];
const recovery = {
  lastCompleted: { backupId, endedAt: '2026-11-22T18:47:00.000Z', ageMs: 780_000 },
  lastRestore: null,
  lastRehearsal: {
    ...{ operationId: '01a2b3c4-0000-4000-8000-000000000001', backupId },
    ...{ endedAt: '2026-11-22T03:10:00.000Z', durationMs: 600_000 },
  },
};

const summaryDocs = {
  summary: {
    id: 'summarizeHistory',
    tag: 'History',
    summary: 'Get the number of backups per day, week or month, and their durations',
    description:
      'Counts the backups that were requested in each period, in UTC; weeks begin on Monday. Without `from` the range begins at the first backup, or at the first of the last 400 periods. `recovery` contains the last COMPLETED backup and the durations of the last restore and rehearsal.',
    answers: {
      200: json('The figures.', HistorySummary, {
        ...{ by: 'day', from: '2026-11-22T00:00:00.000Z', to: '2026-11-22T19:00:00.000Z' },
        ...{ defaulted: true, historyFrom: '2026-11-22T08:12:00.000Z' },
        ...{ periods, recovery, versions: [{ optimizeVersion, periods, recovery }] },
      }),
    },
    failures: ['QUERY_TOO_LONG', ...ofHistory],
  },
  calendar: {
    id: 'readCalendar',
    tag: 'History',
    summary: 'Get the number of backups per day and state',
    description: 'Counts the backups that were requested on each day of the time zone. At most 400 days.',
    answers: {
      200: json('Every day of the range.', BackupCalendar, {
        ...{ timeZone: 'Europe/Berlin', from: '2026-11-21', to: '2026-11-22' },
        days: [
          { date: '2026-11-21', states: { ...NO_BACKUPS, COMPLETED: 23, FAILED: 1 }, deleted: 0 },
          { date: '2026-11-22', states: { ...NO_BACKUPS, COMPLETED: 18, IN_PROGRESS: 1 }, deleted: 0 },
        ],
      }),
    },
    failures: ['QUERY_TOO_LONG', ...ofHistory],
  },
} as const satisfies Readonly<Record<string, RouteDocs>>;

export type SummaryRoutes = { readonly history: Summarize['history'] & ReadCalendar['history'] };

export const summaryRoutes = ({ history }: SummaryRoutes): readonly Route[] => [
  route({
    method: 'get',
    path: '/api/v1/history/summary',
    query: true,
    docs: summaryDocs.summary,
    input: SummaryQuery,
    handle: async (query) => ({
      status: 200,
      body: await historySummary({ history, now: () => new Date() }, query),
    }),
  }),
  route({
    method: 'get',
    path: '/api/v1/history/calendar',
    query: true,
    docs: summaryDocs.calendar,
    input: CalendarQuery,
    handle: async (query) => ({
      status: 200,
      body: await backupCalendar({ history, now: () => new Date() }, query),
    }),
  }),
];
