import type { ReconciliationRecord } from '@tandem/history/ports/reconciliation.ts';
import {
  ReconcileQuery,
  ReconcileRequest,
  Reconciliation,
  ReconciliationQuery,
} from '@tandem/shared/contract/reconciliation.ts';
import { type ReconcileApi, readReconciliation, requestReconciliation } from '../history/reconcile-history.ts';
import { reconciliationAnswer } from '../history/reconciliation-answer.ts';
import { type Answer, type Route, route } from '../http/route.ts';
import { json, type RouteDocs } from '../http/route-docs.ts';
import { backupId } from '../openapi/examples.ts';
import { ofHistory } from '../openapi/failure-groups.ts';

const query: Reconciliation = {
  reconciliationId: '019a9f10-6a1b-7c53-9c7e-3f2c1f0a7d44',
  state: 'QUEUED',
  trigger: 'request',
  requestedAt: '2026-11-22T01:10:00.000Z',
  actor: { kind: 'anonymous', address: '10.0.0.7' },
  requestId: 'nightly-check',
  startedAt: null,
  endedAt: null,
  complete: false,
  figures: null,
};

const parts = { present: 59, vanished: 1, replaced: 0, foreign: 0, unread: 0 };

const ended: Reconciliation = {
  ...query,
  state: 'ENDED',
  startedAt: '2026-11-22T01:10:00.412Z',
  endedAt: '2026-11-22T01:10:00.655Z',
  complete: true,
  figures: {
    backups: 30,
    skipped: 0,
    parts,
    changedCount: 1,
    changed: [
      {
        backupId,
        optimizeVersion: '3.9.0',
        before: 'COMPLETED',
        state: 'INCOMPLETE',
        parts: [{ number: 2, is: 'vanished' }],
      },
    ],
    discoveredCount: 0,
    discovered: [],
    unverifiedCount: 0,
    unverified: [],
    repositories: [
      {
        repository: 'optimize-backups',
        clusterUuid: 'm3X0h1kVQ0y1bqgD4cT5Lg',
        repositoryUuid: 'Qn7o2WmRTz6v8YbKc1sEdA',
        backups: 30,
        snapshots: 59,
        parts,
        unread: null,
      },
    ],
  },
};

const reconcileDocs = {
  request: {
    id: 'requestReconciliation',
    tag: 'History',
    summary: 'Reconcile the history with the repositories',
    description:
      'A worker compares the history with the snapshots in the repositories. If a reconciliation is already queued or running, it is returned. With `wait` the response is sent when it has ended.',
    answers: {
      200: json('The reconciliation has ended.', Reconciliation, ended, 'Location'),
      202: json('The reconciliation is queued or running.', Reconciliation, query, 'Location', 'Retry-After'),
    },
    failures: ofHistory,
    body: { reason: 'the repository was mounted from its copy', wait: '30s' },
  },
  latest: {
    id: 'readLatestReconciliation',
    tag: 'History',
    summary: 'Get the open reconciliation, or the last one that ended',
    description: 'With `wait` the response waits until it has ended.',
    answers: { 200: json('The reconciliation.', Reconciliation, ended) },
    failures: ['RECONCILIATION_NOT_FOUND', ...ofHistory],
  },
  read: {
    id: 'readReconciliation',
    tag: 'History',
    summary: 'Get a reconciliation',
    description: 'With `wait` the response waits until it has ended.',
    answers: { 200: json('The reconciliation.', Reconciliation, ended) },
    failures: ['RECONCILIATION_NOT_FOUND', ...ofHistory],
  },
} as const satisfies Readonly<Record<string, RouteDocs>>;

const PATH = '/api/v1/history/reconcile';

/** Reconciliations of the history with the repositories. */
export const reconcileRoutes = (deps: ReconcileApi): readonly Route[] => [
  route({
    method: 'post',
    path: PATH,
    docs: reconcileDocs.request,
    input: ReconcileRequest,
    handle: async (query, context) => accepted(await requestReconciliation(deps, query, context)),
  }),
  route({
    method: 'get',
    path: PATH,
    query: true,
    docs: reconcileDocs.latest,
    input: ReconcileQuery,
    handle: async (query, context) => found(await readReconciliation(deps, query, context)),
  }),
  route({
    method: 'get',
    path: `${PATH}/:reconciliationId`,
    query: true,
    docs: reconcileDocs.read,
    input: ReconciliationQuery,
    handle: async (query, context) => found(await readReconciliation(deps, query, context)),
  }),
];

const found = (record: ReconciliationRecord): Answer => ({ status: 200, body: reconciliationAnswer(record) });

const accepted = (record: ReconciliationRecord): Answer => {
  const Location = `${PATH}/${record.id}`;
  const body = reconciliationAnswer(record);
  if (record.endedAt !== undefined) return { status: 200, headers: { Location }, body };
  return { status: 202, headers: { Location, 'Retry-After': '1' }, body };
};
