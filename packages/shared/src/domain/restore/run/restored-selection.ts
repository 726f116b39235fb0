import { cutList } from '../../cut-list.ts';
import type { LeftOffAlias } from '../plan/aliases-left-off.ts';
import type { RestoreRequest } from '../plan/plan-facts.ts';
import { isSelection } from '../plan/selection.ts';

/** Which indices a restore of chosen ones was about, and how they came back. */
export type RestoredSelection = {
  /** As restored, sorted; at most MAX_REPORTED, and how many there are. */
  readonly indices: readonly string[];
  readonly count: number;
  /** Parts that hold no chosen index. */
  readonly skippedParts: readonly number[];
  readonly aliasesLeftOff: readonly LeftOffAlias[];
};

/** Names that a report or an event lists of a selection. */
export const MAX_REPORTED = 1_000;

type Selected = Pick<RestoreRequest, 'rename' | 'only' | 'copy'> & {
  readonly parts: readonly { readonly indices: readonly { readonly as: string }[] }[];
  readonly skippedParts?: readonly number[] | undefined;
  readonly aliasesLeftOff?: readonly LeftOffAlias[] | undefined;
};

/** Undefined: the restore is not of chosen indices. */
export const restoredSelection = (task: Selected): RestoredSelection | undefined =>
  isSelection(task)
    ? {
        ...cutList('indices', task.parts.flatMap(({ indices }) => indices.map(({ as }) => as)).sort(), {
          max: MAX_REPORTED,
        }),
        skippedParts: task.skippedParts ?? [],
        aliasesLeftOff: task.aliasesLeftOff ?? [],
      }
    : undefined;
