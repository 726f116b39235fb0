import type { EngineInfo, SearchEngine } from '@tandem/engine/port.ts';
import type { BackupHistory } from '@tandem/history/ports/backups.ts';
import type { ChangedRepository, RepositoryHistory } from '@tandem/history/ports/repositories.ts';
import { discoveredSet, type Finder, grownSet } from '@tandem/planning/repository/discovered-set.ts';
import type { BackupRecord, BackupState, Location } from '@tandem/shared/domain/backup/backup.ts';
import { isWhereItLives } from '@tandem/shared/domain/backup/location.ts';
import type { Snapshot } from '@tandem/shared/domain/backup/snapshot.ts';
import { lookupPattern } from '@tandem/shared/domain/backup/snapshot-name.ts';
import { stateWithoutEngine } from '@tandem/shared/domain/backup/state/recorded-state.ts';
import { seenBackup } from '@tandem/shared/domain/backup/state/seen-backup.ts';
import { type Failure, fail, isFailure } from '@tandem/shared/domain/failure/failure.ts';
import type { Profile } from '@tandem/shared/domain/profile.ts';
import { isSuddenlyGone } from '@tandem/shared/domain/reconciliation/drift.ts';
import { type FoundSet, foundSetState, foundSets, startOf } from '@tandem/shared/domain/reconciliation/found-sets.ts';
import { isOfOtherInstallation } from '@tandem/shared/domain/reconciliation/set-installation.ts';
import { safetyOfSet } from '@tandem/shared/domain/reconciliation/set-metadata.ts';
import { repositoryChanged } from '@tandem/shared/domain/repository/repository-identity.ts';
import type { RequestContext } from '../../http/route.ts';
import type { EngineFacts } from './engine-facts.ts';

export type ReadBackupState = {
  readonly profile: Profile;
  readonly indexPrefix: string;
  readonly repository: string | undefined;
  readonly engine: SearchEngine;
  readonly facts: EngineFacts;
  readonly history: BackupHistory & Pick<RepositoryHistory, 'changedRepositories'>;
  readonly now: () => Date;
  /** Runs after the response; a failure is logged and does not affect the response. */
  readonly afterAnswer: (what: string, task: () => Promise<unknown>) => void;
};

/**
 * The state of a backup, folded from the intent in PostgreSQL and the current snapshots in the engine; both are read in parallel.
 * BACKUP_NOT_FOUND, HISTORY_UNREACHABLE, REPOSITORY_CHANGED, and as the engine rejects if the state depends on it.
 */
export const readBackupState =
  (deps: ReadBackupState) =>
  async (backupId: string, context: RequestContext): Promise<BackupState> =>
    (await readStateNow(deps)(backupId, context)).state;

/** `asOf`: the current state could not be determined; this one was last seen then. */
export type StateNow = { readonly state: BackupState; readonly asOf?: Date };

/** As `readBackupState`, with the time the state is from. */
export const readStateNow =
  (deps: ReadBackupState) =>
  async (backupId: string, context: RequestContext): Promise<StateNow> => {
    const here = settled(lookHere(deps, backupId));
    const changed = settled(deps.history.changedRepositories());
    const record = await deps.history.findBackup(backupId, await configuredLocation(deps, here));
    if (record === undefined) {
      const seen = await here();
      const [set] = seen?.sets ?? [];
      if (seen === undefined || set === undefined) throw await notFound(deps, backupId, seen?.hasOthers === true);
      return { state: foundState(deps, seen, set, context) };
    }
    const known = stateWithoutEngine(record);
    if (known === 'IN_PROGRESS') return { state: known };
    if (known === undefined) requireUnchanged(record, await changed());
    const isHere = record.location.repository === deps.repository;
    const seen = await withLastState(record, isHere && known === undefined ? here : () => unlessFailed(here));
    const newer = seen?.sets.find((set) => isNewerThan(record, set));
    if (seen !== undefined && newer !== undefined) return { state: foundState(deps, seen, newer, context) };
    return known === undefined ? stateOfRecord(deps, record, seen, context) : { state: known };
  };

