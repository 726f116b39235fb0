import type { LivingBackup } from '@tandem/history/ports/reconciliation.ts';
import type { Reason } from '@tandem/shared/domain/backup/backup.ts';
import type { Presence, ReconciliationResult } from '@tandem/shared/domain/reconciliation/reconciliation.ts';
import { compareBackup } from './compare-backup.ts';
import type { Reconcile } from './context.ts';
import { discoverSets } from './discover-sets.ts';
import { type Identities, newIdentities } from './identities.ts';
import { lookAgain } from './look-again.ts';
import { type Listing, type PlaceReading, type Repositories, readRepositories } from './read-repositories.ts';
import { newTally, type Place, type Tally } from './tally.ts';

const PAGE = 200;

/**
 * Compares every backup that is not deleted with the names and uuids in its repository, and looks at those that differ. Repositories are
 * listed before the records are read: a snapshot in the list that no record plans was not made by an operation that came later. What
 * the engine does not answer is in the result; rejects with HISTORY_UNREACHABLE, and as `assertHeld`. Done twice or half it does no harm.
 */
export const reconcile = async (deps: Reconcile): Promise<ReconciliationResult> => {
  const changed = await deps.history.changedRepositories();
  const repositories = readRepositories(deps.engine, deps.profiles, changed);
  const identities = newIdentities(deps.history, deps.witness, changed);
  const tally = newTally();
  const configured = await readConfigured(deps, repositories);
  // not those that have taken the name of one that records live in
  const ours = new Set(configured.flatMap(({ reading }) => reading.listing ?? []));
  let place: string | undefined;
  do {
    deps.assertHeld();
    const page = await deps.history.livingBackups(place, PAGE);
    for (const listing of await comparePage(deps, repositories, identities, page.backups, tally)) ours.add(listing);
    place = page.next;
  } while (place !== undefined);
  for (const { place: at, reading } of configured)
    if (reading.listing || !tally.hasPlace(at.repository)) tally.place(at, reading);
  for (const listing of ours) {
    const doubt = await identities.doubt(listing);
    if (doubt === undefined) await settle(deps, listing, identities, tally);
    else leaveAll(identities.takeDeferred(listing), doubt, tally);
  }
  return tally.result();
};

/** What differs in a repository that is the recorded one, or was accepted as it is. */
const settle = async (deps: Reconcile, listing: Listing, identities: Identities, tally: Tally): Promise<void> => {
  const deferred = identities.takeDeferred(listing);
  for (let at = 0; at < deferred.length; at += PAGE) {
    await deps.assertHeld();
    await lookAgain(deps, listing, deferred.slice(at, at + PAGE), tally);
  }
  await identities.confirm(listing);
  await discoverSets(deps, listing, tally);
};

/** Nothing is concluded from a repository that does not match the recorded one. */
const leaveAll = (backups: readonly LivingBackup[], reason: Reason, tally: Tally): void => {
  for (const backup of backups) {
    tally.unread(backup.location, reason);
    tally.backup(backup, 'unread');
  }
};

/** Whether every repository could be read, and what it holds. */
export const isComplete = ({ repositories, unverifiedCount }: ReconciliationResult): boolean =>
  unverifiedCount === 0 && repositories.every(({ unread }) => unread === undefined);

/** Listed before any record is read. */
const readConfigured = async (
  { repository }: Reconcile,
  repositories: Repositories,
): Promise<readonly { readonly place: Place; readonly reading: PlaceReading }[]> => {
  if (repository === undefined) return [];
  const reading = await repositories.readName(repository);
  const unknown = { repository, clusterUuid: undefined, repositoryUuid: undefined };
  return [{ place: reading.listing?.location ?? unknown, reading }];
};

/** Answers what was read for it. */
const comparePage = async (
  deps: Reconcile,
  repositories: Repositories,
  identities: Identities,
  backups: readonly LivingBackup[],
  tally: Tally,
): Promise<ReadonlySet<Listing>> => {
  const read = new Set<Listing>();
  const toLookAt = new Map<Listing, LivingBackup[]>();
  for (const backup of backups) {
    const reading = await repositories.read(backup.location);
    const { listing } = reading;
    if (reading.unread?.code === 'REPOSITORY_CHANGED' && isNotedAsGone(backup)) {
      tally.backup(backup, goneParts(backup));
      continue;
    }
    tally.place(backup.location, reading);
    if (listing) read.add(listing);
    if (listing) identities.count(listing, backup);
    for (const { snapshotName } of backup.parts) listing?.claimed.add(snapshotName);
    if (listing === undefined) tally.backup(backup, 'unread');
    else if (backup.busy) tally.backup(backup, 'skipped');
    else {
      const found = compareBackup(backup, listing);
      if (found) tally.backup(backup, found);
      else toLookAt.set(listing, [...(toLookAt.get(listing) ?? []), backup]);
    }
  }
  for (const [listing, some] of toLookAt) {
    const proven = some.filter((backup) => identities.isProven(listing, backup));
    identities.defer(
      listing,
      some.filter((backup) => !proven.includes(backup)),
    );
    if (proven.length > 0) await lookAgain(deps, listing, proven, tally);
  }
  return read;
};

/** Accepted as gone: that another repository has the name by now says nothing new. */
const isNotedAsGone = ({ parts }: LivingBackup): boolean => {
  const made = parts.filter(({ uuid }) => uuid !== undefined);
  return made.length > 0 && made.every(({ drift }) => drift?.is === 'vanished');
};

const goneParts = ({ parts }: LivingBackup): readonly Presence[] => parts.flatMap(({ drift }) => drift?.is ?? []);
