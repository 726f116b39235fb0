import type { OperationChange } from '@tandem/history/ports/ledger.ts';
import { digestOf } from '@tandem/planning/digest.ts';
import { cutList } from '@tandem/shared/domain/cut-list.ts';
import type { Reason } from '@tandem/shared/domain/failure/reason.ts';
import { nameList } from '@tandem/shared/domain/name-list.ts';
import type { RestorePlan } from '@tandem/shared/domain/restore/plan/planned-restore.ts';
import { notOursNow, restoreOwnership } from '@tandem/shared/domain/restore/plan/restore-ownership.ts';
import { planRestore } from '@tandem/shared/domain/restore/plan/restore-plan.ts';
import { hasWritten } from '@tandem/shared/domain/restore/run/restore-expiry.ts';
import type { RestoreTick } from '../context.ts';
import { failRestore } from '../end/end.ts';
import { indexRemovedEvent, remember, restoreEvent } from '../restore-records.ts';
import { optimizeAnswers, optimizeAt } from '../running-optimize.ts';
import { verifySafety } from '../safety/safety-check.ts';
import { writtenSince } from './measure.ts';
import { blockedNow } from './recheck.ts';

/** Plans again: either exactly the reviewed plan runs, or nothing. */
export const preflight = async (tick: RestoreTick): Promise<OperationChange> => {
  const { job, operation, detail } = tick;
  const { operationId, backup } = operation;
  const { safetyBackupId, safetyRepository: saveTo } = detail.task;
  const own = { operationId, safetyBackupId, saveTo };
  const facts = await job.gather(backup, detail.task, own);
  const plan = planRestore(detail.task, facts, digestOf, detail.task.hashVersion ?? 1);
  if (plan.planHash !== detail.task.planHash) return failRestore(tick, 'preflight', planChanged(plan));
  return {
    detail: remember(tick, { checked: true, startedAt: operation.now.toISOString(), step: nextAfterPreflight(tick) }),
    events: [restoreEvent(tick, 'step', { after: { step: 'preflight', planHash: plan.planHash } })],
    tries: 'progress',
    outcome: { do: 'wait', inMs: 0 },
  };
};

const nextAfterPreflight = ({ detail: { task } }: RestoreTick) => {
  if (task.deletes.length === 0) return 'parts';
  return task.safetyBackupId === undefined ? 'delete-existing' : 'safety-backup';
};

const planChanged = ({ blockers }: RestorePlan): Reason => {
  const words = blockers.map(({ code, message }) => `${code}: ${message}`).join(' ');
  return {
    code: 'PLAN_CHANGED',
    message: `The cluster changed after the plan was made. ${words === '' ? 'Its snapshots or indices differ from those of the plan.' : words} Create a new plan.`,
    data: { blockers: blockers.map(({ code, found }) => ({ code, ...cutList('found', found) })) },
  };
};

/** Deletes only the planned indices, by their uuids, if they are saved; none while Optimize responds. */
export const deleteExisting = async (tick: RestoreTick): Promise<OperationChange> => {
  const { job, detail, tools } = tick;
  const planned = new Map(detail.task.deletes.map(({ index, uuid }) => [index, uuid]));
  const there = await job.engine.describeIndices([...planned.keys()]);
  const replaced = there.filter(({ name, uuid }) => planned.get(name) !== uuid);
  if (replaced.length > 0)
    return failRestore(tick, 'delete-existing', replacedReason(replaced.map(({ name }) => name)));
  const strange = await notOurs(
    tick,
    there.map(({ name }) => name),
  );
  if (strange.length > 0) return failRestore(tick, 'delete-existing', notOursReason(strange));
  if (there.length === 0) {
    return {
      detail: remember(tick, { deleted: true, step: 'parts' }),
      tries: 'progress',
      outcome: { do: 'wait', inMs: 0 },
    };
  }
  const answersAt = await optimizeAt(tick);
  if (answersAt !== undefined) return failRestore(tick, 'delete-existing', optimizeAnswers(answersAt));
  // once the deletion has begun, deleted indices would block the plan
  const blocked = hasWritten(detail.memory) ? undefined : await blockedNow(tick);
  if (blocked !== undefined) return failRestore(tick, 'delete-existing', blocked);
  const notSaved = await verifySafety(tick);
  if (notSaved !== undefined) return failRestore(tick, 'delete-existing', notSaved);
  const written = await writtenSince(tick, there);
  if (written !== undefined) return failRestore(tick, 'delete-existing', written);
  const names = there.map(({ name }) => name);
  await tools.record({ detail: remember(tick, { step: 'delete-existing', deleting: true, written: true }) });
  await job.engine.deleteIndices(names);
  return {
    detail: remember(tick, { step: 'delete-existing', written: true }),
    events: [indexRemovedEvent(tick, names, 'deleteExisting was requested and confirmed')],
    tries: 'progress',
    outcome: { do: 'wait', inMs: 0 },
  };
};

/** Indices that another installation created since the plan may show that some of the others belong to it. */
const notOurs = async (
  { job, operation: { backup }, detail: { task } }: RestoreTick,
  deletes: readonly string[],
): Promise<readonly string[]> => {
  if (deletes.length === 0) return [];
  const listed = (await job.engine.listIndices(backup.indexPrefix)).map(({ name }) => name);
  const saved = backup.parts.flatMap(({ indices }) => indices);
  const ownership = restoreOwnership(backup.indexPrefix, saved, [...listed, ...deletes]);
  return notOursNow(ownership, deletes, task.deleteUnknown);
};

const notOursReason = (names: readonly string[]): Reason => ({
  code: 'PLAN_CHANGED',
  message: `Indices that were to be deleted may belong to another installation or component, and were not named in deleteUnknown: ${nameList(names)}. They were not deleted; create a new plan.`,
  data: cutList('indices', names),
});

const replacedReason = (names: readonly string[]): Reason => ({
  code: 'PLAN_CHANGED',
  message: `Indices that were to be deleted have been re-created since the plan: ${nameList(names)}. They were not deleted; create a new plan.`,
  data: cutList('indices', names),
});
