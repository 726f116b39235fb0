import { ExportedEvent } from '@tandem/shared/contract/exported-event.ts';
import {
  BACKUP_COLUMNS,
  BackupExport,
  EVENT_COLUMNS,
  EventExport,
  ExportEnd,
  ExportedBackupLine,
} from '@tandem/shared/contract/exports.ts';
import { z } from 'zod';
import type { ExportTo } from '../history/export-history.ts';
import { backupFilter } from '../history/search-backups.ts';
import { eventFilter } from '../history/search-events.ts';
import { type Route, route } from '../http/route.ts';
import type { DocumentedAnswer, RouteDocs } from '../http/route-docs.ts';
import { event, exportedBackup } from '../openapi/examples.ts';
import { ofHistory } from '../openapi/failure-groups.ts';

const file = (description: string, line: z.ZodType, example: object, columns: readonly string[]): DocumentedAnswer => ({
  description,
  content: {
    'application/x-ndjson': { schema: z.union([line, ExportEnd]), example },
    'text/csv': { schema: z.string(), example: `${columns.join(',')}\r\n` },
  },
  headers: ['Content-Disposition', 'Content-Encoding', 'Export-Up-To'],
});

const failures = ['HTTP_1_1_REQUIRED', 'EXPORTS_BUSY', 'QUERY_TOO_LONG', ...ofHistory] as const;
const PROMISE =
  'Rows are in the order of their ids. An export waits for transactions that are open when it begins: no row with an id below `Export-Up-To` appears later. An export that fails midway aborts the connection. The last line of NDJSON is `{"end":{"count":…,"sha256":"…"}}`: the number of lines before it, and the SHA-256 of their bytes, including line feeds. NDJSON without that line is incomplete. CSV is refused over HTTP/1.0, which cannot distinguish a complete file from a truncated one.';

const exportDocs = {
  events: {
    id: 'exportEvents',
    tag: 'History',
    summary: 'Export all matching events as a file',
    description: `${PROMISE} \`after\` continues an earlier export.`,
    answers: {
      200: file(
        'One event per line, with all columns.',
        ExportedEvent,
        { ...event, at: '2026-11-22T18:40:00.123456Z', backupKey: '7', operationId: null },
        EVENT_COLUMNS,
      ),
    },
    failures,
    takes: ['Accept-Encoding'],
  },
  backups: {
    id: 'exportBackups',
    tag: 'History',
    summary: 'Export all matching backups as a file',
    description: `${PROMISE} A backup is exported in its state when its page is read. Without \`format\` this path is that of a backup with the id "export".`,
    answers: {
      200: file('One backup per line.', ExportedBackupLine, exportedBackup, BACKUP_COLUMNS),
    },
    failures,
    takes: ['Accept-Encoding'],
  },
} as const satisfies Readonly<Record<string, RouteDocs>>;

export type ExportRoutes = { readonly exportTo: ExportTo };

/** Exports of the history. Must precede the routes of a backup, which may have the id `export`. */
export const exportRoutes = ({ exportTo }: ExportRoutes): readonly Route[] => [
  route({
    method: 'get',
    path: '/api/v1/events/export',
    query: true,
    docs: exportDocs.events,
    input: EventExport,
    handle: ({ format, after, ...query }, context) =>
      exportTo({ of: 'events', filter: eventFilter(query) }, format, context, after),
  }),
  route({
    method: 'get',
    path: '/api/v1/backups/export',
    onlyWith: 'format',
    query: true,
    docs: exportDocs.backups,
    input: BackupExport,
    handle: ({ format, ...query }, context) =>
      exportTo({ of: 'backups', filter: backupFilter(query) }, format, context),
  }),
];
