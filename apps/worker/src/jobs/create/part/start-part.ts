import type { NewSnapshot } from '@tandem/engine/port.ts';
import type { PartChange } from '@tandem/history/ports/backups.ts';
import type { OperationChange } from '@tandem/history/ports/ledger.ts';
import { digestOf } from '@tandem/planning/digest.ts';
import { type PartRecord, takenParts } from '@tandem/shared/domain/backup/backup.ts';
import { nothingYet, readMemory, writeMemory } from '@tandem/shared/domain/backup/create/create-memory.ts';
import { wasAbandoned } from '@tandem/shared/domain/backup/create/create-step.ts';
import { planBackup } from '@tandem/shared/domain/backup/plan-backup.ts';
import { requesterOf } from '@tandem/shared/domain/backup/snapshot.ts';
import { fail } from '@tandem/shared/domain/failure/failure.ts';
import type { NewEvent } from '@tandem/shared/domain/history/event.ts';
import { type HistoryMark, markText } from '@tandem/shared/domain/history/rollback/history-mark.ts';
import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import type { ClaimedOperation } from '@tandem/shared/domain/operation/claimed-operation.ts';
import { type KeptOwnership, ownershipChange } from '@tandem/shared/domain/ownership/kept-ownership.ts';
import { profiles } from '@tandem/shared/domain/profile.ts';
import { writeCheck } from '@tandem/shared/domain/repository/repository-check.ts';
import { partEvent } from '../../events.ts';
import { historyMark } from '../../history-mark.ts';
import type { TickTools } from '../../job.ts';
import { checkNodes } from '../check.ts';
import type { CreateJob, Step } from '../context.ts';
import { endNotShared, waitForNodes } from '../end-create.ts';
import { manifestBefore } from './manifest.ts';
import { logPart } from './part-attempt.ts';
import { requireRoom } from './repository-room.ts';
import { sendStart } from './send-start.ts';

export const start = async (
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
  // the contents of a safety backup are fixed by its restore, which deletes exactly these indices
  const isFixed = operation.backup.safetyOf !== undefined;
  const resolved = resolve && !isFixed ? await resolveIndices(job, operation, part) : undefined;
  const { indices } = resolved ?? part;
  const before = await manifestBefore(job, operation, part, indices);
  // tries are counted again after a manual retry
  const kept = readMemory(operation.detail, part.number);
  const memory = {
    ...kept,
    ...(wasAbandoned(part, kept) ? nothingYet : {}),
    sentAt: operation.now,
    accepted: false,
    distrusted: false,
  };
  const owned = resolved && (await ownershipResolved(job, operation, part, resolved.ownership));
  await tools.record({
    ...omitUndefined({ ownership: resolved?.ownership }),
    parts: [
      { number: part.number, state: 'STARTING', started: true, indices, uuid: null, ...before },
      ...laterAgain(operation, part),
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
  logPart(job, operation, part, 'part started');
  return {
    detail: writeMemory(part.number, { ...memory, accepted: true }),
    outcome: { do: 'wait', inMs: job.polling.minMs },
  };
};

/** Only after a retry can later parts have started before this one: their lists are older. */
const laterAgain = ({ backup }: ClaimedOperation, { number }: PartRecord): readonly PartChange[] =>
  takenParts(backup.parts)
    .filter((later) => later.number > number && later.state !== 'PLANNED')
    .map((later) => ({ number: later.number, state: 'PLANNED', uuid: null }));

const newSnapshot = (
  { tandemVersion }: CreateJob,
  { operationId, actor, backup }: ClaimedOperation,
  { number, of, snapshotName, manifest }: PartRecord,
  indices: readonly string[],
  mark: HistoryMark | undefined,
): NewSnapshot => {
  const { backupId, optimizeVersion, location, indexPrefix } = backup;
  const proof = omitUndefined({ manifest: manifest?.before });
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
    ...omitUndefined({ mark: mark && markText(mark) }),
  };
  return { repository: location.repository, name: snapshotName, indices, owner };
};

/** Lets a lost history recognize a safety backup, and which of its parts have no snapshot. */
const safetyFacts = ({ safetyOf, versionAssumed, parts }: ClaimedOperation['backup']) => {
  if (safetyOf === undefined) return {};
  const empty = parts.filter(({ state }) => state === 'EMPTY').map(({ number }) => number);
  return {
    safetyOf,
    ...(empty.length === 0 ? {} : { empty }),
    ...(versionAssumed ? { versionAssumed: true as const } : {}),
  };
};

/** The indices that exist now: an index created since the plan may contain data whose positions are already in an earlier part. */
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

/** Compares with the previous backup at the first part, and with this backup's earlier parts afterwards. */
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
  const since = omitUndefined({ backupId: previous?.backupId });
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