/** REPOSITORY_CHANGED: the current contents of the repository say nothing about the record. */
const requireUnchanged = (record: BackupRecord, changed: readonly ChangedRepository[]): void => {
  const { repository } = record.location;
  const change = changed.find(
    ({ location, acceptedAt }) =>
      acceptedAt === undefined && location.repository === repository && isWhereItLives(record.location, location),
  );
  if (change !== undefined) throw repositoryChanged(change, ` ${lastSeen(record)}`);
};

/** Known from the last read; the first request of a process must wait for one, or it could return an incarnation in another location. */
const configuredLocation = async (
  { repository, facts }: ReadBackupState,
  here: () => Promise<Seen | undefined>,
): Promise<Location | undefined> => {
  if (repository === undefined) return undefined;
  return facts.lastLocation(repository) ?? (await unlessFailed(here))?.location;
};

type Seen = {
  readonly location: Location;
  readonly snapshots: readonly Snapshot[];
  /** Sets of this installation, as far as their metadata shows. */
  readonly sets: readonly FoundSet[];
  /** Another installation has sets with that id. */
  readonly hasOthers: boolean;
  readonly engine: EngineInfo;
};

/** The sets with that id in the configured repository; undefined: no repository is configured. */
const lookHere = async (deps: ReadBackupState, backupId: string): Promise<Seen | undefined> => {
  if (deps.repository === undefined) return undefined;
  const [location, engine, snapshots] = await Promise.all([
    deps.facts.location(deps.repository),
    deps.facts.engine(),
    deps.engine.findSnapshots(deps.repository, [lookupPattern(deps.profile, backupId)]),
  ]);
  const found = foundSets(deps.profile, backupId, snapshots);
  const sets = found.filter((set) => !isOfOtherInstallation(deps.indexPrefix, set));
  return { location, engine, snapshots, sets, hasOthers: sets.length < found.length };
};

/** A promise whose rejection only matters if it is awaited. */
const settled = <Value>(promise: Promise<Value>): (() => Promise<Value>) => {
  const outcome = promise.then(
    (value) => () => value,
    (error: unknown) => () => {
      throw error;
    },
  );
  return async () => (await outcome)();
};

/** A broken configured repository does not affect a record that lives elsewhere or needs no engine. */
const unlessFailed = async <Value>(read: () => Promise<Value>): Promise<Value | undefined> => {
  try {
    return await read();
  } catch (error) {
    if (isFailure(error)) return undefined;
    throw error;
  }
};

/** If the current state cannot be determined, the failure names the last one. */
const withLastState = async <Value>(record: BackupRecord, read: () => Promise<Value>): Promise<Value> => {
  try {
    return await read();
  } catch (error) {
    if (!isFailure(error)) throw error;
    throw fail(error.code, `${error.message} ${lastSeen(record)}`, error.data, error);
  }
};

const lastSeen = ({ state, stateSeenAt }: BackupRecord): string =>
  `Last seen ${state} at ${stateSeenAt.toISOString()}.`;

/** Taken later under the same id with another version: another incarnation. The newest one counts. */
const isNewerThan = (record: BackupRecord, set: FoundSet): boolean =>
  set.optimizeVersion !== record.optimizeVersion && startOf(set) > record.requestedAt.getTime();

const foundState = (
  deps: ReadBackupState,
  seen: Seen,
  set: FoundSet,
  { actor, requestId }: RequestContext,
): BackupState => {
  const state = foundSetState(set, seen.engine, safetyOfSet(set).empty);
  const finder = { actor, source: 'api', requestId } as const;
  const discovered = discoveredSet(deps.profile, deps.indexPrefix, set, seen.location, state, finder);
  deps.afterAnswer('record a discovered set', () => deps.history.discover(discovered));
  return state;
};

