import { formsOf } from '../../../ownership/index-ownership.ts';
import type { PlanFacts } from '../plan-facts.ts';
import type { NotRestored } from '../restore-ownership.ts';
import { type PlanWarning, warning } from './warning.ts';

/** What the backup holds and is left out, and indices of both forms of the prefix. */
export const ownershipWarnings = (
  { backup: { indexPrefix }, ownership }: PlanFacts,
  notRestored: readonly NotRestored[],
): readonly PlanWarning[] => [
  ...(notRestored.length === 0
    ? []
    : [
        warning(
          'NOT_RESTORED',
          `The backup holds indices that are not restored: ${notRestored.map(({ index, why }) => `${index} (${why})`).join(', ')}. Those that are not of this Optimize can be restored under other names.`,
        ),
      ]),
  ...(formsOf(ownership).length < 2
    ? []
    : [
        warning(
          'BOTH_FORMS',
          `Indices of both forms are there or in the backup: ${indexPrefix}-… and ${indexPrefix}-optimize-…. Those of a form that the backup does not hold count as unknown.`,
        ),
      ]),
];
