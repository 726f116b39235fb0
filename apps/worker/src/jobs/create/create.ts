import type { NewSnapshot } from '@tandem/engine/port.ts';
import type { PartChange } from '@tandem/history/ports/backups.ts';
import type { OperationChange } from '@tandem/history/ports/ledger.ts';
import { digestOf } from '@tandem/planning/digest.ts';
import { requireSameRepository } from '@tandem/planning/same-repository.ts';
import {
  type ClaimedOperation,
  type PartRecord,
  type Reason,
  takenParts,
} from '@tandem/shared/domain/backup/backup.ts';
import {
  type CreateMemory,
  nothingYet,
  readMemory,
  seenAgain,
  writeMemory,
} from '@tandem/shared/domain/backup/create-memory.ts';
import { type CreateStep, isOurs, nextCreateStep, wasGivenUp } from '@tandem/shared/domain/backup/create-step.ts';
import { type KeptOwnership, ownershipChange } from '@tandem/shared/domain/backup/kept-ownership.ts';
import { partFacts } from '@tandem/shared/domain/backup/part-facts.ts';
import { planBackup } from '@tandem/shared/domain/backup/plan-backup.ts';
import {
  type CheckVerdict,
  readCheck,
  repositoryCheckOf,
  writeCheck,
} from '@tandem/shared/domain/backup/repository-check.ts';
import { requesterOf, type Snapshot } from '@tandem/shared/domain/backup/snapshot.ts';
import { fail } from '@tandem/shared/domain/failure/failure.ts';
import { INTERRUPTED_MS } from '@tandem/shared/domain/failure/interruption.ts';
import { nextPollInMs } from '@tandem/shared/domain/failure/poll-schedule.ts';
import type { NewEvent } from '@tandem/shared/domain/history/event.ts';
import { type HistoryMark, markText } from '@tandem/shared/domain/history/history-mark.ts';
import { profiles } from '@tandem/shared/domain/profile.ts';
import { pendingDelete, waitForDelete, writePendingDelete } from '../delete/pending-delete.ts';
import { deleteSnapshot } from '../delete/snapshot.ts';
import { historyMark } from '../history-mark.ts';
import type { OperationJobHandler, TickTools } from '../job.ts';
import { learnRepository, repositoryWords } from '../repository-identity.ts';
import { clusterOf, requireSameCluster } from '../same-cluster.ts';
import { checkNodes, distrust, notShared } from './check.ts';
import type { CreateJob } from './context.ts';
import { backupEvent, failedEvents, partEvent } from './events.ts';
import { manifestAfter, manifestBefore } from './manifest.ts';
import { requireRoom } from './repository-room.ts';
import { sendStart } from './send-start.ts';

/** Makes the snapshots of a backup, part after part. The rule is `nextCreateStep`; this carries its steps out. */
export const createJob =
  (job: CreateJob): OperationJobHandler =>
  async (claimed, tools) => {
    const { parts, location } = claimed.backup;
    const names = parts.map(({ snapshotName }) => snapshotName);
    const seen = await job.engine.findSnapshots(location.repository, names);
    const again = seenAgain(claimed.detail, numbersSeen(claimed, seen));
    const operation = { ...claimed, detail: { ...claimed.detail, ...again } };
    const change = await nextTick(job, operation, seen, tools);
    return { ...change, detail: { ...again, ...change.detail } };
  };

const numbersSeen = ({ operationId, backup }: ClaimedOperation, seen: readonly Snapshot[]): readonly number[] =>
  backup.parts
    .filter((part) => seen.some((one) => one.name === part.snapshotName && isOurs(operationId, part, one)))
    .map(({ number }) => number);

