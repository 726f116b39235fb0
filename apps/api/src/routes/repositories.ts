import { AcceptRepositoryRequest } from '@tandem/shared/contract/repositories.ts';
import { repositoryDocs } from '../docs/repository-docs.ts';
import { type Route, route } from '../http/route.ts';
import { type AcceptRepository, acceptRepository } from '../repositories/accept-repository.ts';

/** Repositories that do not look like the recorded ones. */
export const repositoryRoutes = (deps: AcceptRepository): readonly Route[] => [
  route({
    method: 'post',
    path: '/api/v1/repositories/:name/accept',
    docs: repositoryDocs.accept,
    input: AcceptRepositoryRequest,
    handle: async (asked, context) => {
      const body = await acceptRepository(deps, asked, context);
      const Location = `/api/v1/history/reconcile/${body.reconciliationId}`;
      return { status: 200, headers: { Location }, body };
    },
  }),
];
