import type { NewCreate } from '@tandem/history/ports/backups.ts';
import type { OperationChange } from '@tandem/history/ports/ledger.ts';
import { derivedUuid } from '@tandem/planning/derived-uuid.ts';
import { optimizeVersion } from '@tandem/planning/optimize/optimize-version.ts';
import type { BackupRecord, Location } from '@tandem/shared/domain/backup/backup.ts';
import { safetyHold } from '@tandem/shared/domain/backup/hold.ts';
import { errorClass } from '@tandem/shared/domain/failure/error-class.ts';
import { fail, isFailure } from '@tandem/shared/domain/failure/failure.ts';
import { nextPollInMs } from '@tandem/shared/domain/failure/poll-schedule.ts';
import type { Reason } from '@tandem/shared/domain/failure/reason.ts';
import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import { profiles } from '@tandem/shared/domain/profile.ts';
import { locationOfNew, repositoryChanged } from '@tandem/shared/domain/repository/repository-identity.ts';
import { indicesToSave, safetyParts } from '@tandem/shared/domain/restore/safety-backup.ts';
import type { RestoreTick } from '../context.ts';
import { failRestore } from '../end/end.ts';
import { elapsedMs, remember, restoreEvent } from '../restore-records.ts';

/**
 * Requests the safety backup of this run, or waits for its end: nothing is deleted before. It does not wait for an operator: a problem that
 * only an operator can fix ends the restore.
 */
export const safetyBackup = async (tick: RestoreTick): Promise<OperationChange> => {
  try {
    return await takeOrFollow(tick);
  } catch (error) {
    if (!isFailure(error) || errorClass(error) !== 'operator') throw error;
    return failRestore(
      tick,
      'safety-backup',
      notTaken(tick, `cannot be taken: ${error.message}`, { cause: error.code }),
    );
  }
};

const takeOrFollow = async (tick: RestoreTick): Promise<OperationChange> => {
  const { job, detail, operation } = tick;
  const { safetyBackupId = '' } = detail.task;
  const found = await job.history.findBackupWithDeleted(safetyBackupId, undefined);
  if (found === undefined) return notThere(tick);
  const foreign = whyNotOfThisRun(tick, found);
  if (foreign !== undefined) return failRestore(tick, 'safety-backup', unsafe(tick, foreign, { state: found.state }));
  if (found.state === 'COMPLETED') return taken(tick, found);
  if (found.state === 'IN_PROGRESS') {
    // its end makes this due; the poll covers an end that came during this tick
    const runningMs = operation.now.getTime() - found.requestedAt.getTime();
    return { tries: 'progress', outcome: { do: 'wait', inMs: nextPollInMs(job.polling, runningMs) } };
  }
  const why = found.failure === undefined ? '' : `: ${found.failure.message}`;
  return failRestore(tick, 'safety-backup', notTaken(tick, `is ${found.state}${why}`, { state: found.state }));
};

const taken = (
  tick: RestoreTick,
  { backupId, optimizeVersion: version, versionAssumed }: BackupRecord,
): OperationChange => ({
  detail: remember(tick, { step: 'delete-existing' }),
  events: [
    restoreEvent(tick, 'step', {
      after: { step: 'safety-backup', backupId, optimizeVersion: version, versionAssumed },
    }),
  ],
  tries: 'progress',
  outcome: { do: 'wait', inMs: 0 },
});

/** The safety backup of an earlier run lacks everything written since. Undefined: it belongs to this run. */
const whyNotOfThisRun = ({ operation, detail }: RestoreTick, found: BackupRecord): string | undefined => {
  if (found.deletedAt !== undefined) return `was deleted at ${found.deletedAt.toISOString()}`;
  if (detail.task.safetyRepository === undefined) return undefined;
  if (found.safetyOf !== operation.operationId)
    return `is another backup, ${found.origin} at ${found.requestedAt.toISOString()}`;
  const { startedAt } = detail.memory;
  const isEarlier = startedAt !== undefined && found.requestedAt < new Date(startedAt);
  return isEarlier ? 'was taken by an earlier run of this restore' : undefined;
};

/** If an earlier version accepted the restore, the same process requested the safety backup, or died in between. */
const REQUESTED_WITHIN_MS = 15_000;

const notThere = async (tick: RestoreTick): Promise<OperationChange> => {
  if (tick.detail.task.safetyRepository !== undefined) return request(tick, tick.detail.task.safetyRepository);
  if (elapsedMs(tick) < REQUESTED_WITHIN_MS)
    return { tries: 'progress', outcome: { do: 'wait', inMs: tick.job.polling.maxMs } };
  return failRestore(tick, 'safety-backup', unsafe(tick, 'was never accepted', { state: null }));
};

