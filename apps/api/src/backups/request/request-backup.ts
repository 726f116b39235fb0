import type { SearchEngine } from '@tandem/engine/port.ts';
import type { Acceptance, BackupHistory, NewCreate } from '@tandem/history/ports/backups.ts';
import type { RepositoryHistory } from '@tandem/history/ports/repositories.ts';
import type { RestoreHistory } from '@tandem/history/ports/restores.ts';
import { digestOf } from '@tandem/planning/digest.ts';
import { optimizeVersion } from '@tandem/planning/optimize/optimize-version.ts';
import type { OperationJob } from '@tandem/queue/port.ts';
import type { BackupRecord, Location } from '@tandem/shared/domain/backup/backup.ts';
import {
  checkNameLength,
  type PlannedBackup,
  type PlannedPart,
  planBackup,
} from '@tandem/shared/domain/backup/plan-backup.ts';
import { lookupPattern } from '@tandem/shared/domain/backup/snapshot-name.ts';
import { deletionUnderWay } from '@tandem/shared/domain/backup/state/deletion-under-way.ts';
import { type Failure, fail, isFailure } from '@tandem/shared/domain/failure/failure.ts';
import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import { isCancelled } from '@tandem/shared/domain/operation/cancellation.ts';
import { ACTIVE_STATES } from '@tandem/shared/domain/operation/operation-state.ts';
import { endsSuspension } from '@tandem/shared/domain/operation/suspension.ts';
import { shownOwnership } from '@tandem/shared/domain/ownership/kept-ownership.ts';
import type { Profile } from '@tandem/shared/domain/profile.ts';
import { type FoundSet, foundSets } from '@tandem/shared/domain/reconciliation/found-sets.ts';
import { locationOfNew, repositoryChanged } from '@tandem/shared/domain/repository/repository-identity.ts';
import { readRestoreDetail } from '@tandem/shared/domain/restore/run/restore-memory.ts';
import type { RequestContext } from '../../http/route.ts';
import { configuredRepository } from '../../repositories/configured-repository.ts';
import type { EngineFacts } from '../read/engine-facts.ts';

export type RequestBackupSettings = {
  readonly repository: string | undefined;
  readonly optimizeVersion: string | undefined;
  readonly indexPrefix: string;
};

export type RequestBackup = {
  readonly profile: Profile;
  readonly settings: RequestBackupSettings;
  readonly engine: SearchEngine;
  readonly facts: EngineFacts;
  readonly history: BackupHistory &
    Pick<RestoreHistory, 'listRestores'> &
    Pick<RepositoryHistory, 'changedRepositories'>;
  readonly newId: () => string;
  /** Queues after the response; never rejects and never waits. */
  readonly enqueue: (job: OperationJob) => void;
  /** Notifies callers that wait for the backup. */
  readonly announce: (backupIds: readonly string[]) => void;
};

export type RequestOptions = {
  readonly reason?: string;
  /** Stored for the key in the same statement as the backup. */
  readonly idempotency?: { readonly key: string; readonly answerOf: (operationId: string) => unknown };
};

export type RequestedBackup = {
  readonly backupId: string;
  readonly operationId: string;
  /** Part 1 first. */
  readonly snapshots: readonly string[];
};

/** Longest version that an id must leave room for while the actual version is not known. */
const SHORTEST_VERSION = '0';

/**
 * Plans a backup, commits it and queues it: once accepted it reaches COMPLETED or FAILED. A failed request leaves nothing behind.
 * REPOSITORY_NOT_CONFIGURED, REPOSITORY_READ_ONLY, BACKUP_ID_INVALID, BACKUP_EXISTS, SNAPSHOT_EXISTS, RESTORE_RUNNING, REPOSITORY_CHANGED,
 * NO_INDICES, PART_EMPTY, VERSION_UNKNOWN, VERSION_INVALID, HISTORY_UNREACHABLE, and as the engine rejects.
 */
export const requestBackup =
  (deps: RequestBackup) =>
  async (backupId: string, context: RequestContext, options: RequestOptions = {}): Promise<RequestedBackup> => {
    checkNameLength(deps.profile, backupId, deps.settings.optimizeVersion ?? SHORTEST_VERSION);
    const planned = await plan(deps, backupId).catch(async (error: unknown) => {
      throw (await restoringMeanwhile(deps, error)) ?? error;
    });
    const { parts } = planned;
    const create = newCreate(deps, planned, context, options);
    const acceptance = await deps.history.accept(create);
    if (!acceptance.accepted) throw refusal(acceptance);
    deps.enqueue({ operationId: create.operationId, revision: acceptance.revision });
    deps.announce([backupId]);
    return { backupId, operationId: create.operationId, snapshots: parts.map(({ snapshotName }) => snapshotName) };
  };

const plan = async (deps: RequestBackup, backupId: string): Promise<Planned> => {
  const { location, version, found, indices } = await readFacts(deps, backupId);
  checkNameLength(deps.profile, backupId, version);
  if (found[0] !== undefined) throw await alreadyThere(deps.history, found, location);
  const named = { backupId, optimizeVersion: version };
  return {
    backupId,
    version,
    location,
    ...planBackup(deps.profile, deps.settings.indexPrefix, named, indices, digestOf),
  };
};

/**
 * If a plan fails because a restore in place has not restored all indices yet, or their shards are still recovering, returns that cause.
 * Undefined: no restore is the cause, or it cannot be determined.
 */
