import type { SearchEngine } from '@tandem/engine/port.ts';
import type { LivingBackup } from '@tandem/history/reconcile-port.ts';
import { discoveredSet, grownSet } from '@tandem/planning/discovered-set.ts';
import { foundInstead } from '@tandem/shared/domain/drift.ts';
import { isFailure } from '@tandem/shared/domain/failure.ts';
import { profiles } from '@tandem/shared/domain/profile.ts';
import type { Presence } from '@tandem/shared/domain/reconciliation.ts';
import { seenBackup } from '@tandem/shared/domain/seen-backup.ts';
import type { Snapshot } from '@tandem/shared/domain/snapshot.ts';
import type { Listing } from './read-repositories.ts';
import { reasonOf } from './read-repositories.ts';
import type { Reconcile } from './reconcile.ts';
import type { Tally } from './tally.ts';

/**
 * Looks at backups of which something is otherwise than it is recorded, after their records were read: what was made or deleted since the
 * listing is no drift. What is otherwise then is written down, unless somebody has begun to make or delete it meanwhile.
 */
export const lookAgain = async (
  deps: Reconcile,
  listing: Listing,
  backups: readonly LivingBackup[],
  tally: Tally,
): Promise<void> => {
  if (backups.length === 0) return;
  const { repository } = listing.location;
  const names = backups.flatMap(namesOf);
  const found = await findAll(deps.engine, repository, names);
  for (const backup of backups) {
    // one snapshot that cannot be read must not hide the others
    const seen = found ?? (await findOwn(deps, repository, backup, tally));
    if (seen !== undefined) await note(deps, listing, backup, seen, tally);
  }
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

const findOwn = async (
  { engine }: Reconcile,
  repository: string,
  backup: LivingBackup,
  tally: Tally,
): Promise<readonly Snapshot[] | undefined> => {
  try {
    return await engine.findSnapshots(repository, namesOf(backup));
  } catch (error) {
    const { backupId, optimizeVersion } = backup;
    tally.untold({ backupId, optimizeVersion, reason: reasonOf(error) });
    tally.backup(backup, 'unread');
    return undefined;
  }
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
  const { state, event, drift } = seenBackup(backup, snapshots, listing.engine, witness);
  const profile = profiles[backup.profile];
  const grown = profile && grownSet(profile, backup, snapshots);
  if (grown) await history.discover(discoveredSet(profile, backup.indexPrefix, grown, backup.location, state, witness));
  const found = presencesOf(backup, snapshots);
  tally.backup(
    backup,
    found.flatMap(({ is }) => is ?? []),
  );
  if (drift.length === 0 && state === backup.state) return;
  const noted = await history.noteState(key, state, event, drift);
  if (!noted.state && noted.parts.length === 0) return;
  const parts = noted.parts.map((number) => ({
    number,
    is: found.find((part) => part.number === number)?.is ?? 'present',
  }));
  tally.changed({ backupId, optimizeVersion, before: backup.state, state, parts });
  announce([backupId]);
};

/** Undefined: it was never made. */
const presencesOf = (
  { parts, create }: LivingBackup,
  snapshots: readonly Snapshot[],
): readonly { readonly number: number; readonly is: Presence | undefined }[] =>
  parts.map((part) => {
    const seen = snapshots.find(({ name }) => name === part.snapshotName);
    const instead = foundInstead(part, seen, create?.operationId)?.is;
    return { number: part.number, is: instead ?? (seen === undefined ? undefined : 'present') };
  });
