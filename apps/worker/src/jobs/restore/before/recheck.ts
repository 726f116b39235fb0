import { digestOf } from '@tandem/planning/digest.ts';
import { cutList } from '@tandem/shared/domain/cut-list.ts';
import type { Reason } from '@tandem/shared/domain/failure/reason.ts';
import { nameList } from '@tandem/shared/domain/name-list.ts';
import type { LeftOffAlias } from '@tandem/shared/domain/restore/plan/aliases-left-off.ts';
import { planRestore } from '@tandem/shared/domain/restore/plan/restore-plan.ts';
import type { RestoreTask } from '@tandem/shared/domain/restore/run/restore-memory.ts';
import type { RestoreTick } from '../context.ts';

/**
 * Returns what blocks the restore now; undefined: nothing. Checked immediately before the first deletion: since the preflight the safety
 * backup may have filled a disk, or an operator may have changed the cluster.
 */
export const blockedNow = async ({ job, operation, detail }: RestoreTick): Promise<Reason | undefined> => {
  const { operationId, backup } = operation;
  // its safety backup, if any, is complete by now and may have filled the repository
  const own = { operationId, safetyBackupId: detail.task.safetyBackupId, saveTo: undefined };
  const { blockers, deletes, aliasesLeftOff } = planRestore(
    detail.task,
    await job.gather(backup, detail.task, own),
    digestOf,
  );
  if (blockers.length === 0) return appearedSince(detail.task, deletes) ?? aliasesChanged(detail.task, aliasesLeftOff);
  const words = blockers.map(({ code, message, remedy }) => `${code}: ${message} ${remedy}`).join(' ');
  return {
    code: 'RESTORE_BLOCKED',
    message: `Nothing was deleted, since the cluster changed after the plan was made. ${words} Then create a new plan.`,
    data: {
      blockers: blockers.map(({ code, found }) => ({ code, ...cutList('found', found) })),
    },
  };
};

/** Indices that the plan would delete now and the reviewed plan would not: they would be lost, or remain among the restored ones. */
const appearedSince = (task: Pick<RestoreTask, 'deletes'>, deletes: RestoreTask['deletes']): Reason | undefined => {
  const planned = new Map(task.deletes.map(({ index, uuid }) => [index, uuid]));
  const found = deletes.filter(({ index, uuid }) => planned.get(index) !== uuid).map(({ index }) => index);
  if (found.length === 0) return undefined;
  return {
    code: 'PLAN_CHANGED',
    message: `Nothing was deleted, since indices of this Optimize were created after the plan was made: ${nameList(found)}. Stop Optimize, then create a new plan.`,
    data: cutList('indices', found),
  };
};

/** An alias that another index took since the plan would be refused by the engine, once the indices are deleted. */
const aliasesChanged = (
  { aliasesLeftOff: planned = [] }: Pick<RestoreTask, 'aliasesLeftOff'>,
  now: readonly LeftOffAlias[],
): Reason | undefined => {
  const words = (some: readonly LeftOffAlias[]) => some.map(({ index, alias }) => `${alias} of ${index}`);
  const [before, after] = [words(planned), words(now)];
  const found = [
    ...after.filter((one) => !before.includes(one)),
    ...before.filter((one) => !after.includes(one)),
  ].sort();
  if (found.length === 0) return undefined;
  return {
    code: 'PLAN_CHANGED',
    message: `Nothing was deleted, since another index takes or no longer takes the writes of aliases: ${nameList(found)}. Create a new plan.`,
    data: cutList('aliases', found),
  };
};
