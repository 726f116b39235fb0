import type { RestoreRequested } from '@tandem/history/ports/restores.ts';
import { type Failure, fail } from '@tandem/shared/domain/failure/failure.ts';
import { nameList } from '@tandem/shared/domain/name-list.ts';
import { cutFacts, type PlannedRequest, planDifference } from '@tandem/shared/domain/restore/plan/plan-difference.ts';
import type { RestorePlan } from '@tandem/shared/domain/restore/plan/planned-restore.ts';
import { suspendedFailure } from '../operations/suspended-failure.ts';

/** `reviewed`: the plan that was returned with the hash; undefined: it is no longer known. What differs comes first, a line each. */
export const planChanged = (reviewed: PlannedRequest | undefined, planned: PlannedRequest): Failure => {
  const { plan: now } = planned;
  const known = reviewed && planDifference(reviewed, planned);
  const isKnown = known !== undefined && known.options.length + known.facts.length > 0;
  const { options, facts, more } = isKnown ? known : { options: [], ...cutFacts(whatIsNow(now)) };
  const difference = [...options, ...facts];
  const rest = more === 0 ? [] : [`and ${more} more`];
  const words = [...difference, ...rest, 'planHash is of another plan than the one made now. Look at a new plan.'];
  return fail('PLAN_CHANGED', words.join('\n'), {
    ...{ difference, more },
    blockers: now.blockers,
    planHash: now.planHash,
  });
};

const whatIsNow = ({ blockers, restores, deletes }: RestorePlan): readonly string[] => [
  `now: ${restores.length} indices to restore, ${deletes.length} to delete`,
  ...blockers.map(({ code, found }) => `now: blocker ${code}: ${nameList(found)}`),
];

export const restoreBlocked = ({ blockers, planHash }: RestorePlan): Failure => {
  const words = blockers.map(({ code, message, remedy }) => `${code}: ${message} ${remedy}`);
  return fail('RESTORE_BLOCKED', words.join(' '), { blockers, planHash });
};

/** Somebody else was faster. */
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
        `Operation ${refused.operationId} (${refused.kind}) of backup ${backupId} is open: wait for its end, or cancel it.`,
        { backupId, operationId: refused.operationId, kind: refused.kind },
      );
    case 'restoring':
      return fail(
        'RESTORE_RUNNING',
        `Restore ${refused.operationId} of backup ${refused.backupId} into this cluster is open: wait for its end, or cancel it.`,
        { backupId, operationId: refused.operationId, restoredBackupId: refused.backupId },
      );
  }
};

/** RESTORE_NOT_CONFIRMED: what is in the way would be deleted, and the id was not sent once more. */
export const requireConfirmed = (asked: {
  readonly backupId: string;
  readonly deleteExisting: boolean;
  readonly confirm?: string | undefined;
}): void => {
  const { backupId, deleteExisting, confirm } = asked;
  if (!deleteExisting || confirm === backupId) return;
  const found = confirm === undefined ? 'it is missing' : `found ${JSON.stringify(confirm)}`;
  throw fail(
    'RESTORE_NOT_CONFIRMED',
    `confirm must be the id of the backup, since "deleteExisting": true has indices deleted; ${found}. Send "confirm": ${JSON.stringify(backupId)}.`,
    { field: 'confirm', found: confirm ?? null },
  );
};