const restoringMeanwhile = async (
  { settings: { repository }, facts, history }: RequestBackup,
  error: unknown,
): Promise<Failure | undefined> => {
  if (repository === undefined || !isFailure(error, ...UNFINISHED)) return undefined;
  const [location, open] = await Promise.all([
    facts.freshLocation(repository).catch(() => undefined),
    history.listRestores({ kinds: ['restore'], states: ACTIVE_STATES }, undefined, MAX_OPEN),
  ]);
  if (location === undefined) return undefined;
  const { clusterUuid } = location;
  const restoring = open.find(({ detail }) => {
    const { inPlace, clusterUuid: target } = readRestoreDetail(detail).task;
    return inPlace && target === clusterUuid;
  });
  return restoring === undefined ? undefined : writtenTo(restoring);
};

/** Failures of a plan if indices are missing or not all of their primaries are started. */
const UNFINISHED = [
  'VERSION_UNKNOWN',
  'NO_INDICES',
  'PART_EMPTY',
  ...([
    'ENGINE_BUSY',
    'ENGINE_FAILED',
    'ENGINE_TIMEOUT',
    'ENGINE_REFUSED',
    'ENGINE_BLOCKED',
    'INDEX_NOT_FOUND',
  ] as const),
] as const;

/** Max open restores of all clusters that share the history; each has at most one. */
const MAX_OPEN = 100;

/** Everything that the plan needs from the engine, read in parallel. */
const readFacts = async ({ profile, settings, engine, facts, history }: RequestBackup, backupId: string) => {
  const { indexPrefix } = settings;
  const repository = configuredRepository(settings.repository);
  const [found, changed, version, snapshots, listing] = await Promise.all([
    facts.writableLocation(repository),
    history.changedRepositories(),
    optimizeVersion(engine, settings.optimizeVersion, indexPrefix),
    engine.findSnapshots(repository, [lookupPattern(profile, backupId)]),
    engine.listIndices(indexPrefix),
  ]);
  const sets = foundSets(profile, backupId, snapshots);
  return { location: locationOfNew(found, changed), version, found: sets, indices: listing.map(({ name }) => name) };
};

type Planned = PlannedBackup & {
  readonly backupId: string;
  readonly version: string;
  readonly location: Location;
};

const newCreate = (
  deps: RequestBackup,
  planned: Planned,
  { actor, requestId }: RequestContext,
  { reason, idempotency }: RequestOptions,
): NewCreate => {
  const { backupId, version, location, parts, ownership } = planned;
  const operationId = deps.newId();
  const after = {
    ...{ operationId, optimizeVersion: version, location, parts: parts.map(summary) },
    ownership: shownOwnership(ownership),
  };
  return {
    backupId,
    optimizeVersion: version,
    indexPrefix: deps.settings.indexPrefix,
    profile: deps.profile.name,
    origin: 'requested',
    location,
    parts,
    ownership,
    operationId,
    requestId,
    actor,
    events: [{ kind: 'backup.requested', actor, source: 'api', requestId, after, ...omitUndefined({ reason }) }],
    ...(idempotency === undefined
      ? {}
      : { idempotency: { key: idempotency.key, answer: idempotency.answerOf(operationId) } }),
  };
};

const summary = ({ number, snapshotName, indices }: PlannedPart) => ({ number, snapshotName, indices: indices.length });

const refusal = (refused: Extract<Acceptance, { accepted: false }>): Failure =>
  'existing' in refused
    ? alreadyRecorded(refused.existing)
    : 'restoring' in refused
      ? writtenTo(refused.restoring)
      : 'changed' in refused
        ? repositoryChanged(refused.changed)
        : fail('OPERATION_ENDED', 'The restore of this safety backup has ended.');

const writtenTo = ({ operationId, backupId }: { readonly operationId: string; readonly backupId: string }): Failure =>
  fail(
    'RESTORE_RUNNING',
    `Restore ${operationId} of backup ${backupId} writes to the indices of Optimize, which are incomplete until it ends: wait for its end, or stop it.`,
    { operationId, restoredBackupId: backupId },
  );

const nextStep = ({ suspended, state, failure, deletion }: BackupRecord): string => {
  const deleting = deletionUnderWay(deletion);
  if (deleting !== undefined)
    return `It is being deleted: wait until GET /api/v1/operations/${deleting.operationId} is SUCCEEDED, or choose another id.`;
  if (suspended !== undefined)
    return `Operation ${suspended.operationId} (${suspended.kind}) of it is SUSPENDED: ${endsSuspension(suspended)}; or choose another id.`;
  return failure !== undefined && isCancelled({ state, failure }) ? failure.message : 'Choose another id.';
};

const alreadyRecorded = (existing: BackupRecord): Failure => {
  const names = existing.parts.map(({ snapshotName }) => snapshotName);
  return fail(
    'BACKUP_EXISTS',
    `Backup ${existing.backupId} was ${existing.origin} at ${existing.requestedAt.toISOString()} and is ${existing.state}: ${names.join(', ')}. ${nextStep(existing)}`,
    {
      backupId: existing.backupId,
      snapshots: names,
      ...omitUndefined({ operationId: existing.suspended?.operationId }),
    },
  );
};

/** Our record says more than the snapshot names in the engine. Without a record, the snapshots are not ours. */
const alreadyThere = async (
  history: BackupHistory,
  found: readonly FoundSet[],
  location: Location,
): Promise<Failure> => {
  const backupId = found[0]?.backupId ?? '';
  const recorded = await history.findBackup(backupId, location);
  if (
    recorded !== undefined &&
    recorded.origin !== 'discovered' &&
    recorded.location.repository === location.repository
  ) {
    return alreadyRecorded(recorded);
  }
  const names = found.flatMap(({ snapshots }) => snapshots.map(({ name }) => name));
  return fail(
    'SNAPSHOT_EXISTS',
    `Repository ${location.repository} already contains snapshots of backup ${backupId}: ${names.join(', ')}. Choose another id, or delete them.`,
    { backupId, snapshots: names },
  );
};