const nextTick = async (
  job: CreateJob,
  operation: ClaimedOperation,
  seen: readonly Snapshot[],
  tools: TickTools,
): Promise<OperationChange> => {
  const { parts, location } = operation.backup;
  const step = nextCreateStep(operation.operationId, parts, seen, (part) => readMemory(operation.detail, part));
  if (isAboutAbsence(step)) {
    await requireSameCluster(job.engine, clusterOf(operation));
    await requireSameRepository(job.engine, location);
  }
  const waiting =
    step.step === 'start' || step.step === 'settle' ? await afterDelete(job, operation, step.part) : undefined;
  if (waiting !== undefined) return waiting;
  switch (step.step) {
    case 'start':
      return start(job, operation, step, tools);
    case 'remove':
      return remove(job, operation, step, tools);
    case 'again':
      return again(job, operation, step, tools);
    case 'forget':
      return forget(job, operation, step);
    case 'recheck':
      return recheck(job, operation, step);
    case 'follow':
      return follow(job, operation, step);
    case 'settle':
      return settle(job, operation, step);
    case 'succeed':
      return succeed(job, operation, tools);
    case 'fail':
      return (await repaired(job, operation, step, tools)) ?? giveUp(job, operation, step);
  }
};

type NodesUnable = Extract<CheckVerdict, { is: 'unable' }>;

type Step<Name extends CreateStep['step']> = Extract<CreateStep, { step: Name }>;

/** Before a snapshot is made, or its absence believed, the repository must still be the one that the backup lives in. */
const isAboutAbsence = (step: CreateStep): boolean =>
  step.step === 'start' ||
  step.step === 'remove' ||
  step.step === 'again' ||
  step.step === 'forget' ||
  (step.step === 'fail' && step.snapshot === undefined);

const start = async (
  job: CreateJob,
  operation: ClaimedOperation,
  { part, resolve }: Step<'start'>,
  tools: TickTools,
): Promise<OperationChange> => {
  const isFirst = takenParts(operation.backup.parts)[0]?.number === part.number;
  const hasBegun = operation.backup.parts.some(({ starts }) => starts > 0);
  if (!hasBegun) await requireRoom(job.engine, operation);
  const checked = await checkNodes(job, operation, tools, isFirst);
  if (checked.unable !== undefined && !isFirst) return endNotShared(job, operation, checked.unable);
  if (checked.unable !== undefined) return waitForNodes(operation, part, checked.unable, tools);
  // what a safety backup holds was decided with its restore, which deletes just that
  const isFixed = operation.backup.safetyOf !== undefined;
  const resolved = resolve && !isFixed ? await resolveIndices(job, operation, part) : undefined;
  const { indices } = resolved ?? part;
  const before = await manifestBefore(job, operation, part, indices);
  // what a person had retried is counted anew
  const kept = readMemory(operation.detail, part.number);
  const memory = {
    ...kept,
    ...(wasGivenUp(part, kept) ? nothingYet : {}),
    sentAt: operation.now,
    accepted: false,
    distrusted: false,
  };
  const owned = resolved && (await ownershipResolved(job, operation, part, resolved.ownership));
  await tools.record({
    ...(resolved === undefined ? {} : { ownership: resolved.ownership }),
    parts: [
      { number: part.number, state: 'STARTING', started: true, indices, uuid: null, ...before },
      ...laterAnew(operation, part),
    ],
    detail: { ...writeMemory(part.number, memory), ...writeCheck(checked.memory) },
    events: [
      ...planChanged(job, operation, part, indices),
      ...(owned ?? []),
      partEvent(job.actor, operation, 'part.starting', part, {
        after: { start: part.starts + 1, indices: indices.length },
      }),
    ],
  });
  const mark = await historyMark(job.history);
  await sendStart(job.engine, newSnapshot(job, operation, { ...part, ...before }, indices, mark), part, tools);
  log(job, operation, part, 'part started');
  return {
    detail: writeMemory(part.number, { ...memory, accepted: true }),
    outcome: { do: 'wait', inMs: job.polling.minMs },
  };
};

