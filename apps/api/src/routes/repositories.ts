import {
  AcceptedRepository,
  AcceptRepositoryRequest,
  PutRepository as PutAnswer,
  PutRepositoryRequest,
  RepositoryVerification,
  type SnapshotRepository,
  SnapshotRepositoryList,
  VerifyRepositoryRequest,
} from '@tandem/shared/contract/repositories.ts';
import { plainRoute, type Route, route } from '../http/route.ts';
import { json, type RouteDocs } from '../http/route-docs.ts';
import { ofEngine, ofHistory } from '../openapi/failure-groups.ts';
import { type AcceptRepository, acceptRepository } from '../repositories/accept-repository.ts';
import { type ListRepositories, listRepositories } from '../repositories/list-repositories.ts';
import { type PutRepository, putRepository } from '../repositories/put-repository.ts';
import { type VerifyRepository, verifyRepository } from '../repositories/verify-repository.ts';

const accepted: AcceptedRepository = {
  repository: 'optimize-backups',
  clusterUuid: 'm3X0h1kVQ0y1bqgD4cT5Lg',
  repositoryUuid: 'Qn7o2WmRTz6v8YbKc1sEdA',
  noticedAt: '2026-11-22T01:10:00.655Z',
  missing: 3,
  settings: 'changed',
  reconciliationId: '019a9f10-6a1b-7c53-9c7e-3f2c1f0a7d44',
};

const verification: RepositoryVerification = {
  ...{ verified: true, nodes: ['node-1', 'node-2'], failedNodes: [], reason: null },
  at: '2026-11-22T01:10:00.655Z',
};

const item: SnapshotRepository = {
  ...{ repository: 'optimize-backups', clusterUuid: accepted.clusterUuid, isConfigured: true, isRegistered: true },
  ...{ type: 'fs', settings: { location: '/mnt/backups', compress: 'true' }, secretSettings: [], readOnly: null },
  repositoryUuid: accepted.repositoryUuid,
  recorded: {
    ...{ backups: 61, newestBackupId: 'nightly-2026-11-22' },
    ...{ repositoryUuid: accepted.repositoryUuid, settings: 'same' },
  },
  ...{ changed: null, lastVerification: verification },
};

const put: PutAnswer = {
  ...{ repository: 'optimize-backups', clusterUuid: accepted.clusterUuid },
  ...{ change: 'settings', backups: 61, verification },
};

const repositoryDocs = {
  list: {
    id: 'listRepositories',
    tag: 'Repositories',
    summary: 'List snapshot repositories',
    description:
      'Those that the engine knows, and those in which the history recorded backups. While the engine does not respond, `engineFailure` says why, and what only it knows is null.',
    answers: { 200: json('The repositories.', SnapshotRepositoryList, { items: [item], engineFailure: null }) },
    failures: ofHistory,
  },
  put: {
    id: 'putRepository',
    tag: 'Repositories',
    summary: 'Register a snapshot repository',
    description:
      'Registers it in the engine, or replaces all of its settings. Deletes and moves nothing. With the settings that it has, nothing is sent. One that would lead to another location than that of recorded backups needs `confirm`. The answer says whether every node can use it, and is 200 where one cannot: the engine has registered it.',
    answers: { 200: json('It is registered.', PutAnswer, put) },
    failures: [
      'REPOSITORY_SECRET',
      'REPOSITORY_NOT_CONFIRMED',
      'REPOSITORY_IN_USE',
      'REPOSITORY_BUSY',
      'REPOSITORY_REFUSED',
      ...ofEngine,
      ...ofHistory,
    ],
    body: { type: 'fs', settings: { location: '/mnt/backups', compress: true }, reason: 'the new mount' },
  },
  verify: {
    id: 'verifyRepository',
    tag: 'Repositories',
    summary: 'Verify a snapshot repository',
    description:
      'Every node writes a small file into it and reads it back. The result is recorded; that a node cannot use it is a result, with status 200. A repository that is read-only is not written into.',
    answers: { 200: json('The result.', RepositoryVerification, verification) },
    failures: ['REPOSITORY_NOT_FOUND', ...ofEngine, ...ofHistory],
    body: { reason: 'after the storage was replaced' },
  },
  accept: {
    id: 'acceptRepository',
    tag: 'Repositories',
    summary: 'Accept that a repository is not the recorded one',
    description:
      'For a repository in which a reconciliation found none of the recorded snapshots, so that backups are refused. Backups are accepted again, and a reconciliation is requested that records which snapshots are lost. If the old location is registered again instead, the next reconciliation ends the refusal.',
    answers: { 200: json('The repository is accepted.', AcceptedRepository, accepted, 'Location') },
    failures: ['REPOSITORY_NOT_CHANGED', ...ofEngine, ...ofHistory],
    body: { reason: 'the old bucket is lost' },
  },
} as const satisfies Readonly<Record<string, RouteDocs>>;

export type RepositoryRoutes = AcceptRepository & ListRepositories & PutRepository & VerifyRepository;

/** Snapshot repositories: list, register, verify, and accept one that does not match the recorded one. */
export const repositoryRoutes = (deps: RepositoryRoutes): readonly Route[] => [
  plainRoute('/api/v1/repositories', repositoryDocs.list, async () => ({
    status: 200,
    body: await listRepositories(deps),
  })),
  route({
    method: 'put',
    path: '/api/v1/repositories/:name',
    docs: repositoryDocs.put,
    input: PutRepositoryRequest,
    handle: async (request, context) => ({ status: 200, body: await putRepository(deps, request, context) }),
  }),
  route({
    method: 'post',
    path: '/api/v1/repositories/:name/verify',
    docs: repositoryDocs.verify,
    input: VerifyRepositoryRequest,
    handle: async (request, context) => ({ status: 200, body: await verifyRepository(deps, request, context) }),
  }),
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
