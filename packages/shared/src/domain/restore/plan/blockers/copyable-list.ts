import { MAX_LISTED } from '../../../cut-list.ts';
import type { PlanList } from '../plan-lists.ts';

/** Names as JSON, to be copied from a remedy. Too many for a sentence: which ones they are, with the list of the plan that has them, if one does. */
export const copyableList = (names: readonly string[], which: string, list?: PlanList): string =>
  names.length <= MAX_LISTED
    ? JSON.stringify(names)
    : `[…] with ${which}, ${names.length} names${list === undefined ? '' : ` (GET /api/v1/restores/plans/{planHash}?list=${list})`}`;
