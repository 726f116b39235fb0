import { AcknowledgeRollbackRequest, HistoryStatus } from '@tandem/shared/contract/history.ts';
import { acknowledgeRollback, type HistoryStatusDeps, readHistoryStatus } from '../history/history-status.ts';
import { plainRoute, type Route, route } from '../http/route.ts';
import { json, type RouteDocs } from '../http/route-docs.ts';
import { ofHistory } from '../openapi/failure-groups.ts';

const status: HistoryStatus = {
  historyId: 'a3c9a6f4-5d2b-4b57-9c39-0d6f8a1f5b10',
  epoch: '5f0f7a52-0c5e-4e0b-8a8e-7a9b1f5f2f11',
  heartbeatAt: '2026-11-22T01:09:58.120394Z',
  rollback: null,
  redis: { read: true, marks: 1, unread: null },
  snapshots: { read: true, marks: 0, unread: null },
};

const rolledBack: HistoryStatus = {
  ...status,
  rollback: {
    detectedAt: '2026-11-22T01:10:00.412083Z',
    lossMs: 86_400_000,
    suspends: 'everything',
    mark: { source: 'redis', eventId: '48213', is: 'missing', at: '2026-11-22T01:09:00.000000Z' },
  },
};

const historyDocs = {
  status: {
    id: 'readHistoryStatus',
    tag: 'History',
    summary: 'Identity of the history, and whether its database was rolled back',
    description:
      'Compares the history with its marks in Redis and in the metadata of snapshots. If PostgreSQL was rolled back to an earlier state, `rollback` contains the maximum loss and what was suspended.',
    answers: { 200: json('The current status.', HistoryStatus, rolledBack) },
    failures: ofHistory,
  },
  acknowledge: {
    id: 'acknowledgeRollback',
    tag: 'History',
    summary: 'Acknowledge that the database was rolled back',
    description:
      'A new epoch begins; marks of the earlier one no longer count. Suspended operations stay suspended until they are released or cancelled.',
    answers: { 200: json('The rollback is acknowledged.', HistoryStatus, status) },
    failures: ['HISTORY_NOT_ROLLED_BACK', ...ofHistory],
    body: { reason: 'restored from the dump of 2026-11-21' },
  },
} as const satisfies Readonly<Record<string, RouteDocs>>;

/** Identity of the history, rollbacks and their acknowledgement. */
export const historyRoutes = (deps: HistoryStatusDeps): readonly Route[] => [
  plainRoute('/api/v1/history', historyDocs.status, async () => ({ status: 200, body: await readHistoryStatus(deps) })),
  route({
    method: 'post',
    path: '/api/v1/history/acknowledge-rollback',
    docs: historyDocs.acknowledge,
    input: AcknowledgeRollbackRequest,
    handle: async (request, context) => ({ status: 200, body: await acknowledgeRollback(deps, request, context) }),
  }),
];
