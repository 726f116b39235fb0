import type { DeletionSummary } from '../../operation/operation.ts';
import { isActive } from '../../operation/operation-state.ts';
import { PART_STATES, type PartState } from '../backup.ts';

/** DELETING: a deletion is open that removes it; its snapshot may be gone already. */
export const SHOWN_PART_STATES = [...PART_STATES, 'DELETING'] as const;
export type ShownPartState = (typeof SHOWN_PART_STATES)[number];

/** Nothing was ever made for these. */
const NEVER_MADE: ReadonlySet<PartState> = new Set(['PLANNED', 'EMPTY']);

/** The state of a part as responses show it: DELETING while an active deletion removes it. A suspended deletion deletes nothing. */
export const shownPartState = (state: PartState, deletion: DeletionSummary | undefined): ShownPartState => {
  if (deletion === undefined || !isActive(deletion.state) || NEVER_MADE.has(state)) return state;
  return deletion.onlyUnfinished && state === 'SUCCESS' ? state : 'DELETING';
};
