import { BackupPage, EventPage, FoundSnapshot } from '@tandem/shared/contract/audit.ts';
import { json, type RouteDocs } from '../http/route-docs.ts';
import { backupSummary, cursor, event, snapshotNames } from '../openapi/examples.ts';
import { ofHistory } from '../openapi/failure-groups.ts';

const searched = ['CURSOR_INVALID', 'QUERY_TOO_LONG', ...ofHistory] as const;

export const auditDocs = {
  backups: {
    id: 'searchBackups',
    tag: 'History',
    summary: 'Search the history of backups',
    description:
      'All filters that are given must fit. Those that the whole history would be looked through for need both ends of the range that is sorted by, or an id.',
    answers: { 200: json('A page of them.', BackupPage, { items: [backupSummary], nextCursor: cursor }) },
    failures: searched,
  },
  events: {
    id: 'searchEvents',
    tag: 'History',
    summary: 'Search the events, newest first',
    description: 'Filters other than `backup` need `from` and `to`.',
    answers: { 200: json('A page of them.', EventPage, { items: [event], nextCursor: cursor }) },
    failures: searched,
  },
  snapshot: {
    id: 'findSnapshot',
    tag: 'History',
    summary: 'The backup of a snapshot, by its name',
    answers: {
      200: json('That backup, and others that had a snapshot of the same name.', FoundSnapshot, {
        name: snapshotNames[0] ?? '',
        part: 1,
        backup: backupSummary,
        others: [],
      }),
    },
    failures: ['BACKUP_NOT_FOUND', ...ofHistory],
  },
} as const satisfies Readonly<Record<string, RouteDocs>>;
