import { type Failure, fail } from '@tandem/shared/domain/failure.ts';
import type { PlannedDeletion, RestorePlan } from '@tandem/shared/domain/restore-plan.ts';
import type { PlanWarning } from '@tandem/shared/domain/restore-warnings.ts';

/** A backup saves the indices of Optimize: of what is to be deleted, these are not among them. */
const notSaved = (deletes: readonly PlannedDeletion[], indexPrefix: string): readonly string[] =>
  deletes.map(({ index }) => index).filter((index) => !index.startsWith(`${indexPrefix}-`));

/** What a plan says of what it would delete. */
export const wayBackWarnings = ({ deletes }: RestorePlan, indexPrefix: string): readonly PlanWarning[] => {
  if (deletes.length === 0) return [];
  const lost = notSaved(deletes, indexPrefix);
  const message =
    lost.length === 0
      ? `${deletes.length} indices are deleted. They are backed up first, unless "safetyBackup": false is sent: then there is no way back.`
      : `${deletes.length} indices are deleted. A safety backup would not hold ${named(lost)}: for these there is no way back, and "safetyBackup": false has to be sent.`;
  return [{ code: 'INDICES_DELETED', message }];
};

export const noWayBack = ({ deletes }: RestorePlan): PlanWarning => ({
  code: 'NO_WAY_BACK',
  message: `${deletes.length} indices are deleted without a safety backup, as asked: what they hold now is lost.`,
});

/** RESTORE_UNSAFE: a safety backup would be one in name only. */
export const requireSaved = ({ deletes }: RestorePlan, indexPrefix: string): void => {
  const lost = notSaved(deletes, indexPrefix);
  if (lost.length === 0) return;
  throw unsafe(lost, indexPrefix);
};

const unsafe = (indices: readonly string[], indexPrefix: string): Failure =>
  fail(
    'RESTORE_UNSAFE',
    `A safety backup holds the indices ${indexPrefix}-*; these would be deleted and are not among them: ${named(indices)}. Save them yourself, or restore under other names, or send "safetyBackup": false to have them deleted without a way back.`,
    { field: 'safetyBackup', indices },
  );

const named = (indices: readonly string[]): string =>
  indices.length <= 20 ? indices.join(', ') : `${indices.slice(0, 20).join(', ')} and ${indices.length - 20} more`;
