import type { RegisteredRepository, SearchEngine } from '@tandem/engine/port.ts';
import type { RepositoryHistory } from '@tandem/history/ports/repositories.ts';
import type { SummaryHistory } from '@tandem/history/ports/summary.ts';
import type { SnapshotRepositoryList } from '@tandem/shared/contract/repositories.ts';
import { type Failure, isFailure } from '@tandem/shared/domain/failure/failure.ts';
import { repositoryAnswer } from './repository-answer.ts';

export type ListRepositories = {
  readonly engine: Pick<SearchEngine, 'info' | 'listRepositories'>;
  readonly history: Pick<RepositoryHistory, 'backupsByRepository' | 'verifications' | 'changedRepositories'> &
    Pick<SummaryHistory, 'lastCluster'>;
  /** The repository of new backups; undefined: none is configured. */
  readonly configured: string | undefined;
};

type Seen =
  | { readonly clusterUuid: string; readonly registered: readonly RegisteredRepository[]; readonly failure?: undefined }
  | { readonly clusterUuid?: undefined; readonly registered?: undefined; readonly failure: Failure };

const seenIn = async (engine: ListRepositories['engine']): Promise<Seen> => {
  try {
    const [{ clusterUuid }, registered] = await Promise.all([engine.info(), engine.listRepositories()]);
    return { clusterUuid, registered };
  } catch (error) {
    if (isFailure(error)) return { failure: error };
    throw error;
  }
};

type Named = { readonly clusterUuid: string; readonly repository: string };

const keyOf = ({ clusterUuid, repository }: Named): string => `${repository}\u0000${clusterUuid}`;

/** Every repository that the engine or the history knows; without an answer of the engine, what was recorded. HISTORY_UNREACHABLE. */
export const listRepositories = async ({
  engine,
  history,
  configured,
}: ListRepositories): Promise<SnapshotRepositoryList> => {
  const [seen, backups, verifications, changes, lastCluster] = await Promise.all([
    seenIn(engine),
    history.backupsByRepository(),
    history.verifications(),
    history.changedRepositories(),
    history.lastCluster(),
  ]);
  const { registered = [] } = seen;
  const here = seen.clusterUuid ?? lastCluster;
  const named: readonly Named[] = [
    ...registered.map(({ name: repository }) => ({ clusterUuid: here ?? '', repository })),
    ...backups,
    ...verifications,
    ...changes.map(({ location }) => location),
    ...(configured === undefined || here === undefined ? [] : [{ clusterUuid: here, repository: configured }]),
  ];
  const distinct = [...new Map(named.map((one) => [keyOf(one), one])).entries()].sort(([one], [other]) =>
    one < other ? -1 : 1,
  );
  const items = distinct.map(([key, { clusterUuid, repository }]) =>
    repositoryAnswer({
      ...{ clusterUuid, repository },
      isConfigured: repository === configured && clusterUuid === here,
      registered: clusterUuid === seen.clusterUuid ? registered.find(({ name }) => name === repository) : null,
      backups: backups.find((one) => keyOf(one) === key),
      changed: changes.find(({ location }) => keyOf(location) === key),
      verification: verifications.find((one) => keyOf(one) === key),
    }),
  );
  const { failure } = seen;
  return {
    items,
    engineFailure: failure ? { code: failure.code, message: failure.message, data: failure.data } : null,
  };
};
