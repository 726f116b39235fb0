import type { BackupHistory, NumberedBackup } from '@tandem/history/ports/backups.ts';
import type { RepositoryHistory } from '@tandem/history/ports/repositories.ts';
import type { BackupInfo } from '@tandem/shared/contract/optimize-backups.ts';
import { isWhereItLives } from '@tandem/shared/domain/backup/location.ts';
import { isNumberedId } from '@tandem/shared/domain/backup/numbered-id.ts';
import { deletionUnderWay } from '@tandem/shared/domain/backup/state/deletion-under-way.ts';
import { repositoryChanged } from '@tandem/shared/domain/repository/repository-identity.ts';
import type { RequestContext } from '../../http/route.ts';
import { configuredRepository } from '../../repositories/configured-repository.ts';
import { listedInfo, partsToRead } from './listed-info.ts';
import { type ReadRepositoryNow, type RepositoryNow, readRepositoryNow, readSnapshots } from './repository-now.ts';
import { recordSets } from './unrecorded-sets.ts';

export type ListNumberedBackups = ReadRepositoryNow & {
  readonly indexPrefix: string;
  readonly repository: string | undefined;
  readonly history: Pick<BackupHistory, 'numberedBackups' | 'discover'> &
    Pick<RepositoryHistory, 'changedRepositories'>;
};

export type NumberedBackups = {
  readonly backups: readonly BackupInfo[];
  /** Older ones were left out. */
  readonly isCut: boolean;
};

/** Far more than a repository holds: Elasticsearch keeps 500 snapshots in one by default. */
const MAX_BACKUPS = 10_000;

/**
 * All backups whose id is a whole number, as `readNumberedBackup` reports each, newest first: from the history, and one call to the engine. Sets that
 * the history does not know are recorded first. REPOSITORY_NOT_CONFIGURED, REPOSITORY_CHANGED, HISTORY_UNREACHABLE, and as the engine rejects.
 */
export const listNumberedBackups = (
  deps: ListNumberedBackups,
): ((context: RequestContext) => Promise<NumberedBackups>) => {
  const ofOthers = new Set<string>();
  return async ({ actor, requestId }) => {
    const repository = configuredRepository(deps.repository);
    const { history } = deps;
    const [rows, changed] = await Promise.all([
      history.numberedBackups(MAX_BACKUPS + 1),
      history.changedRepositories(),
    ]);
    // after the records, or snapshots that were made meanwhile would count as missing
    const now = await readRepositoryNow(deps, repository);
    const change = changed.find(
      ({ location, acceptedAt }) =>
        acceptedAt === undefined && location.repository === repository && isWhereItLives(now.location, location),
    );
    if (change !== undefined) throw repositoryChanged(change);
    const isCut = rows.length > MAX_BACKUPS;
    const claimed = new Set(rows.flatMap(({ parts }) => parts.map(({ snapshotName }) => snapshotName)));
    const finder = { actor, source: 'api', requestId } as const;
    const found = isCut ? [] : await recordSets({ ...deps, ofOthers }, now, claimed, finder);
    const shown = shownOf([...rows.slice(0, MAX_BACKUPS), ...found], now);
    const names = shown.flatMap((backup) => partsToRead(backup, now));
    const read = new Map((await readSnapshots(deps, repository, names)).map((snapshot) => [snapshot.name, snapshot]));
    return { backups: shown.map((backup) => listedInfo(backup, now, read)), isCut };
  };
};

/** Of each id the incarnation that answers for it: one in the configured repository if there is one, otherwise the newest. */
const shownOf = (backups: readonly NumberedBackup[], { location }: RepositoryNow): readonly NumberedBackup[] => {
  const newestFirst = backups.toSorted((one, other) => other.requestedAt.getTime() - one.requestedAt.getTime());
  const byId = new Map<string, NumberedBackup>();
  const isHere = (backup: NumberedBackup): boolean => isWhereItLives(backup.location, location);
  for (const backup of newestFirst) {
    const before = byId.get(backup.backupId);
    if (before === undefined || (isHere(backup) && !isHere(before))) byId.set(backup.backupId, backup);
  }
  return newestFirst.filter(
    (backup) =>
      byId.get(backup.backupId) === backup &&
      isNumberedId(backup.backupId) &&
      deletionUnderWay(backup.deletion) === undefined,
  );
};
