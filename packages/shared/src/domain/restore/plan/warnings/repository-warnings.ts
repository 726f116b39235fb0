import type { PlanFacts } from '../plan-facts.ts';
import type { PlanWarning, WarningCode } from './warning.ts';

/** What is known of writing into it: now, and while the backup was taken. */
export const repositoryWarnings = ({ backup, repository }: PlanFacts): readonly PlanWarning[] => {
  const { unwritable, unverified } = repository;
  const { location, repositoryCheck } = backup;
  return [
    ...warned(
      'REPOSITORY_NOT_WRITABLE',
      unwritable,
      `Repository ${location.repository} can be read, and no backup can be taken into it.`,
    ),
    ...warned(
      'REPOSITORY_UNVERIFIED',
      unverified,
      `Whether every node can use repository ${location.repository} was not found out.`,
    ),
    ...warned(
      'BACKUP_UNVERIFIED',
      repositoryCheck?.verified === false ? (repositoryCheck.reason ?? '') : undefined,
      'That every node could write into the repository while the backup was taken is not certain: rehearse it first.',
    ),
  ];
};

/** None without a reason. */
const warned = (code: WarningCode, reason: string | undefined, message: string): readonly PlanWarning[] =>
  reason === undefined ? [] : [{ code, message: `${message} ${reason}`.trim() }];
