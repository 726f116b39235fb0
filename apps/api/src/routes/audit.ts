import type { AuditHistory } from '@tandem/history/ports/search.ts';
import { BackupSearch, EventSearch, SnapshotSearch } from '@tandem/shared/contract/audit.ts';
import { auditDocs } from '../docs/audit-docs.ts';
import { findSnapshot } from '../history/find-snapshot.ts';
import { searchBackups } from '../history/search-backups.ts';
import { searchEvents } from '../history/search-events.ts';
import { type Route, route } from '../http/route.ts';

export type AuditRoutes = { readonly history: AuditHistory };

/** The history over REST: to search it. */
export const auditRoutes = (deps: AuditRoutes): readonly Route[] => [
  route({
    method: 'get',
    path: '/api/v1/backups',
    query: true,
    docs: auditDocs.backups,
    input: BackupSearch,
    handle: async (query) => ({ status: 200, body: await searchBackups(deps, query) }),
  }),
  route({
    method: 'get',
    path: '/api/v1/events',
    query: true,
    docs: auditDocs.events,
    input: EventSearch,
    handle: async (query) => ({ status: 200, body: await searchEvents(deps, query) }),
  }),
  route({
    method: 'get',
    path: '/api/v1/snapshots',
    query: true,
    docs: auditDocs.snapshot,
    input: SnapshotSearch,
    handle: async ({ name }) => ({ status: 200, body: await findSnapshot(deps, name) }),
  }),
];