/** Only after a retry there are parts that were begun after one that is made now: their lists are older than it. */
const laterAnew = ({ backup }: ClaimedOperation, { number }: PartRecord): readonly PartChange[] =>
  takenParts(backup.parts)
    .filter((later) => later.number > number && later.state !== 'PLANNED')
    .map((later) => ({ number: later.number, state: 'PLANNED', uuid: null }));

/** Gone already is as good; the list stays, as for any part that was begun, unless it is to be resolved again. */
const remove = async (
  { engine, actor }: CreateJob,
  operation: ClaimedOperation,
  { part, snapshot, resolve, memory }: Omit<Step<'remove'>, 'step'>,
  tools: TickTools,
): Promise<OperationChange> => {
  const { number } = part;
  const pending = pendingDelete(operation.detail, number);
  await tools.record({ detail: writePendingDelete(number, operation.now) });
  await deleteSnapshot(engine, operation.backup.location.repository, snapshot.name);
  return {
    parts: [{ number, state: resolve ? 'PLANNED' : 'STARTING', uuid: null }],
    detail: {
      ...writeMemory(number, { sentAt: undefined, accepted: false, ...nothingYet, ...memory }),
      ...writePendingDelete(number, pending),
    },
    events: [
      partEvent(actor, operation, 'part.deleted', part, { before: { uuid: snapshot.uuid, state: snapshot.state } }),
    ],
    outcome: { do: 'wait', inMs: 0 },
  };
};

/** A node restarts, for instance: that try has ended, and the next one waits for its shards. */
const again = async (
  job: CreateJob,
  operation: ClaimedOperation,
  { part, snapshot, interrupted, reason }: Step<'again'>,
  tools: TickTools,
): Promise<OperationChange> => {
  const removed = await remove(job, operation, { part, snapshot, resolve: false, memory: { interrupted } }, tools);
  log(job, operation, part, 'part was interrupted: it is made again');
  const inMs = job.interruptedMs ?? INTERRUPTED_MS;
  return {
    ...removed,
    attempt: { ...attempt(job, operation, part, reason), errorClass: 'transient', nextInMs: inMs },
    outcome: { do: 'wait', inMs },
  };
};

const newSnapshot = (
  { tandemVersion }: CreateJob,
  { operationId, actor, backup }: ClaimedOperation,
  { number, of, snapshotName, manifest }: PartRecord,
  indices: readonly string[],
  mark: HistoryMark | undefined,
): NewSnapshot => {
  const { backupId, optimizeVersion, location, indexPrefix } = backup;
  const proof = manifest === undefined ? {} : { manifest: manifest.before };
  const request = { requestedAt: backup.requestedAt.toISOString(), requestedBy: requesterOf(actor), indexPrefix };
  const safety = safetyFacts(backup);
  const owner = {
    backupId,
    operationId,
    part: number,
    of,
    optimizeVersion,
    tandem: tandemVersion,
    ...proof,
    ...request,
    ...safety,
    ...(mark === undefined ? {} : { mark: markText(mark) }),
  };
  return { repository: location.repository, name: snapshotName, indices, owner };
};

/** So that a history that was lost knows a safety backup, and which of its parts has no snapshot. */
const safetyFacts = ({ safetyOf, versionAssumed, parts }: ClaimedOperation['backup']) => {
  if (safetyOf === undefined) return {};
  const empty = parts.filter(({ state }) => state === 'EMPTY').map(({ number }) => number);
  return {
    safetyOf,
    ...(empty.length === 0 ? {} : { empty }),
    ...(versionAssumed ? { versionAssumed: true as const } : {}),
  };
};

/** As the engine has them now: an index born since the plan may hold data whose positions an earlier part has already. */
const resolveIndices = async (
  { engine }: CreateJob,
  { backup }: ClaimedOperation,
  part: PartRecord,
): Promise<{ readonly indices: readonly string[]; readonly ownership: KeptOwnership }> => {
  const profile = profiles[backup.profile];
  if (profile === undefined) {
    throw fail('PROFILE_UNKNOWN', `This worker does not know profile ${backup.profile}: is it older than the API?`);
  }
  const names = (await engine.listIndices(backup.indexPrefix)).map(({ name }) => name);
  const { parts, ownership } = planBackup(profile, backup.indexPrefix, backup, names, digestOf);
  return { indices: parts.find(({ number }) => number === part.number)?.indices ?? [], ownership };
};

