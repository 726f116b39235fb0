import { AcceptedRepository, AcceptRepositoryRequest } from '@tandem/shared/contract/repositories.ts';
import { type Route, route } from '../http/route.ts';
import { json, type RouteDocs } from '../http/route-docs.ts';
import { ofEngine, ofHistory } from '../openapi/failure-groups.ts';
import { type AcceptRepository, acceptRepository } from '../repositories/accept-repository.ts';

const accepted: AcceptedRepository = {
  repository: 'optimize-backups',
  clusterUuid: 'm3X0h1kVQ0y1bqgD4cT5Lg',
  repositoryUuid: 'Qn7o2WmRTz6v8YbKc1sEdA',
  noticedAt: '2026-11-22T01:10:00.655Z',
  missing: 3,
  settings: 'changed',
  reconciliationId: '019a9f10-6a1b-7c53-9c7e-3f2c1f0a7d44',
};

const repositoryDocs = {
  accept: {
    id: 'acceptRepository',
    tag: 'History',
    summary: 'Accept that a repository is not the recorded one',
    description:
      'For a repository in which a reconciliation found none of the recorded snapshots, so that backups are refused. Backups are accepted again, and a reconciliation is requested that records which snapshots are lost. If the old location is registered again instead, the next reconciliation ends the refusal.',
    answers: { 200: json('The repository is accepted.', AcceptedRepository, accepted, 'Location') },
    failures: ['REPOSITORY_NOT_CHANGED', ...ofEngine, ...ofHistory],
    body: { reason: 'the old bucket is lost' },
  },
} as const satisfies Readonly<Record<string, RouteDocs>>;

/** Repositories that do not match the recorded ones. */
export const repositoryRoutes = (deps: AcceptRepository): readonly Route[] => [
  route({
    method: 'post',
    path: '/api/v1/repositories/:name/accept',
    docs: repositoryDocs.accept,
    input: AcceptRepositoryRequest,
    handle: async (request, context) => {
      const body = await acceptRepository(deps, request, context);
      const Location = `/api/v1/history/reconcile/${body.reconciliationId}`;
      return { status: 200, headers: { Location }, body };
    },
  }),
];