const stateOfRecord = async (
  deps: ReadBackupState,
  record: BackupRecord,
  seen: Seen | undefined,
  { actor, requestId }: RequestContext,
): Promise<StateNow> => {
  const now = await withLastState(record, () => lookWhereItLives(deps, record, seen));
  // re-registered or in another cluster does not mean vanished: what cannot be read keeps its last known state
  if (now === undefined) return lastKnown(record);
  // the same holds for snapshots that may be in another location: only a reconciliation of the repository can show it
  if (isSuddenlyGone(record.parts, now.snapshots)) return lastKnown(record);
  const witness = { actor, source: 'api', requestId } as const;
  const { state, event, drift, late } = seenBackup(record, now.snapshots, now.engine, witness);
  fillIn(deps, record, now, state, witness);
  if (drift.length + late.length > 0 || state !== record.state) {
    deps.afterAnswer('record a difference', () => noteDifference(deps, record, now.engine, witness));
    return { state };
  }
  if (deps.now().getTime() - record.stateSeenAt.getTime() < SEEN_AGAIN_MS) return { state };
  deps.afterAnswer('record the state', () => deps.history.noteState(record.key, state, event));
  return { state };
};

const lastKnown = ({ state, stateSeenAt }: BackupRecord): StateNow => ({ state, asOf: stateSeenAt });

/**
 * The engine may have been read before the record, and the repository may have moved since its location was read: both are read again
 * before a difference from the record is stored.
 */
const noteDifference = async (
  { engine, facts, history }: ReadBackupState,
  record: BackupRecord,
  info: EngineInfo,
  witness: Finder & { readonly requestId: string },
): Promise<void> => {
  const names = record.parts.map(({ snapshotName }) => snapshotName);
  const snapshots = await engine.findSnapshots(record.location.repository, names);
  if (!isWhereItLives(record.location, await facts.freshLocation(record.location.repository))) return;
  if (isSuddenlyGone(record.parts, snapshots)) return;
  const { state, event, drift, late } = seenBackup(record, snapshots, info, witness);
  await history.noteState(record.key, state, event, drift, late);
};

/** An unchanged state is stored again after this, so that "last seen" stays recent. */
const SEEN_AGAIN_MS = 60_000;

/** Later parts of a discovered set are recorded when they are seen. */
const fillIn = (
  deps: ReadBackupState,
  record: BackupRecord,
  { snapshots }: Pick<Seen, 'snapshots'>,
  state: BackupState,
  finder: Finder,
): void => {
  const set = grownSet(deps.profile, record, snapshots);
  if (set === undefined) return;
  const discovered = discoveredSet(deps.profile, deps.indexPrefix, set, record.location, state, finder);
  deps.afterAnswer('record new parts of a discovered set', () => deps.history.discover(discovered));
};

/** Reads the record's repository, not the currently configured one. Undefined: that repository has changed. */
const lookWhereItLives = async (
  deps: ReadBackupState,
  record: BackupRecord,
  seen: Seen | undefined,
): Promise<Pick<Seen, 'snapshots' | 'engine'> | undefined> => {
  const { repository } = record.location;
  if (seen?.location.repository === repository)
    return isWhereItLives(record.location, seen.location) ? seen : undefined;
  if (!isWhereItLives(record.location, await deps.facts.location(repository))) return undefined;
  const names = record.parts.map(({ snapshotName }) => snapshotName);
  const [engine, snapshots] = await Promise.all([deps.facts.engine(), deps.engine.findSnapshots(repository, names)]);
  return { engine, snapshots };
};

const notFound = async (deps: ReadBackupState, backupId: string, isOfOther: boolean): Promise<Failure> => {
  const { repository, indexPrefix, history } = deps;
  const deleted = await history.findBackupWithDeleted(backupId, undefined);
  if (deleted?.deletedAt !== undefined) return wasDeleted(backupId, deleted.deletedAt);
  const where = isOfOther
    ? `The snapshots with that id in repository ${repository} belong to another installation: the index prefix of this one is ${indexPrefix}.`
    : repository === undefined
      ? 'No repository is configured, so only the history was searched.'
      : `Neither the history nor repository ${repository} has it.`;
  return fail('BACKUP_NOT_FOUND', `No backup has the id ${backupId}. ${where}`, { backupId });
};

const wasDeleted = (backupId: string, deletedAt: Date): Failure => {
  const [at, record] = [deletedAt.toISOString(), `/api/v1/backups/${backupId}`];
  return fail('BACKUP_NOT_FOUND', `Backup ${backupId} was deleted at ${at}. Its record: GET ${record}.`, {
    ...{ backupId, deletedAt: at, record },
  });
};
