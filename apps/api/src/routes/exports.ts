import { BackupExport, EventExport } from '@tandem/shared/contract/exports.ts';
import { exportDocs } from '../docs/export-docs.ts';
import type { ExportTo } from '../history/export-history.ts';
import { backupFilter } from '../history/search-backups.ts';
import { eventFilter } from '../history/search-events.ts';
import { type Route, route } from '../http/route.ts';

export type ExportRoutes = { readonly exportTo: ExportTo };

/** The history as files. Before the routes of a backup: one may be called `export`. */
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
