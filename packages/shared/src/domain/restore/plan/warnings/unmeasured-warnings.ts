import type { PlannedDeletion } from '../planned-restore.ts';
import type { PlanWarning } from './warning.ts';

/** Whether these are written to cannot be measured, neither now nor immediately before they are deleted. */
export const unmeasuredWarnings = (deletes: readonly PlannedDeletion[]): readonly PlanWarning[] => {
  const names = deletes.filter(({ operations }) => typeof operations !== 'number').map(({ index }) => index);
  if (names.length === 0) return [];
  const message = `It cannot be measured whether these indices are written to before they are deleted, since they are closed, blocked or not all of their primaries are started: ${names.join(', ')}.`;
  return [{ code: 'DELETES_UNMEASURED', message }];
};
