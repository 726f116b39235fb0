import type { LivingBackup } from '@tandem/history/ports/reconciliation.ts';
import type { Reason } from '@tandem/shared/domain/failure/reason.ts';
import type { Presence, ReconciliationResult } from '@tandem/shared/domain/reconciliation/reconciliation.ts';
import { compareBackup } from './compare-backup.ts';
import type { Reconcile } from './context.ts';
import { discoverSets } from './discover-sets.ts';
import { type Identities, newIdentities } from './identities.ts';
import { lookAgain } from './look-again.ts';
import { type Listing, type LocationReading, type Repositories, readRepositories } from './read-repositories.ts';
import { type LocationKey, newTally, type Tally } from './tally.ts';

const PAGE = 200;

/**
 * Compares every backup that is not deleted with the names and uuids in its repository, and reads those that differ. Repositories are listed
 * before the records are read: a listed snapshot that no record plans was not made by a later operation. Failures of the engine are part of the
 * result; rejects with HISTORY_UNREACHABLE, and as `assertHeld`. Running it twice or partially is harmless.
 */
export const reconcile = async (deps: Reconcile): Promise<ReconciliationResult> => {
  const changed = await deps.history.changedRepositories();
  const repositories = readRepositories(deps.engine, deps.profiles, changed);
  const identities = newIdentities(deps.history, deps.witness, changed);
  const tally = newTally();
  const configured = await readConfigured(deps, repositories);
  // not a repository that has taken over the name of a recorded one
  const ours = new Set(configured.flatMap(({ reading }) => reading.listing ?? []));
  let cursor: string | undefined;
  do {
    deps.assertHeld();
    const page = await deps.history.livingBackups(cursor, PAGE);
    for (const listing of await comparePage(deps, repositories, identities, page.backups, tally)) ours.add(listing);
    cursor = page.next;
  } while (cursor !== undefined);
  for (const { location: at, reading } of configured)
    if (reading.listing || !tally.isCounted(at.repository)) tally.location(at, reading);
  for (const listing of ours) {
    const doubt = await identities.doubt(listing);
    if (doubt === undefined) await settle(deps, listing, identities, tally);
    else leaveAll(identities.takeDeferred(listing), doubt, tally);
  }
  return tally.result();
};

/** Handles differences in a repository that is the recorded one, or was accepted. */
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

/** Whether every repository and its contents could be read. */
export const isComplete = ({ repositories, unverifiedCount }: ReconciliationResult): boolean =>
  unverifiedCount === 0 && repositories.every(({ unread }) => unread === undefined);

/** Listed before any record is read. */
const readConfigured = async (
  { repository }: Reconcile,
  repositories: Repositories,
): Promise<readonly { readonly location: LocationKey; readonly reading: LocationReading }[]> => {
  if (repository === undefined) return [];
  const reading = await repositories.readName(repository);
  const unknown = { repository, clusterUuid: undefined, repositoryUuid: undefined };
  return [{ location: reading.listing?.location ?? unknown, reading }];
};

/** Returns the listings that it used. */
const comparePage = async (
  deps: Reconcile,
  repositories: Repositories,
  identities: Identities,
  backups: readonly LivingBackup[],
  tally: Tally,
): Promise<ReadonlySet<Listing>> => {
  const read = new Set<Listing>();
  const differing = new Map<Listing, LivingBackup[]>();
  for (const backup of backups) {
    const reading = await repositories.read(backup.location);
    const { listing } = reading;
    if (reading.unread?.code === 'REPOSITORY_CHANGED' && isNotedAsGone(backup)) {
      tally.backup(backup, goneParts(backup));
      continue;
    }
    tally.location(backup.location, reading);
    if (listing) read.add(listing);
    if (listing) identities.count(listing, backup);
    for (const { snapshotName } of backup.parts) listing?.claimed.add(snapshotName);
    if (listing === undefined) tally.backup(backup, 'unread');
    else if (backup.busy) tally.backup(backup, 'skipped');
    else {
      const found = compareBackup(backup, listing);
      if (found) tally.backup(backup, found);
      else differing.set(listing, [...(differing.get(listing) ?? []), backup]);
    }
  }
  for (const [listing, some] of differing) {
    const proven = some.filter((backup) => identities.isProven(listing, backup));
    identities.defer(
      listing,
      some.filter((backup) => !proven.includes(backup)),
    );
    if (proven.length > 0) await lookAgain(deps, listing, proven, tally);
  }
  return read;
};

/** Already accepted as gone: another repository under the name adds no information. */
const isNotedAsGone = ({ parts }: LivingBackup): boolean => {
  const made = parts.filter(({ uuid }) => uuid !== undefined);
  return made.length > 0 && made.every(({ drift }) => drift?.is === 'vanished');
};

const goneParts = ({ parts }: LivingBackup): readonly Presence[] => parts.flatMap(({ drift }) => drift?.is ?? []);
