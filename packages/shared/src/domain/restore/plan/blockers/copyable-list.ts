import { MAX_LISTED } from '../../../cut-list.ts';
import type { PlanList } from '../plan-lists.ts';

/** Names as JSON, to be copied from a remedy. Too many for a sentence: which entries of a list of the plan they are. */
export const copyableList = (names: readonly string[], which: string, list: PlanList): string =>
  names.length <= MAX_LISTED
    ? JSON.stringify(names)
    : `[…] with ${which}, ${names.length} names (GET /api/v1/restores/plans/{planHash}?list=${list})`;