/** The id and the operation's id follow from the restore's, so that two ticks request one backup. */
const request = async (tick: RestoreTick, repository: string): Promise<OperationChange> => {
  const { job, detail, tools } = tick;
  const [{ uuid, settingsDigest }, changed] = await Promise.all([
    job.engine.readRepository(repository),
    job.history.changedRepositories(),
  ]);
  const location = { clusterUuid: detail.task.clusterUuid, repository, repositoryUuid: uuid, settingsDigest };
  const create = newSafety(tick, locationOfNew(location, changed), await versionOf(tick));
  tools.assertHeld();
  const acceptance = await job.history.accept(create);
  if ('changed' in acceptance) throw repositoryChanged(acceptance.changed);
  if (acceptance.accepted) {
    await job.enqueue([{ operationId: create.operationId, revision: acceptance.revision }]).catch((error: unknown) => {
      const { operationId, backupId } = create;
      job.log.warn({ operationId, backupId, err: error }, 'safety backup not queued; the sweep will queue it');
    });
  }
  return { tries: 'progress', outcome: { do: 'wait', inMs: job.polling.minMs } };
};

const newSafety = (tick: RestoreTick, location: Location, { version, assumed }: Version): NewCreate => {
  const { job, operation, detail } = tick;
  const { operationId: restoreId, requestId, actor, backup, now } = operation;
  const { safetyBackupId = '', deletes, acceptUnsaved = [] } = detail.task;
  const profile = profiles[backup.profile];
  if (profile === undefined) {
    throw fail('PROFILE_UNKNOWN', `This worker does not know profile ${backup.profile}: is it older than the API?`);
  }
  const operationId = derivedUuid(`${restoreId} safety backup`);
  const names = indicesToSave(deletes, acceptUnsaved);
  const parts = safetyParts(profile, backup.indexPrefix, safetyBackupId, version, names);
  const hold = safetyHold(restoreId, job.actor, requestId, now);
  const reason = `safety backup of restore ${restoreId} of backup ${backup.backupId}`;
  const after = {
    ...{ operationId, safetyOf: restoreId, optimizeVersion: version, versionAssumed: assumed, location },
    parts: parts.map(({ number, snapshotName, indices }) => ({ number, snapshotName, indices: indices.length })),
    unsaved: deletes.length - names.length,
  };
  const shared = { source: 'worker', ...omitUndefined({ requestId }) } as const;
  return {
    ...{ backupId: safetyBackupId, optimizeVersion: version, profile: profile.name, indexPrefix: backup.indexPrefix },
    ...{ origin: 'requested', location, parts, operationId, requestId, actor, safetyOf: restoreId, hold },
    ...(assumed ? { versionAssumed: true as const } : {}),
    events: [
      { kind: 'backup.requested', actor, ...shared, reason, after },
      {
        kind: 'backup.held',
        actor: job.actor,
        ...shared,
        reason: hold.reason,
        before: { hold: null },
        after: { hold },
      },
    ],
  };
};

type Version = { readonly version: string; readonly assumed: boolean };

/** How often reading the metadata index is retried on a busy engine: if the index is red, it never succeeds. */
const VERSION_TRIES = 3;

/** If the engine reports no version (the metadata index is lost or red), that of the restored backup, marked as assumed. */
const versionOf = async ({ job, operation }: RestoreTick): Promise<Version> => {
  const { backup, failedTries } = operation;
  try {
    return { version: await optimizeVersion(job.engine, job.configuredVersion, backup.indexPrefix), assumed: false };
  } catch (error) {
    const isUnreadable = isFailure(
      error,
      'VERSION_UNKNOWN',
      'VERSION_INVALID',
      'ENGINE_BLOCKED',
      'ENGINE_REFUSED',
      'ENGINE_ANSWER_INVALID',
    );
    const isBusy = isFailure(error, 'ENGINE_BUSY', 'ENGINE_FAILED') && failedTries + 1 >= VERSION_TRIES;
    if (!isUnreadable && !isBusy) throw error;
    return { version: backup.optimizeVersion, assumed: true };
  }
};

/** The obstacle may be the reason for the restore: a full disk, a repository that is not writable. */
const notTaken = (tick: RestoreTick, why: string, data: object): Reason => {
  const names = tick.detail.task.deletes.map(({ index }) => index);
  const shown = names.length <= MAX_SHOWN ? JSON.stringify(names) : 'the names in data.acceptUnsaved';
  const { message, ...rest } = unsafe(tick, why, { ...data, acceptUnsaved: names });
  const remedy = `Resolve that, then create a new plan; or accept the loss of indices that cannot be saved, all of them with "acceptUnsaved": ${shown}.`;
  return { ...rest, message: `${message} ${remedy}` };
};

/** Names in a message. */
const MAX_SHOWN = 50;

export const unsafe = ({ detail }: Pick<RestoreTick, 'detail'>, why: string, data: object): Reason => {
  const { safetyBackupId } = detail.task;
  return {
    code: 'RESTORE_UNSAFE',
    message: `The safety backup ${safetyBackupId} ${why}. Nothing was deleted.`,
    data: { safetyBackupId, ...data },
  };
};
