import { nameList } from '../../../name-list.ts';
import type { LeftOffAlias } from '../aliases-left-off.ts';
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
      `Indices that stay take the writes of these aliases by now, so the restored indices come back without them: ${nameList(found)}.`,
  ),
];

const leftOffWords = ({ index, alias, writeIndices }: LeftOffAlias): string =>
  writeIndices.length === 0 ? `${alias} of ${index}` : `${alias} of ${index} (written to ${writeIndices.join(', ')})`;
