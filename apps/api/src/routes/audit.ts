import type { SearchHistory } from '@tandem/history/ports/search.ts';
import {
  BackupPage,
  BackupSearch,
  EventPage,
  EventSearch,
  FoundSnapshot,
  SnapshotSearch,
} from '@tandem/shared/contract/audit.ts';
import { findSnapshot } from '../history/find-snapshot.ts';
import { searchBackups } from '../history/search-backups.ts';
import { searchEvents } from '../history/search-events.ts';
import { type Route, route } from '../http/route.ts';
import { json, type RouteDocs } from '../http/route-docs.ts';
import { backupSummary, cursor, event, snapshotNames } from '../openapi/examples.ts';
import { ofHistory } from '../openapi/failure-groups.ts';

const searched = ['CURSOR_INVALID', 'QUERY_TOO_LONG', ...ofHistory] as const;

const searchedRange = {
  range: { from: '2026-08-24T18:40:00.000Z', to: '2026-11-22T18:40:00.000Z', defaulted: true as const },
  historyFrom: '2024-02-01T10:00:00.000Z',
};

const auditDocs = {
  backups: {
    id: 'searchBackups',
    tag: 'History',
    summary: 'Search the history of backups',
    description:
      'Returns backups that match all given filters. Filters that need a range of the time that is sorted by search 90 days unless both ends or `backupId` are given; then `range` is the searched range, and `historyFrom` the time at which the history begins.',
    answers: {
      200: json('A page of results.', BackupPage, { items: [backupSummary], nextCursor: cursor, ...searchedRange }),
    },
    failures: searched,
  },
  events: {
    id: 'searchEvents',
    tag: 'History',
    summary: 'Search the events, newest first',
    description:
      '`actor`, `kind` and `requestId` without `backupId` search 90 days unless `from` and `to` are given; then `range` is the searched range, and `historyFrom` the time at which the history begins.',
    answers: { 200: json('A page of results.', EventPage, { items: [event], nextCursor: cursor, ...searchedRange }) },
    failures: searched,
  },
  snapshot: {
    id: 'findSnapshot',
    tag: 'History',
    summary: 'Find the backup of a snapshot by its name',
    description: 'Finds it in the history, also once the backup is deleted; the engine is not queried.',
    answers: {
      200: json('The backup, and others that had a snapshot with the same name.', FoundSnapshot, {
        snapshotName: snapshotNames[0] ?? '',
        part: 1,
        backup: backupSummary,
        others: [],
      }),
    },
    failures: ['BACKUP_NOT_FOUND', ...ofHistory],
  },
} as const satisfies Readonly<Record<string, RouteDocs>>;

export type AuditRoutes = { readonly history: SearchHistory };

const now = (): Date => new Date();

/** Searches of the history. */
export const auditRoutes = (deps: AuditRoutes): readonly Route[] => [
  route({
    method: 'get',
    path: '/api/v1/backups',
    query: true,
    docs: auditDocs.backups,
    input: BackupSearch,
    handle: async (query) => ({ status: 200, body: await searchBackups({ ...deps, now }, query) }),
  }),
  route({
    method: 'get',
    path: '/api/v1/events',
    query: true,
    docs: auditDocs.events,
    input: EventSearch,
    handle: async (query) => ({ status: 200, body: await searchEvents({ ...deps, now }, query) }),
  }),
  route({
    method: 'get',
    path: '/api/v1/snapshots',
    query: true,
    docs: auditDocs.snapshot,
    input: SnapshotSearch,
    handle: async ({ snapshotName }) => ({ status: 200, body: await findSnapshot(deps, snapshotName) }),
  }),
];
