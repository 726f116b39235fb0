import type { BackupRecord, Location, PartRecord } from '@tandem/shared/domain/backup/backup.ts';
import type { Hold } from '@tandem/shared/domain/backup/hold.ts';
import { isSameLocation, laneOf, repositoryKeyOf } from '@tandem/shared/domain/backup/location.ts';
import { lastEnd } from '@tandem/shared/domain/backup/state/last-end.ts';
import { transitions } from '@tandem/shared/domain/operation/transitions.ts';
import type { KeptOwnership } from '@tandem/shared/domain/ownership/kept-ownership.ts';
import type { Acceptance, BackupHistory, DiscoveredSet, NewCreate, NewPart, NumberedBackup } from '../ports/backups.ts';
import { addEvents } from './add-events.ts';
import { answerKey, assertKeyHeld } from './keys.ts';
import { methods } from './methods.ts';
import { noteState } from './note-state.ts';
import { withChanges } from './parts.ts';
import { openRestoreInPlace } from './restore-requests.ts';
import { addOperation, asDeletion, asRecord, type BackupRow, isOpen, openOf, stored, type Tables } from './tables.ts';

const planned = (part: Omit<NewPart, 'state'> & { readonly state?: PartRecord['state'] }): PartRecord => ({
  number: part.number,
  of: part.of,
  snapshotName: part.snapshotName,
  indices: [...part.indices],
  state: part.state ?? 'PLANNED',
  starts: 0,
  uuid: undefined,
  engineVersion: undefined,
  versionId: undefined,
  startedAt: undefined,
  endedAt: undefined,
  shards: undefined,
  bytes: part.state === 'EMPTY' ? 0 : undefined,
  failures: [],
  manifest: undefined,
  oldestIndex: undefined,
  drift: undefined,
});

/** Of that id, newest first: the one requested last. */
const incarnations = (tables: Tables, backupId: string, deleted = false): readonly BackupRow[] =>
  tables.backups
    .filter((backup) => backup.backupId === backupId && (backup.deletedAt !== undefined) === deleted)
    .reverse()
    .sort((one, other) => other.requestedAt.getTime() - one.requestedAt.getTime());

const addBackup = (
  tables: Tables,
  backup: Pick<
    BackupRow,
    | 'backupId'
    | 'optimizeVersion'
    | 'profile'
    | 'indexPrefix'
    | 'origin'
    | 'location'
    | 'state'
    | 'parts'
    | 'requestedBy'
  > & {
    readonly requestedAt: Date;
    readonly endedAt: Date | undefined;
    readonly safetyOf?: string | undefined;
    readonly versionAssumed?: boolean | undefined;
    readonly hold?: Hold | undefined;
    readonly ownership?: KeptOwnership | undefined;
  },
): BackupRow => {
  const { backupId, optimizeVersion, profile, indexPrefix, origin, location, state, parts } = backup;
  const { requestedAt, requestedBy, endedAt } = backup;
  const row: BackupRow = {
    key: String(tables.backups.length + 1),
    ...{ backupId, optimizeVersion, profile, indexPrefix, origin, state, requestedAt, requestedBy, endedAt },
    location: { ...location },
    parts: [...parts].sort((one, other) => one.number - other.number),
    stateSeenAt: tables.now(),
    deletedAt: undefined,
    failure: undefined,
    proof: undefined,
    partialProof: undefined,
    failedRehearsal: undefined,
    labels: {},
    note: undefined,
    hold: backup.hold && stored(backup.hold),
    safetyOf: backup.safetyOf,
    versionAssumed: backup.versionAssumed ?? false,
    repositoryCheck: undefined,
    ownership: backup.ownership && stored(backup.ownership),
  };
  tables.backups.push(row);
  return row;
};

const accept = (tables: Tables, create: NewCreate): Acceptance => {
  if (create.idempotency) assertKeyHeld(tables, create.idempotency.key);
  const restore = openRestoreInPlace(tables, create.location.clusterUuid, create.safetyOf);
  if (restore) return { accepted: false, restoring: { operationId: restore.id, backupId: restore.backup.backupId } };
  if (create.safetyOf !== undefined && !isOpenRestore(tables, create.safetyOf))
    return { accepted: false, restoreEnded: true };
  const existing = incarnations(tables, create.backupId).find(({ location }) =>
    isSameLocation(location, create.location),
  );
  if (existing) return { accepted: false, existing: asRecord(tables, existing) };
  const changed = tables.changedRepositories.get(laneOf(create.location));
  if (changed && changed.acceptedAt === undefined) return { accepted: false, changed: { ...changed } };
  const at = tables.now();
  const parts = create.parts.map(planned);
  const times = { requestedAt: at, requestedBy: create.actor, endedAt: undefined };
  const backup = addBackup(tables, { ...create, ...times, parts, state: transitions.accept.backup.create });
  const { operationId: id, location, requestId, actor, idempotency, safetyOf } = create;
  const detail = stored({ safetyOf });
  addOperation(tables, { id, backup, kind: 'create', lane: laneOf(location), requestId, actor, detail });
  if (idempotency) answerKey(tables, idempotency.key, idempotency.answer);
  addEvents(tables, create.events, backup, id);
  return { accepted: true, revision: 1 };
};

