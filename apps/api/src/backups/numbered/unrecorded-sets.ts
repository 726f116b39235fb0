import type { BackupHistory, NumberedBackup } from '@tandem/history/ports/backups.ts';
import { discoveredSet, type Finder } from '@tandem/planning/repository/discovered-set.ts';
import { isNumberedId } from '@tandem/shared/domain/backup/numbered-id.ts';
import { parseSnapshotName } from '@tandem/shared/domain/backup/snapshot-name.ts';
import { foundSetState, foundSets } from '@tandem/shared/domain/reconciliation/found-sets.ts';
import { isOfOtherInstallation } from '@tandem/shared/domain/reconciliation/set-installation.ts';
import { safetyOfSet } from '@tandem/shared/domain/reconciliation/set-metadata.ts';
import { type ReadRepositoryNow, type RepositoryNow, readSnapshots } from './repository-now.ts';

export type RecordSets = ReadRepositoryNow & {
  readonly indexPrefix: string;
  readonly history: Pick<BackupHistory, 'discover'>;
  /** Uuids of snapshots of other installations that share the repository: filled here, so that each is read only once per process. */
  readonly ofOthers: Set<string>;
};

/** Ids whose snapshots are read in one call. */
const AT_ONCE = 100;

/**
 * Records the sets of this installation whose id is a whole number and that no record claims: Optimize or another tool made them. Rejects as the
 * engine and the history do.
 */
export const recordSets = async (
  deps: RecordSets,
  now: RepositoryNow,
  claimed: ReadonlySet<string>,
  finder: Finder,
): Promise<readonly NumberedBackup[]> => {
  const byId = [...unclaimedNames(deps, now, claimed)];
  const records: NumberedBackup[] = [];
  for (let at = 0; at < byId.length; at += AT_ONCE) {
    records.push(...(await recordSome(deps, now, byId.slice(at, at + AT_ONCE), finder)));
  }
  return records;
};

type NamesOfId = readonly [backupId: string, names: readonly string[]];

const unclaimedNames = (
  { profile, ofOthers }: RecordSets,
  { snapshots }: RepositoryNow,
  claimed: ReadonlySet<string>,
): Iterable<NamesOfId> => {
  const names = [...snapshots.values()].filter(({ name, uuid }) => !claimed.has(name) && !ofOthers.has(uuid));
  const byId = Map.groupBy(
    names.map(({ name }) => name),
    (name) => parseSnapshotName(profile, name)?.backupId ?? '',
  );
  return [...byId].filter(([backupId]) => isNumberedId(backupId));
};

const recordSome = async (
  deps: RecordSets,
  { location, engine }: RepositoryNow,
  byId: readonly NamesOfId[],
  finder: Finder,
): Promise<readonly NumberedBackup[]> => {
  const { profile, indexPrefix, history, ofOthers } = deps;
  const snapshots = await readSnapshots(
    deps,
    location.repository,
    byId.flatMap(([, names]) => names),
  );
  const records: NumberedBackup[] = [];
  for (const set of byId.flatMap(([backupId]) => foundSets(profile, backupId, snapshots))) {
    if (isOfOtherInstallation(indexPrefix, set)) {
      for (const { uuid } of set.snapshots) ofOthers.add(uuid);
      continue;
    }
    const state = foundSetState(set, engine, safetyOfSet(set).empty);
    records.push(await history.discover(discoveredSet(profile, indexPrefix, set, location, state, finder)));
  }
  return records;
};
