import type { SearchEngine } from '@tandem/engine/port.ts';
import type { SuspendedCreate, SuspensionHistory } from '@tandem/history/ports/suspensions.ts';
import { requireSameRepository } from '@tandem/planning/repository/same-repository.ts';
import type { Logger } from '@tandem/runtime/logging/logger.ts';
import { type ProblemLog, problemLog } from '@tandem/runtime/logging/problem-log.ts';
import type { RepositoryCheck } from '@tandem/shared/domain/backup/backup.ts';
import { observeCreate } from '@tandem/shared/domain/backup/create/observed-create.ts';
import type { Snapshot } from '@tandem/shared/domain/backup/snapshot.ts';
import { partFacts } from '@tandem/shared/domain/backup/state/part-facts.ts';
import { isFailure } from '@tandem/shared/domain/failure/failure.ts';
import type { Reason } from '@tandem/shared/domain/failure/reason.ts';
import type { Actor, EventKind, NewEvent } from '@tandem/shared/domain/history/event.ts';
import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import { endOf } from '@tandem/shared/domain/operation/transitions.ts';
import { learnRepository } from '../jobs/repository-identity.ts';
import type { OnRecorded } from '../tick.ts';

export type ObserveCreates = {
  readonly history: Pick<SuspensionHistory, 'suspendedCreates' | 'endSuspended'>;
  /** Reads only. */
  readonly engine: Pick<SearchEngine, 'findSnapshots' | 'readRepository'>;
  readonly actor: Actor;
  /** Notifies callers that wait for the backups. */
  readonly announce: (backupIds: readonly string[]) => void;
  readonly onRecorded?: OnRecorded;
  readonly log: Logger;
};

/** Max creates per run; the next run resumes after them, so that thousands do not delay the sweep. */
const AT_ONCE = 20;

/**
 * Each call observes some of the suspended creates, over several calls all of them: one whose parts all exist in the engine, belong to it and
 * are complete ends SUCCEEDED; one that was not released in time ends FAILED. Sends no write to the engine. Returns how many ended.
 */
export const createObserver = (deps: ObserveCreates): (() => Promise<number>) => {
  const problems = problemLog(deps.log);
  let after: string | undefined;
  return async () => {
    const { creates, next } = await deps.history.suspendedCreates(after, AT_ONCE);
    after = next;
    let ended = 0;
    for (const create of creates) if (await observe(deps, problems, create)) ended += 1;
    return ended;
  };
};

/** Whether it ended. If the engine fails, it is left for a later run. */
const observe = async (deps: ObserveCreates, problems: ProblemLog, create: SuspendedCreate): Promise<boolean> => {
  try {
    const isEnded = await endIfDecided(deps, create);
    problems.over(create.operationId);
    return isEnded;
  } catch (error) {
    if (!isFailure(error) || isFailure(error, 'HISTORY_UNREACHABLE')) throw error;
    const { operationId, backup } = create;
    problems.met(operationId, { operationId, backupId: backup.backupId, err: error }, 'suspended create not ended');
    return false;
  }
};

const endIfDecided = async (deps: ObserveCreates, create: SuspendedCreate): Promise<boolean> => {
  const { operationId, revision, suspendedAt, now, detail, backup } = create;
  const seen = await snapshotsOf(deps, create);
  const observed = observeCreate({ operationId, parts: backup.parts, detail, seen, suspendedAt, now });
  if (observed.verdict === 'wait') return false;
  const change =
    observed.verdict === 'succeeded'
      ? await succeeded(deps, create, observed.snapshots)
      : failed(deps, create, observed.reason);
  const written = await deps.history.endSuspended(operationId, revision, change);
  if (!written) return false;
  deps.announce([backup.backupId]);
  deps.onRecorded?.('create', change);
  const facts = { operationId, backupId: backup.backupId, state: change.outcome.state };
  deps.log.info(facts, 'suspended create ended');
  return true;
};

/** Undefined: the engine does not respond, or the name refers to another repository now. */
const snapshotsOf = async (
  { engine, log }: ObserveCreates,
  { operationId, backup: { backupId, location, parts } }: SuspendedCreate,
): Promise<readonly Snapshot[] | undefined> => {
  try {
    await requireSameRepository(engine, location);
    return await engine.findSnapshots(
      location.repository,
      parts.map(({ snapshotName }) => snapshotName),
    );
  } catch (error) {
    if (!isFailure(error)) throw error;
    log.debug({ operationId, backupId, err: error }, 'suspended create not observed');
    return undefined;
  }
};

/** The verification would write into the repository. */
const NOT_VERIFIED: RepositoryCheck = {
  verified: false,
  reason:
    'Its create was suspended when its parts were found complete, and a suspended operation does not verify the repository.',
};

type End = Parameters<SuspensionHistory['endSuspended']>[2];

const succeeded = async (
  deps: ObserveCreates,
  create: SuspendedCreate,
  snapshots: readonly Snapshot[],
): Promise<End> => {
  const { parts, location } = create.backup;
  const news = parts.flatMap((part, at) => {
    const snapshot = snapshots[at];
    return snapshot === undefined || part.state === 'SUCCESS' ? [] : [{ part, snapshot }];
  });
  return {
    parts: news.map(({ part, snapshot }) => ({ number: part.number, ...partFacts(snapshot), indices: part.indices })),
    events: [
      ...news.map(({ part, snapshot: { name, uuid, shards, startedAt, endedAt } }) =>
        event(deps, create, 'part.succeeded', {
          after: { part: part.number, snapshot: name, uuid, shards, startedAt, endedAt },
        }),
      ),
      event(deps, create, 'backup.completed', {
        reason: 'Its create was suspended, and every part was found in the engine, complete.',
        before: { state: 'FAILED' },
        after: { state: 'COMPLETED', repositoryCheck: NOT_VERIFIED },
      }),
    ],
    ...(await learnRepository(deps.engine, location)),
    outcome: { do: 'end', ...endOf('succeed', 'create'), repositoryCheck: NOT_VERIFIED },
  };
};

const failed = (deps: ObserveCreates, create: SuspendedCreate, failure: Reason): End => ({
  events: [
    event(deps, create, 'backup.failed', {
      reason: failure.message,
      before: { state: 'FAILED' },
      after: { state: 'FAILED', code: failure.code },
    }),
  ],
  outcome: { do: 'end', ...endOf('fail', 'create'), failure },
});

const event = (
  { actor }: ObserveCreates,
  { operationId, requestId }: SuspendedCreate,
  kind: EventKind,
  more: { readonly reason?: string; readonly before?: object; readonly after: object },
): NewEvent => ({
  ...{ kind, actor, source: 'sweep' },
  ...omitUndefined({ requestId }),
  ...more,
  after: { operationId, ...more.after },
});
