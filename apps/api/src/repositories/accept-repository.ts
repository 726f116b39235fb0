import type { ReconciliationHistory } from '@tandem/history/ports/reconciliation.ts';
import type { RepositoryHistory } from '@tandem/history/ports/repositories.ts';
import type { AcceptedRepository } from '@tandem/shared/contract/repositories.ts';
import { fail } from '@tandem/shared/domain/failure/failure.ts';
import type { EngineFacts } from '../backups/read/engine-facts.ts';
import type { RequestContext } from '../http/route.ts';

export type AcceptRepository = {
  readonly history: Pick<RepositoryHistory, 'changedRepositories' | 'acceptRepository'> &
    Pick<ReconciliationHistory, 'requestReconciliation'>;
  readonly facts: Pick<EngineFacts, 'engine'>;
  readonly newId: () => string;
};

/**
 * Accepts that the repository of that name in the engine's cluster is not the recorded one, and requests the reconciliation that records which
 * snapshots are lost. REPOSITORY_NOT_CHANGED, HISTORY_UNREACHABLE, and as `SearchEngine.info` rejects.
 */
export const acceptRepository = async (
  { history, facts, newId }: AcceptRepository,
  { name, reason }: { readonly name: string; readonly reason: string },
  { actor, requestId }: RequestContext,
): Promise<AcceptedRepository> => {
  const { clusterUuid } = await facts.engine();
  const command = { actor, reason, requestId };
  const known = (await history.changedRepositories()).find(
    ({ location }) => location.clusterUuid === clusterUuid && location.repository === name,
  );
  if (known === undefined || !(await history.acceptRepository({ clusterUuid, repository: name }, command)))
    throw notChanged(name, known?.acceptedAt);
  const { id: reconciliationId } = await history.requestReconciliation(newId(), command);
  const { location, noticedAt, missing, settings } = known;
  return {
    ...{ repository: name, clusterUuid, repositoryUuid: location.repositoryUuid ?? null },
    ...{ noticedAt: noticedAt.toISOString(), missing, settings, reconciliationId },
  };
};

const notChanged = (repository: string, acceptedAt: Date | undefined) =>
  fail(
    'REPOSITORY_NOT_CHANGED',
    acceptedAt === undefined
      ? `Repository "${repository}" matches the recorded one, as far as it was compared: there is nothing to accept.`
      : `Repository "${repository}" was accepted at ${acceptedAt.toISOString()}.`,
    { repository },
  );
