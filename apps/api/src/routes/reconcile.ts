import type { ReconciliationRecord } from '@tandem/history/ports/reconciliation.ts';
import { ReconcileQuery, ReconcileRequest, ReconciliationQuery } from '@tandem/shared/contract/reconciliation.ts';
import { reconcileDocs } from '../docs/reconcile-docs.ts';
import { type ReconcileApi, readReconciliation, requestReconciliation } from '../history/reconcile-history.ts';
import { reconciliationAnswer } from '../history/reconciliation-answer.ts';
import { type Answer, type Route, route } from '../http/route.ts';

const PATH = '/api/v1/history/reconcile';

/** The history over REST: to compare it with the repositories. */
export const reconcileRoutes = (deps: ReconcileApi): readonly Route[] => [
  route({
    method: 'post',
    path: PATH,
    readsOnly: true,
    docs: reconcileDocs.request,
    input: ReconcileRequest,
    handle: async (asked, context) => accepted(await requestReconciliation(deps, asked, context)),
  }),
  route({
    method: 'get',
    path: PATH,
    query: true,
    docs: reconcileDocs.latest,
    input: ReconcileQuery,
    handle: async (asked, context) => found(await readReconciliation(deps, asked, context)),
  }),
  route({
    method: 'get',
    path: `${PATH}/:reconciliationId`,
    query: true,
    docs: reconcileDocs.read,
    input: ReconciliationQuery,
    handle: async (asked, context) => found(await readReconciliation(deps, asked, context)),
  }),
];

const found = (record: ReconciliationRecord): Answer => ({ status: 200, body: reconciliationAnswer(record) });

const accepted = (record: ReconciliationRecord): Answer => {
  const Location = `${PATH}/${record.id}`;
  const body = reconciliationAnswer(record);
  if (record.endedAt !== undefined) return { status: 200, headers: { Location }, body };
  return { status: 202, headers: { Location, 'Retry-After': '1' }, body };
};
