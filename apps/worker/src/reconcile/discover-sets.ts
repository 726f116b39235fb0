import type { DiscoveredSet } from '@tandem/history/ports/backups.ts';
import { discoveredSet } from '@tandem/planning/repository/discovered-set.ts';
import type { Location } from '@tandem/shared/domain/backup/backup.ts';
import { isWhereItLives } from '@tandem/shared/domain/backup/location.ts';
import type { Snapshot } from '@tandem/shared/domain/backup/snapshot.ts';
import { parseSnapshotName } from '@tandem/shared/domain/backup/snapshot-name.ts';
import type { Profile } from '@tandem/shared/domain/profile.ts';
import { type FoundSet, foundSetState, foundSets } from '@tandem/shared/domain/reconciliation/found-sets.ts';
import { isOfOtherInstallation } from '@tandem/shared/domain/reconciliation/set-installation.ts';
import { safetyOfSet } from '@tandem/shared/domain/reconciliation/set-metadata.ts';
import type { Reconcile } from './context.ts';
import { type Listing, reasonOf } from './read-repositories.ts';
import type { Tally } from './tally.ts';

/** Ids whose snapshots are read in one call. */
const AT_ONCE = 100;

/**
 * Records sets that the history does not know: those made by other tools, and those of a lost history. Reads them by name first, since they
 * may have been deleted after the listing. Ignores sets of other installations that share the repository.
 */
export const discoverSets = async (deps: Reconcile, listing: Listing, tally: Tally): Promise<void> => {
  for (const profile of deps.profiles) {
    const byId = namesById(deps, profile, listing);
    const ids = [...byId.keys()];
    for (let at = 0; at < ids.length; at += AT_ONCE) {
      deps.assertHeld();
      await discoverSome(deps, listing, profile, new Map([...byId].slice(at, at + AT_ONCE)), tally);
    }
  }
};

type NamesById = ReadonlyMap<string, readonly string[]>;

const namesById = ({ ofOthers }: Reconcile, profile: Profile, { snapshots, claimed }: Listing): NamesById => {
  const byId = new Map<string, string[]>();
  for (const [name, { uuid }] of snapshots) {
    const backupId = claimed.has(name) || ofOthers.has(uuid) ? undefined : parseSnapshotName(profile, name)?.backupId;
    if (backupId === undefined) continue;
    const names = byId.get(backupId) ?? [];
    names.push(name);
    byId.set(backupId, names);
  }
  return byId;
};

const discoverSome = async (
  deps: Reconcile,
  listing: Listing,
  profile: Profile,
  byId: NamesById,
  tally: Tally,
): Promise<void> => {
  const found = await find(deps, listing, [...byId.values()].flat());
  for (const [backupId, names] of byId) {
    // an unreadable snapshot must not hide the others
    const snapshots = found instanceof Error ? await find(deps, listing, names) : found;
    if (snapshots instanceof Error) {
      const optimizeVersion = parseSnapshotName(profile, names[0] ?? '')?.optimizeVersion ?? '';
      tally.unverified({ backupId, optimizeVersion, reason: reasonOf(snapshots) });
      continue;
    }
    for (const set of foundSets(profile, backupId, snapshots)) await discoverOne(deps, listing, profile, set, tally);
  }
};

const find = async (
  { engine }: Reconcile,
  { location }: Listing,
  names: readonly string[],
): Promise<readonly Snapshot[] | Error> => {
  try {
    return await engine.findSnapshots(location.repository, names);
  } catch (error) {
    reasonOf(error);
    return error as Error;
  }
};

const discoverOne = async (
  deps: Reconcile,
  { location, engine }: Listing,
  profile: Profile,
  set: FoundSet,
  tally: Tally,
): Promise<void> => {
  if (isOfOtherInstallation(deps.indexPrefix, set)) {
    for (const { uuid } of set.snapshots) deps.ofOthers.add(uuid);
    return;
  }
  if (await isMadeByUs(deps, location, set)) return;
  const state = foundSetState(set, engine, safetyOfSet(set).empty);
  const discovered: DiscoveredSet = discoveredSet(profile, deps.indexPrefix, set, location, state, deps.witness);
  const record = await deps.history.discover(discovered);
  const names = new Set(record.parts.map(({ snapshotName }) => snapshotName));
  // has another number of parts than the set that is recorded under that id and version
  if (!set.snapshots.some(({ name }) => names.has(name))) return tally.foreign(set.snapshots.length);
  const { backupId, optimizeVersion } = set;
  tally.discovered({ backupId, optimizeVersion, state, repository: location.repository });
  deps.announce([backupId]);
};

/**
 * Made by an operation of this history: its record was created after its page of records was read, or it has just been deleted and orphan
 * cleanup removes it. Snapshots of a deleted backup that still exist later are recorded.
 */
const isMadeByUs = async ({ history, now, lateMs }: Reconcile, here: Location, set: FoundSet): Promise<boolean> => {
  const operationIds = new Set(set.snapshots.flatMap(({ owner }) => owner?.operationId ?? []));
  for (const operationId of operationIds) {
    const known = await history.findOperation(operationId);
    if (known === undefined) continue;
    const incarnations = await history.incarnationsOf(set.backupId);
    const backup = incarnations.find(({ key }) => key === known.backupKey);
    if (backup === undefined) continue;
    const { deletedAt, location } = backup;
    const isRecorded =
      deletedAt === undefined ? isWhereItLives(location, here) : deletedAt.getTime() > now().getTime() - lateMs;
    if (isRecorded) return true;
  }
  return false;
};
