import type { RestoreRequested } from '@tandem/history/ports/restores.ts';
import { cutLists } from '@tandem/shared/domain/cut-lists.ts';
import { type Failure, fail } from '@tandem/shared/domain/failure/failure.ts';
import { nameList } from '@tandem/shared/domain/name-list.ts';
import { cutFacts, type PlannedRequest, planDifference } from '@tandem/shared/domain/restore/plan/plan-difference.ts';
import type { RestorePlan } from '@tandem/shared/domain/restore/plan/planned-restore.ts';
import { suspendedFailure } from '../operations/suspended-failure.ts';

/** `reviewed`: the plan that was returned with the hash; undefined: it is no longer known. Lists the differences first, one per line. */
export const planChanged = (reviewed: PlannedRequest | undefined, planned: PlannedRequest): Failure => {
  const { plan: now } = planned;
  const known = reviewed && planDifference(reviewed, planned);
  const isKnown = known !== undefined && known.options.length + known.facts.length > 0;
  const { options, facts, more } = isKnown ? known : { options: [], ...cutFacts(currentPlan(now)) };
  const difference = [...options, ...facts];
  const rest = more === 0 ? [] : [`and ${more} more`];
  const words = [...difference, ...rest, 'planHash does not match the current plan. Review a new plan.'];
  return fail('PLAN_CHANGED', words.join('\n'), {
    ...{ difference, more },
    ...blockerData(now),
  });
};

const currentPlan = ({ blockers, restores, deletes }: RestorePlan): readonly string[] => [
  `now: ${restores.length} indices to restore, ${deletes.length} to delete`,
  ...blockers.map(({ code, found }) => `now: blocker ${code}: ${nameList(found)}`),
];

/** With the first entries of what was found. */
const blockerData = ({ blockers, planHash }: Pick<RestorePlan, 'blockers' | 'planHash'>) => {
  const { value, truncated } = cutLists({ blockers });
  return { ...value, ...(truncated.length === 0 ? {} : { truncated }), planHash };
};

export const restoreBlocked = ({ blockers, planHash }: RestorePlan): Failure => {
  const words = blockers.map(({ code, message, remedy }) => `${code}: ${message} ${remedy}`);
  return fail('RESTORE_BLOCKED', words.join(' '), blockerData({ blockers, planHash }));
};

/** Another request was accepted first. */
export const notAccepted = (
  backupId: string,
  refused: Extract<RestoreRequested, { readonly accepted: false }>,
): Failure => {
  switch (refused.why) {
    case 'unknown':
      return fail('BACKUP_NOT_FOUND', `No backup has the id ${backupId}.`, { backupId });
    case 'deleted':
      return fail('BACKUP_DELETED', `Backup ${backupId} has been deleted: choose another one.`, { backupId });
    case 'busy':
      if (refused.suspended) return suspendedFailure(refused);
      return fail(
        'BACKUP_BUSY',
        `Operation ${refused.operationId} (${refused.kind}) of backup ${backupId} is open: wait until it ends, or cancel it.`,
        { backupId, operationId: refused.operationId, kind: refused.kind },
      );
    case 'restoring':
      return fail(
        'RESTORE_RUNNING',
        `Restore ${refused.operationId} of backup ${refused.backupId} into this cluster is open: wait until it ends, or cancel it.`,
        { backupId, operationId: refused.operationId, restoredBackupId: refused.backupId },
      );
  }
};

/** RESTORE_NOT_CONFIRMED: existing indices would be deleted, and `confirm` is not the backup's id. */
export const requireConfirmed = (request: {
  readonly backupId: string;
  readonly deleteExisting: boolean;
  readonly confirm?: string | undefined;
}): void => {
  const { backupId, deleteExisting, confirm } = request;
  if (!deleteExisting || confirm === backupId) return;
  const found = confirm === undefined ? 'it is missing' : `found ${JSON.stringify(confirm)}`;
  throw fail(
    'RESTORE_NOT_CONFIRMED',
    `confirm must be the id of the backup, because "deleteExisting": true deletes indices; ${found}. Send "confirm": ${JSON.stringify(backupId)}.`,
    { field: 'confirm', found: confirm ?? null },
  );
};
