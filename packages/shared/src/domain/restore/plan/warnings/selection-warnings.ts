import { nameList } from '../../../name-list.ts';
import type { LeftOffAlias } from '../aliases-left-off.ts';
import { inconsistency } from '../blockers/selection-blockers.ts';
import type { PlanFacts, PlannedIndex, RestoreRequest } from '../plan-facts.ts';
import { consequences } from '../selection.ts';
import { type PlanWarning, warning, warningOf } from './warning.ts';

/** INCONSISTENT_SELECTION, where it was accepted, and ALIASES_LEFT_OFF. */
export const selectionWarnings = (
  request: RestoreRequest,
  facts: PlanFacts,
  restores: readonly PlannedIndex[],
  { all, leftOff }: { readonly all: readonly PlannedIndex[]; readonly leftOff: readonly LeftOffAlias[] },
): readonly PlanWarning[] => {
  const needs = request.acceptInconsistent === true ? inconsistency(request, facts, restores, all) : undefined;
  return [
    ...(needs === undefined
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
};

const leftOffWords = ({ index, alias, writeIndices }: LeftOffAlias): string =>
  writeIndices.length === 0 ? `${alias} of ${index}` : `${alias} of ${index} (written to ${writeIndices.join(', ')})`;