/** Against the backup before where this one begins, else against what it has so far. */
const ownershipResolved = async (
  { history, actor }: CreateJob,
  operation: ClaimedOperation,
  part: PartRecord,
  now: KeptOwnership,
): Promise<readonly NewEvent[]> => {
  const { key, parts, ownership } = operation.backup;
  const begins = parts.every(({ starts }) => starts === 0);
  const previous = begins ? await history.previousOwnership(key) : undefined;
  const before = previous?.ownership ?? ownership;
  const change = before && ownershipChange(before, now);
  if (change === undefined) return [];
  const since = previous === undefined ? {} : { backupId: previous.backupId };
  return [
    partEvent(actor, operation, 'ownership.changed', part, {
      before: { ...since, ...change.before },
      after: change.after,
    }),
  ];
};

const planChanged = (
  { actor }: CreateJob,
  operation: ClaimedOperation,
  part: PartRecord,
  indices: readonly string[],
): readonly NewEvent[] => {
  const came = indices.filter((index) => !part.indices.includes(index));
  const went = part.indices.filter((index) => !indices.includes(index));
  if (came.length + went.length === 0) return [];
  return [partEvent(actor, operation, 'plan.changed', part, { after: { came, went } })];
};

/** After so many vanishings the repository may keep no more snapshots. */
const FULL_AFTER = 2;

/** An engine that was killed forgets what ran. It is waited for longer each time: whatever makes snapshots vanish may go on. */
const forget = async (
  job: CreateJob,
  operation: ClaimedOperation,
  { part, vanished }: Omit<Step<'forget'>, 'step'>,
): Promise<OperationChange> => {
  if (vanished >= FULL_AFTER) await requireRoom(job.engine, operation);
  log(job, operation, part, 'part vanished from the engine while it was running');
  const inMs = job.vanishedMs * 2 ** (vanished - 1);
  return {
    // its list stays: a create of it may still be on its way (docs/decisions/0004)
    parts: [{ number: part.number, state: 'STARTING', uuid: null }],
    detail: writeMemory(part.number, { ...readMemory(operation.detail, part.number), accepted: false, vanished }),
    attempt: vanishedAttempt(job, operation, part, inMs),
    events: [
      partEvent(job.actor, operation, 'part.vanished', part, { before: { uuid: part.uuid }, after: { vanished } }),
    ],
    outcome: { do: 'wait', inMs },
  };
};

/** The engine had taken it: that try has ended, and the next is the same create once more. */
const vanishedAttempt = (job: CreateJob, operation: ClaimedOperation, part: PartRecord, nextInMs: number) => ({
  ...attempt(job, operation, part, {
    code: 'PART_VANISHED',
    message: `The engine accepted snapshot ${part.snapshotName} and did not have it any more at the next look.`,
    data: { uuid: part.uuid ?? null },
  }),
  errorClass: 'transient' as const,
  nextInMs,
});

/** One look that misses what had ended well may be stale; two, a while apart, are not. */
const recheck = (
  { vanishedMs }: CreateJob,
  operation: ClaimedOperation,
  { part }: Step<'recheck'>,
): OperationChange => ({
  detail: writeMemory(part.number, { ...readMemory(operation.detail, part.number), missed: true }),
  outcome: { do: 'wait', inMs: vanishedMs },
});

const NO_LATE_DELETE =
  'The engine did not answer the deletion of this snapshot, which may still take effect. Tandem creates the snapshot after this time.';

