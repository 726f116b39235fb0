import { AcknowledgeRollbackRequest } from '@tandem/shared/contract/history.ts';
import { historyDocs } from '../docs/history-docs.ts';
import { acknowledgeRollback, type HistoryStatusDeps, readHistoryStatus } from '../history/history-status.ts';
import { plainRoute, type Route, route } from '../http/route.ts';

/** Which history this is, and whether it was rolled back. */
export const historyRoutes = (deps: HistoryStatusDeps): readonly Route[] => [
  plainRoute('/api/v1/history', historyDocs.status, async () => ({ status: 200, body: await readHistoryStatus(deps) })),
  route({
    method: 'post',
    path: '/api/v1/history/acknowledge-rollback',
    docs: historyDocs.acknowledge,
    input: AcknowledgeRollbackRequest,
    handle: async (asked, context) => ({ status: 200, body: await acknowledgeRollback(deps, asked, context) }),
  }),
];
