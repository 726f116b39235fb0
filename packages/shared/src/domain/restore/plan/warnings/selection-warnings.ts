import { nameList } from '../../../name-list.ts';
import { type LeftOffAlias, UNRECORDED } from '../aliases-left-off.ts';
import type { RestoreRequest } from '../plan-facts.ts';
import { consequences, type SelectionNeeds } from '../selection.ts';
import { type PlanWarning, warning, warningOf } from './warning.ts';

/** INCONSISTENT_SELECTION, where it was accepted, and ALIASES_LEFT_OFF. */
export const selectionWarnings = (
  { acceptInconsistent }: Pick<RestoreRequest, 'acceptInconsistent'>,
  needs: SelectionNeeds | undefined,
  leftOff: readonly LeftOffAlias[],
): readonly PlanWarning[] => [
  ...(needs === undefined || acceptInconsistent !== true
    ? []
    : [
        warning(
          'INCONSISTENT_SELECTION',
          `Accepted with "acceptInconsistent": the chosen indices do not fit the ones that stay. ${consequences(needs.why)}`,
        ),
      ]),
  ...warningOf(
    'ALIASES_LEFT_OFF',
    leftOff.map(leftOffWords),
    (found) =>
      `The chosen indices come back without these aliases, because indices that stay take their writes by now, or may do so: ${nameList(found)}. Add them before you start Optimize; aliasesLeftOff has the calls.`,
  ),
];

const leftOffWords = ({ index, alias, writeIndices }: LeftOffAlias): string => {
  if (alias === UNRECORDED) return `all of ${index} (the backup does not record them)`;
  return writeIndices.length === 0
    ? `${alias} of ${index}`
    : `${alias} of ${index} (written to ${writeIndices.join(', ')})`;
};