/** A delete without an answer may still come. */
const afterDelete = async (
  { quietMs, nowSince }: CreateJob,
  operation: ClaimedOperation,
  { number }: PartRecord,
): Promise<OperationChange | undefined> => {
  const sentAt = pendingDelete(operation.detail, number);
  if (sentAt === undefined) return undefined;
  const period = waitForDelete(sentAt, quietMs, await nowSince(sentAt, operation.now));
  if (period === undefined) return undefined;
  const detail = writePendingDelete(number, period.since);
  return { detail, tries: 'progress', outcome: { do: 'wait', inMs: period.leftMs, for: NO_LATE_DELETE } };
};

/** Counted from when the create was sent, in the database's time: engines have clocks of their own. */
const follow = (
  job: CreateJob,
  operation: ClaimedOperation,
  { part, snapshot, adopt }: Step<'follow'>,
): OperationChange => {
  const { sentAt = operation.now }: Partial<CreateMemory> = readMemory(operation.detail, part.number);
  const inMs = nextPollInMs(job.polling, operation.now.getTime() - sentAt.getTime());
  const going = { tries: 'progress', outcome: { do: 'wait', inMs } } as const;
  if (!adopt) return going;
  const startedAt = snapshot.startedAt === undefined ? {} : { startedAt: snapshot.startedAt };
  return {
    parts: [{ number: part.number, state: 'IN_PROGRESS', uuid: snapshot.uuid, ...startedAt }],
    events: [partEvent(job.actor, operation, 'part.adopted', part, { after: { uuid: snapshot.uuid } })],
    ...going,
  };
};

const settle = async (
  job: CreateJob,
  operation: ClaimedOperation,
  { part, snapshot }: Step<'settle'>,
): Promise<OperationChange> => {
  const { uuid, shards, startedAt, endedAt } = snapshot;
  const { facts, unmeasured } = await manifestAfter(job, operation, part);
  log(job, operation, part, 'part ended well');
  return {
    parts: [{ number: part.number, ...partFacts(snapshot), indices: part.indices, ...facts }],
    detail: writeMemory(part.number, { ...readMemory(operation.detail, part.number), differed: undefined }),
    events: [
      partEvent(job.actor, operation, 'part.succeeded', part, {
        after: { uuid, shards, startedAt, endedAt, ...(unmeasured === undefined ? {} : { unmeasured }) },
      }),
    ],
    attempt: attempt(job, operation, part, undefined),
    tries: 'progress',
    ...(await learnRepository(job.engine, operation.backup.location)),
    outcome: { do: 'wait', inMs: 0 },
  };
};

const succeed = async (job: CreateJob, operation: ClaimedOperation, tools: TickTools): Promise<OperationChange> => {
  const isEmpty = takenParts(operation.backup.parts).length === 0;
  const checked = isEmpty ? undefined : await checkNodes(job, operation, tools, false);
  if (checked?.unable !== undefined) return endNotShared(job, operation, checked.unable);
  const repositoryCheck = checked && repositoryCheckOf(checked.memory, checked.nodes);
  return {
    events: [
      backupEvent(job.actor, operation, 'backup.completed', {
        before: { state: 'IN_PROGRESS' },
        after: { state: 'COMPLETED', ...(repositoryCheck && { repositoryCheck }) },
      }),
    ],
    outcome: {
      ...{ do: 'end', state: 'SUCCEEDED', backup: 'COMPLETED' },
      ...(repositoryCheck && { repositoryCheck }),
    },
  };
};

/** An operator must mount the storage; a create of part 1 that is still on its way would be made without that node. */
const waitForNodes = async (
  operation: ClaimedOperation,
  part: PartRecord,
  { failure }: NodesUnable,
  tools: TickTools,
): Promise<never> => {
  if (part.starts > 0) await tools.record({ detail: distrust(operation, [part]) });
  throw failure;
};

