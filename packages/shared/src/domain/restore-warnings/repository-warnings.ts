import type { PlanFacts } from '../plan-facts.ts';
import type { PlanWarning } from './warning.ts';

/** It can be restored from, and no backup can be taken into it. */
export const repositoryWarnings = ({ backup, repository: { unwritable } }: PlanFacts): readonly PlanWarning[] =>
  unwritable === undefined
    ? []
    : [
        {
          code: 'REPOSITORY_NOT_WRITABLE',
          message: `Repository ${backup.location.repository} can be read, and no backup can be taken into it. ${unwritable}`,
        },
      ];