const previousOwnership = (
  tables: Tables,
  key: string,
): { readonly backupId: string; readonly ownership: KeptOwnership } | undefined => {
  const at = tables.backups.findIndex((backup) => backup.key === key);
  const own = tables.backups[at];
  if (own === undefined) return undefined;
  const isOfSame = ({ indexPrefix, location }: BackupRow): boolean =>
    indexPrefix === own.indexPrefix && repositoryKeyOf(location) === repositoryKeyOf(own.location);
  const found = tables.backups.slice(0, at).findLast((one) => one.ownership !== undefined && isOfSame(one));
  return found?.ownership && { backupId: found.backupId, ownership: found.ownership };
};

const isOpenRestore = (tables: Tables, operationId: string): boolean => {
  const operation = tables.operations.get(operationId);
  return operation !== undefined && isOpen(operation);
};

const newestOf = (all: readonly BackupRow[], location: Location | undefined): BackupRow | undefined =>
  (location && all.find((backup) => isSameLocation(backup.location, location))) ?? all[0];

const findBackup = (tables: Tables, backupId: string, location: Location | undefined): BackupRecord | undefined => {
  const found = newestOf(incarnations(tables, backupId), location);
  return found && asRecord(tables, found);
};

/** The newest one that lives, else the newest deleted one. */
export const newestBackup = (tables: Tables, backupId: string, location: Location | undefined): BackupRow | undefined =>
  newestOf(incarnations(tables, backupId), location) ?? newestOf(incarnations(tables, backupId, true), location);

const findBackupWithDeleted = (
  tables: Tables,
  backupId: string,
  location: Location | undefined,
): BackupRecord | undefined => {
  const found = newestBackup(tables, backupId, location);
  return found && asRecord(tables, found);
};

const numberedBackups = (tables: Tables, limit: number): readonly NumberedBackup[] =>
  tables.backups
    .filter(({ backupId, deletedAt }) => deletedAt === undefined && /^[1-9]\d{0,15}$/.test(backupId))
    .reverse()
    .sort((one, other) => other.requestedAt.getTime() - one.requestedAt.getTime())
    .slice(0, limit)
    .map((row) => asNumbered(tables, row));

const asNumbered = (tables: Tables, row: BackupRow): NumberedBackup => {
  const { key, backupId, location, requestedAt, state, failure, create, parts } = asRecord(tables, row);
  const open = openOf(tables, row);
  return {
    ...{ key, backupId, location, requestedAt, state, failure, create },
    deletion: open?.kind === 'delete' ? asDeletion(open) : undefined,
    parts: parts.map((part) => ({
      ...{ number: part.number, snapshotName: part.snapshotName, state: part.state, uuid: part.uuid },
      ...{ versionId: part.versionId, startedAt: part.startedAt, shards: part.shards, failures: part.failures },
      ...{ oldestIndex: part.oldestIndex, drift: part.drift },
    })),
  };
};

const discover = (tables: Tables, set: DiscoveredSet): BackupRecord => {
  const recorded = incarnations(tables, set.backupId).find(
    (backup) => backup.optimizeVersion === set.optimizeVersion && isSameLocation(backup.location, set.location),
  );
  if (recorded) {
    if (recorded.origin === 'discovered') fillIn(recorded, set);
    return asRecord(tables, recorded);
  }
  const parts = set.parts.map((part) => withChanges(planned(part), part));
  const endedAt = lastEnd(set.parts);
  const requestedBy = set.event.actor;
  const backup = addBackup(tables, { ...set, origin: 'discovered', requestedBy, parts, endedAt });
  addEvents(tables, [set.event], backup);
  return asRecord(tables, backup);
};

/** Parts that had not been seen when the set was taken in, and those that went on since. */
const fillIn = (backup: BackupRow, set: DiscoveredSet): void => {
  const isNews = (part: BackupRow['parts'][number], found: DiscoveredSet['parts'][number]): boolean =>
    part.uuid === undefined || (part.uuid === found.uuid && part.state !== found.state);
  let grown = false;
  backup.parts = backup.parts.map((part) => {
    const found = set.parts.find(({ number, uuid }) => number === part.number && typeof uuid === 'string');
    if (!found || !isNews(part, found)) return part;
    grown = true;
    return withChanges(part, found);
  });
  if (grown) backup.endedAt = lastEnd(set.parts);
};

export const backups = (tables: Tables): BackupHistory =>
  methods(tables, {
    ...{ accept, findBackup, findBackupWithDeleted, numberedBackups, discover, noteState, previousOwnership },
  });