const endNotShared = (job: CreateJob, operation: ClaimedOperation, unable: NodesUnable): OperationChange => {
  const failure = notShared(operation, unable);
  const taken = takenParts(operation.backup.parts);
  const part = taken.findLast(({ state }) => state === 'SUCCESS');
  const repositoryCheck = { verified: false, reason: failure.message, nodesLeft: [] };
  return {
    detail: distrust(operation, taken),
    events: failedEvents(job.actor, operation, part, failure, repositoryCheck),
    ...(part === undefined ? {} : { attempt: attempt(job, operation, part, failure) }),
    outcome: { do: 'end', state: 'FAILED', backup: 'FAILED', failure, repositoryCheck },
  };
};

/**
 * Before a part that vanished too often is given up, every node is asked to write into the repository: one that cannot be written is an
 * operator's to repair (REPOSITORY_UNAVAILABLE, tried again slowly). Once it can be, after tries that could not, the part has another run. Where
 * that is not to be found out, the part is given up.
 */
const repaired = async (
  job: CreateJob,
  operation: ClaimedOperation,
  { part, snapshot }: Step<'fail'>,
  tools: TickTools,
): Promise<OperationChange | undefined> => {
  const hasVanished = snapshot === undefined && part.state !== 'SUCCESS';
  if (!hasVanished) return undefined;
  const checked = await checkNodes(job, operation, tools, false);
  const hasBegun = takenParts(operation.backup.parts).some(({ state }) => state === 'SUCCESS');
  if (checked.unable !== undefined && hasBegun) return endNotShared(job, operation, checked.unable);
  if (checked.unable !== undefined) return waitForNodes(operation, part, checked.unable, tools);
  const known = readCheck(operation.detail);
  if (known.tries > 0) await tools.record({ detail: writeCheck({ ...known, tries: 0 }) });
  if (checked.nodes === undefined || operation.failedTries === 0) return undefined;
  return { ...(await forget(job, operation, { part, vanished: 1 })), tries: 'progress' };
};

const giveUp = async (
  job: CreateJob,
  operation: ClaimedOperation,
  { part, snapshot, reason }: Step<'fail'>,
): Promise<OperationChange> => {
  const failure =
    snapshot === undefined
      ? { ...reason, message: `${reason.message} ${await repositoryWords(job.engine, operation.backup.location)}` }
      : reason;
  const memory = readMemory(operation.detail, part.number);
  const differed = reason.code === 'PART_DIFFERS' ? snapshot?.uuid : memory.differed;
  return {
    parts: [{ number: part.number, ...lastSight(operation, part, snapshot) }],
    detail: writeMemory(part.number, { ...memory, differed }),
    events: failedEvents(job.actor, operation, part, failure),
    attempt: attempt(job, operation, part, failure),
    outcome: { do: 'end', state: 'FAILED', backup: 'FAILED', failure },
  };
};

/** The planned list stays: what the engine has instead is in the reason. */
const lastSight = (operation: ClaimedOperation, part: PartRecord, snapshot: Snapshot | undefined) => {
  if (snapshot === undefined) return { state: 'VANISHED' as const };
  const isOurs = snapshot.owner?.operationId === operation.operationId;
  return isOurs ? { ...partFacts(snapshot), indices: part.indices } : { state: part.state };
};

const attempt = (
  { actor }: CreateJob,
  operation: ClaimedOperation,
  part: PartRecord,
  reason: Reason | undefined,
): NonNullable<OperationChange['attempt']> => ({
  part: part.number,
  trigger: operation.trigger,
  actor,
  errorClass: reason === undefined ? undefined : 'terminal',
  reason,
  startedAt: readMemory(operation.detail, part.number).sentAt ?? operation.now,
  nextInMs: undefined,
});

export const log = (
  job: CreateJob,
  { operationId, requestId, backup }: ClaimedOperation,
  part: PartRecord,
  line: string,
) =>
  job.log.info(
    { operationId, requestId, backupId: backup.backupId, part: part.number, snapshot: part.snapshotName },
    line,
  );
