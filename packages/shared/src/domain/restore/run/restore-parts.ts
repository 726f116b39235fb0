import type { RestorePlan } from '../plan/planned-restore.ts';
import type { RestorePart, RestoreTask } from './restore-memory.ts';

type Plan = Pick<RestorePlan, 'parts' | 'restores' | 'aliasesLeftOff'>;

/** The calls of a restore, in their order. A part of which nothing is restored has none: an empty list of indices would mean all. */
export const restoreParts = (plan: Plan): readonly RestorePart[] => plan.parts.flatMap((part) => partsOf(part, plan));

/** Indices that come back without aliases are restored by a call of their own, before the others of their part. */
const partsOf = ({ number, snapshot, uuid }: Plan['parts'][number], plan: Plan): readonly RestorePart[] => {
  const bare = new Set(plan.aliasesLeftOff.map(({ index }) => index));
  const held = plan.restores.filter(({ part }) => part === number).map(({ index, as }) => ({ index, as }));
  const part = { number, snapshot, uuid };
  return [
    { ...part, indices: held.filter(({ index }) => bare.has(index)), withoutAliases: true as const },
    { ...part, indices: held.filter(({ index }) => !bare.has(index)) },
  ].filter(({ indices }) => indices.length > 0);
};

/** What a task remembers of a plan of chosen indices. */
export const selectionOf = ({ aliasesLeftOff, parts }: Plan): Pick<RestoreTask, 'aliasesLeftOff' | 'skippedParts'> => {
  const skippedParts = parts.filter(({ skipped }) => skipped).map(({ number }) => number);
  return {
    ...(aliasesLeftOff.length === 0 ? {} : { aliasesLeftOff }),
    ...(skippedParts.length === 0 ? {} : { skippedParts }),
  };
};
