import type { LivingBackup } from '@tandem/history/ports/reconciliation.ts';
import type { ChangedRepository, RepositoryHistory } from '@tandem/history/ports/repositories.ts';
import { laneOf } from '@tandem/shared/domain/backup/location.ts';
import type { Reason } from '@tandem/shared/domain/failure/reason.ts';
import type { DriftWitness } from '@tandem/shared/domain/reconciliation/drift.ts';
import {
  compareSettings,
  doubtOf,
  holdsAny,
  noSightings,
  repositoryChanged,
  type Sightings,
  withSighting,
} from '@tandem/shared/domain/repository/repository-identity.ts';
import type { Listing } from './read-repositories.ts';

type Seen = {
  counts: Sightings;
  /** Backups that differ from their records, found before it was certain that the repository is the recorded one. */
  deferred: LivingBackup[];
  /** Keys of backups that were recorded with other settings, or none. */
  readonly unlearned: string[];
};

/** Determines during a reconciliation whether the repositories are the recorded ones. */
export type Identities = {
  readonly count: (listing: Listing, backup: LivingBackup) => void;
  /** Whether a snapshot was found that was recorded with the same settings as this backup: then its missing snapshots are gone. */
  readonly isProven: (listing: Listing, backup: LivingBackup) => boolean;
  readonly defer: (listing: Listing, backups: readonly LivingBackup[]) => void;
  /** Returns the deferred backups; from now on none is deferred. */
  readonly takeDeferred: (listing: Listing) => readonly LivingBackup[];
  /** After the last backup: records and returns why the repository is not the recorded one. Undefined: it is, or was accepted. */
  readonly doubt: (listing: Listing) => Promise<Reason | undefined>;
  /** For a repository that is the recorded one: records its settings, and that it has returned. */
  readonly confirm: (listing: Listing) => Promise<void>;
};

export type IdentityHistory = Pick<RepositoryHistory, 'noteChangedRepository' | 'settleRepository' | 'learnSettings'>;

/** `changed`: as recorded before the reconciliation. */
export const newIdentities = (
  history: IdentityHistory,
  witness: DriftWitness,
  changed: readonly ChangedRepository[],
): Identities => {
  const byListing = new Map<Listing, Seen>();
  const at = (listing: Listing): Seen => {
    const seen = byListing.get(listing) ?? { counts: noSightings, deferred: [], unlearned: [] };
    byListing.set(listing, seen);
    return seen;
  };
  const standing = ({ location }: Listing) => changed.find((one) => laneOf(one.location) === laneOf(location));

  const count: Identities['count'] = (listing, backup) => {
    const seen = at(listing);
    seen.counts = withSighting(seen.counts, backup, listing);
    if (compareSettings(backup.location, listing.location) !== 'same') seen.unlearned.push(backup.key);
  };
  const isProven: Identities['isProven'] = (listing, backup) =>
    compareSettings(backup.location, listing.location) === 'changed'
      ? at(listing).counts.moved.found > 0
      : holdsAny(at(listing).counts);
  const takeDeferred: Identities['takeDeferred'] = (listing) => {
    const seen = at(listing);
    const { deferred } = seen;
    seen.deferred = [];
    return deferred;
  };
  const doubt: Identities['doubt'] = async (listing) => {
    const change = doubtOf(listing.location, at(listing).counts, changed);
    if (change === undefined) return undefined;
    await history.noteChangedRepository(change, { kind: 'repository.changed', ...witness, after: { ...change } });
    const { code, message, data } = repositoryChanged(change);
    return { code, message, data };
  };
  const confirm: Identities['confirm'] = async (listing) => {
    const { unlearned } = at(listing);
    const { settingsDigest } = listing.location;
    if (!holdsAny(at(listing).counts)) return;
    for (let from = 0; settingsDigest !== undefined && from < unlearned.length; from += AT_ONCE)
      await history.learnSettings(unlearned.slice(from, from + AT_ONCE), settingsDigest);
    if (standing(listing) === undefined) return;
    const after = { location: listing.location };
    await history.settleRepository(listing.location, { kind: 'repository.returned', ...witness, after });
  };
  return {
    ...{ count, isProven, takeDeferred, doubt, confirm },
    defer: (listing, backups) => void at(listing).deferred.push(...backups),
  };
};

/** Backups per statement. */
const AT_ONCE = 1_000;
