import type { SearchEngine } from '@tandem/engine/port.ts';
import type { LivingBackup } from '@tandem/history/ports/reconciliation.ts';
import { discoveredSet, grownSet } from '@tandem/planning/repository/discovered-set.ts';
import { isWhereItLives } from '@tandem/shared/domain/backup/location.ts';
import type { Snapshot } from '@tandem/shared/domain/backup/snapshot.ts';
import { seenBackup } from '@tandem/shared/domain/backup/state/seen-backup.ts';
import { isFailure } from '@tandem/shared/domain/failure/failure.ts';
import type { Reason } from '@tandem/shared/domain/failure/reason.ts';
import { profiles } from '@tandem/shared/domain/profile.ts';
import { foundInstead } from '@tandem/shared/domain/reconciliation/drift.ts';
import type { Presence } from '@tandem/shared/domain/reconciliation/reconciliation.ts';
import { compareSettings } from '@tandem/shared/domain/repository/repository-identity.ts';
import type { Reconcile } from './context.ts';
import { elsewhereReason, type Listing, reasonOf } from './read-repositories.ts';
import type { Tally } from './tally.ts';

/**
 * Reads backups that differ from their records again, after the records: snapshots made or deleted since the listing are no drift. Remaining
 * differences are recorded, unless an operation has begun to create or delete the snapshots meanwhile.
 */
export const lookAgain = async (
  deps: Reconcile,
  listing: Listing,
  backups: readonly LivingBackup[],
  tally: Tally,
): Promise<void> => {
  const { repository } = listing.location;
  const found = await findAll(deps.engine, repository, backups.flatMap(namesOf));
  const looks: Look[] = [];
  for (const backup of backups) {
    // an unreadable snapshot must not hide the others
    const snapshots = found ?? (await findOwn(deps, listing, backup, tally));
    if (snapshots !== undefined) looks.push({ backup, snapshots });
  }
  const elsewhere = await movedSince(deps.engine, listing);
  for (const { backup, snapshots } of looks) {
    if (elsewhere === undefined) await note(deps, listing, backup, snapshots, tally);
    else leave(backup, elsewhere, tally);
  }
};

type Look = { readonly backup: LivingBackup; readonly snapshots: readonly Snapshot[] };

/** Why nothing can be concluded: since the listing the repository was removed, or its name refers to another one. */
const movedSince = async (engine: SearchEngine, { location }: Listing): Promise<Reason | undefined> => {
  try {
    const { uuid, settingsDigest } = await engine.readRepository(location.repository);
    const there = { ...location, repositoryUuid: uuid, settingsDigest };
    const isThere = isWhereItLives(location, there) && compareSettings(location, there) !== 'changed';
    return isThere ? undefined : elsewhereReason(location, there);
  } catch (error) {
    return reasonOf(error);
  }
};

const leave = (backup: LivingBackup, reason: Reason, tally: Tally): void => {
  const { backupId, optimizeVersion } = backup;
  tally.unverified({ backupId, optimizeVersion, reason });
  tally.backup(backup, 'unread');
};

const namesOf = ({ parts }: LivingBackup): readonly string[] => parts.map(({ snapshotName }) => snapshotName);

const findAll = async (
  engine: SearchEngine,
  repository: string,
  names: readonly string[],
): Promise<readonly Snapshot[] | undefined> => {
  try {
    return await engine.findSnapshots(repository, names);
  } catch (error) {
    if (isFailure(error)) return undefined;
    throw error;
  }
};

/** Undefined: some are unreadable. Then nothing is concluded about the backup, and its parts are counted one by one. */
const findOwn = async (
  { engine }: Reconcile,
  listing: Listing,
  backup: LivingBackup,
  tally: Tally,
): Promise<readonly Snapshot[] | undefined> => {
  const { repository } = listing.location;
  try {
    return await engine.findSnapshots(repository, namesOf(backup));
  } catch (error) {
    const { backupId, optimizeVersion } = backup;
    tally.unverified({ backupId, optimizeVersion, reason: reasonOf(error) });
    const each = await Promise.all(backup.parts.map((part) => presenceAlone(engine, listing, backup, part)));
    tally.backup(
      backup,
      each.flatMap((presence) => presence ?? []),
    );
    return undefined;
  }
};

/** A part that is not in the listing is not the unreadable one. */
const presenceAlone = async (
  engine: SearchEngine,
  { location, snapshots }: Listing,
  { create }: LivingBackup,
  part: LivingBackup['parts'][number],
): Promise<Presence | 'unread' | undefined> => {
  const found = await findAll(engine, location.repository, [part.snapshotName]);
  if (found === undefined) return snapshots.has(part.snapshotName) ? 'unread' : undefined;
  return presenceOf(part, found, create?.operationId);
};

const note = async (
  deps: Reconcile,
  listing: Listing,
  backup: LivingBackup,
  snapshots: readonly Snapshot[],
  tally: Tally,
): Promise<void> => {
  const { history, witness, announce } = deps;
  const { key, backupId, optimizeVersion } = backup;
  const { state, event, drift, late } = seenBackup(backup, snapshots, listing.engine, witness);
  const profile = profiles[backup.profile];
  const grown = profile && grownSet(profile, backup, snapshots);
  if (grown) await history.discover(discoveredSet(profile, backup.indexPrefix, grown, backup.location, state, witness));
  const found = presencesOf(backup, snapshots);
  tally.backup(
    backup,
    found.flatMap(({ is }) => is ?? []),
  );
  if (drift.length === 0 && late.length === 0 && state === backup.state) return;
  const noted = await history.noteState(key, state, event, drift, late);
  if (!noted.state && noted.parts.length + noted.ended.length === 0) return;
  const parts = [...noted.parts, ...noted.ended].map((number) => ({
    number,
    is: found.find((part) => part.number === number)?.is ?? 'present',
  }));
  tally.changed({ backupId, optimizeVersion, before: backup.state, state, parts });
  announce([backupId]);
};

const presencesOf = ({ parts, create }: LivingBackup, snapshots: readonly Snapshot[]) =>
  parts.map((part) => ({ number: part.number, is: presenceOf(part, snapshots, create?.operationId) }));

/** Undefined: it was never created. */
const presenceOf = (
  part: LivingBackup['parts'][number],
  snapshots: readonly Snapshot[],
  createOperationId: string | undefined,
): Presence | undefined => {
  const seen = snapshots.find(({ name }) => name === part.snapshotName);
  return foundInstead(part, seen, createOperationId)?.is ?? (seen === undefined ? undefined : 'present');
};
