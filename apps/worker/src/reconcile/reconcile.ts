import type { SearchEngine } from '@tandem/engine/port.ts';
import type { AuditHistory } from '@tandem/history/audit-port.ts';
import type { OperationHistory } from '@tandem/history/operations-port.ts';
import type { BackupHistory } from '@tandem/history/port.ts';
import type { LivingBackup, ReconcileHistory } from '@tandem/history/reconcile-port.ts';
import type { Logger } from '@tandem/runtime/logger.ts';
import type { DriftWitness } from '@tandem/shared/domain/drift.ts';
import type { Profile } from '@tandem/shared/domain/profile.ts';
import type { ReconciliationResult } from '@tandem/shared/domain/reconciliation.ts';
import { compareBackup } from './compare-backup.ts';
import { discoverSets } from './discover-sets.ts';
import { lookAgain } from './look-again.ts';
import { type Listing, type PlaceReading, type Repositories, readRepositories } from './read-repositories.ts';
import { newTally, type Place, type Tally } from './tally.ts';

export type Reconcile = {
  readonly engine: SearchEngine;
  readonly history: Pick<BackupHistory, 'discover' | 'noteState'> &
    Pick<ReconcileHistory, 'livingBackups'> &
    Pick<OperationHistory, 'findOperation'> &
    Pick<AuditHistory, 'incarnationsOf'>;
  readonly profiles: readonly Profile[];
  /** The configured one: compared also where the history names none. */
  readonly repository: string | undefined;
  /** Of sets that do not say what theirs is. */
  readonly indexPrefix: string;
  /** Uuids of snapshots of other installations that share a repository: filled here, so that each is read once by a process. */
  readonly ofOthers: Set<string>;
  /** Of the events. */
  readonly witness: DriftWitness;
  /** How long after its deletion a backup's late snapshots are left to the sweep. */
  readonly lateMs: number;
  readonly now: () => Date;
  readonly announce: (backupIds: readonly string[]) => void;
  /** Throws where another process compares meanwhile, or this one stops. */
  readonly assertHeld: () => void;
  readonly log: Logger;
};

const PAGE = 200;

/**
 * Compares every backup that is not deleted with the names and uuids in its repository, and looks at those that differ. Repositories are
 * listed before the records are read: a snapshot in the list that no record plans was not made by an operation that came later. What
 * the engine does not answer is in the result; rejects with HISTORY_UNREACHABLE, and as `assertHeld`. Done twice or half it does no harm.
 */
export const reconcile = async (deps: Reconcile): Promise<ReconciliationResult> => {
  const repositories = readRepositories(deps.engine, deps.profiles);
  const tally = newTally();
  const configured = await readConfigured(deps, repositories);
  // not those that have taken the name of one that records live in
  const ours = new Set(configured.flatMap(({ reading }) => reading.listing ?? []));
  let place: string | undefined;
  do {
    deps.assertHeld();
    const page = await deps.history.livingBackups(place, PAGE);
    for (const listing of await comparePage(deps, repositories, page.backups, tally)) ours.add(listing);
    place = page.next;
  } while (place !== undefined);
  for (const { place: at, reading } of configured)
    if (reading.listing || !tally.hasPlace(at.repository)) tally.place(at, reading);
  for (const listing of ours) await discoverSets(deps, listing, tally);
  return tally.result();
};

/** Whether every repository could be read, and what it holds. */
export const isComplete = ({ repositories, untoldCount }: ReconciliationResult): boolean =>
  untoldCount === 0 && repositories.every(({ unread }) => unread === undefined);

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
  backups: readonly LivingBackup[],
  tally: Tally,
): Promise<ReadonlySet<Listing>> => {
  const read = new Set<Listing>();
  const toLookAt = new Map<Listing, LivingBackup[]>();
  for (const backup of backups) {
    const reading = await repositories.read(backup.location);
    const { listing } = reading;
    tally.place(backup.location, reading);
    if (listing) read.add(listing);
    for (const { snapshotName } of backup.parts) listing?.claimed.add(snapshotName);
    if (listing === undefined) tally.backup(backup, 'unread');
    else if (backup.busy) tally.backup(backup, 'left alone');
    else {
      const found = compareBackup(backup, listing);
      if (found) tally.backup(backup, found);
      else toLookAt.set(listing, [...(toLookAt.get(listing) ?? []), backup]);
    }
  }
  for (const [listing, some] of toLookAt) await lookAgain(deps, listing, some, tally);
  return read;
};
