import { fail } from '@tandem/shared/domain/failure/failure.ts';
import { nameList } from '@tandem/shared/domain/name-list.ts';
import type { RestorePlan } from '@tandem/shared/domain/restore/plan/planned-restore.ts';
import type { PlanWarning } from '@tandem/shared/domain/restore/plan/restore-warnings.ts';
import { indicesToSave } from '@tandem/shared/domain/restore/safety-backup.ts';

/** Warnings about the indices that a plan would delete. */
export const wayBackWarnings = (
  { deletes }: Pick<RestorePlan, 'deletes'>,
  acceptUnsaved: readonly string[] = [],
): readonly PlanWarning[] => {
  if (deletes.length === 0) return [];
  const saved = new Set(indicesToSave(deletes, acceptUnsaved));
  const unsaved = deletes.map(({ index }) => index).filter((index) => !saved.has(index));
  const words =
    unsaved.length === 0
      ? 'The restore takes a safety backup of them first.'
      : `The restore takes a safety backup of ${saved.size} of them first. These are not saved, because acceptUnsaved names them: ${nameList(unsaved)}.`;
  return [{ code: 'INDICES_DELETED', message: `${deletes.length} indices are deleted. ${words}` }];
};

export const noWayBack = ({ deletes }: Pick<RestorePlan, 'deletes'>): PlanWarning => ({
  code: 'NO_WAY_BACK',
  message: `${deletes.length} indices are deleted without a safety backup, as accepted: their current contents are lost.`,
});

/** RESTORE_UNSAFE: without a safety backup, every index that is deleted must be named. */
export const requireAccepted = (unnamed: readonly string[]): void => {
  if (unnamed.length === 0) return;
  throw fail(
    'RESTORE_UNSAFE',
    `Without a safety backup, acceptUnsaved must name every index that is deleted; these are missing: ${nameList(unnamed)}. Create a plan with "acceptUnsaved": [${nameList(unnamed.map((name) => JSON.stringify(name)))}], or leave out "safetyBackup": false.`,
    { field: 'acceptUnsaved', indices: unnamed },
  );
};
