import {
  classifyIndices,
  type IndexClass,
  isRehearsalCopy,
  isUndecided,
  namesOfClass,
  type Ownership,
} from '../../ownership/index-ownership.ts';
import type { PlanFacts, PlannedIndex, RestoreRequest } from './plan-facts.ts';

/**
 * Whose the indices are that a backup holds and that are in the engine, all together. Of the two forms of the prefix the one that the backup
 * does not hold counts as unknown: those indices may be what another version of Optimize, or another installation, works with.
 */
export const restoreOwnership = (prefix: string, saved: readonly string[], there: readonly string[]): Ownership => {
  const ownership = classifyIndices(prefix, [...saved, ...there]);
  const held = new Set(saved.map((name) => ownership.get(name)?.form));
  return new Map(
    [...ownership].map(([name, index]) => [
      name,
      index.class === 'known' && !held.has(index.form) ? { ...index, class: 'unknown' } : index,
    ]),
  );
};

/** The class of a name; one that is not among those that were classified has no prefix of ours. */
export const classOf = (ownership: Ownership, name: string): IndexClass =>
  ownership.get(name)?.class ?? (isRehearsalCopy(name) ? 'rehearsalCopy' : 'outside');

/** For an index that is not restored: its class, or that the operator keeps what is there under its name. */
export type NotRestored = { readonly index: string; readonly why: IndexClass | 'kept' };

/**
 * Why a restore leaves an index of the backup out. Undefined: it is restored. In place only what is ours or may be is restored, under other
 * names everything; never what `keepUnknown` names.
 */
export const leftOut = (
  { rename, keepUnknown }: RestoreRequest,
  { ownership }: Pick<PlanFacts, 'ownership'>,
  { index, as }: Pick<PlannedIndex, 'index' | 'as'>,
): NotRestored | undefined => {
  if (keepUnknown.includes(as)) return { index, why: 'kept' };
  const found = classOf(ownership, index);
  const isOurs = found === 'known' || isUndecided({ class: found });
  return rename !== undefined || isOurs ? undefined : { index, why: found };
};

type Existing = PlanFacts['existing'][number];

export type InTheWay<Index = Existing> = {
  /**
   * Known ones, and those that `deleteUnknown` names: what `deleteExisting` deletes, and nothing else. Without it, under other names: all that
   * is there, whoever owns it.
   */
  readonly deletable: readonly Index[];
  /** In none of the two lists: the operator has to decide. */
  readonly undecided: readonly Index[];
  /** Provably foreign, under a target name: never deleted. */
  readonly foreign: readonly Index[];
};

/** Existing indices that block a restore, by what may be done to them. Those in `keepUnknown` do not block. */
export const inTheWay = <Index extends { readonly name: string }>(
  { rename, deleteExisting, deleteUnknown, keepUnknown }: RestoreRequest,
  { existing, ownership }: { readonly existing: readonly Index[]; readonly ownership: Ownership },
): InTheWay<Index> => {
  const nothingIsDeleted = rename !== undefined && !deleteExisting;
  const groups = Object.groupBy(existing, ({ name }) => {
    const found = classOf(ownership, name);
    if (found === 'known') return 'deletable';
    if (!mayBeNamed(found)) return nothingIsDeleted ? 'deletable' : 'foreign';
    if (keepUnknown.includes(name)) return 'kept';
    return nothingIsDeleted || deleteUnknown.includes(name) ? 'deletable' : 'undecided';
  });
  return { deletable: groups.deletable ?? [], undecided: groups.undecided ?? [], foreign: groups.foreign ?? [] };
};

/** Under other names a target may be outside the prefix: then nothing says whose it is. */
const mayBeNamed = (found: IndexClass): boolean => isUndecided({ class: found }) || found === 'outside';

/** What is wrong with `deleteUnknown` and `keepUnknown`, in words: names that are not there, or that are not for the operator to decide. */
export const wronglyNamed = (
  { deleteUnknown, keepUnknown }: Pick<RestoreRequest, 'deleteUnknown' | 'keepUnknown'>,
  { existing, ownership }: Pick<PlanFacts, 'existing' | 'ownership'>,
): readonly string[] => {
  const there = new Set(existing.map(({ name }) => name));
  return [...new Set([...deleteUnknown, ...keepUnknown])].flatMap((name) => {
    const found = classOf(ownership, name);
    if (deleteUnknown.includes(name) && keepUnknown.includes(name)) return [`${name} (in both lists)`];
    if (!there.has(name)) return [`${name} (not there, or not in the way)`];
    return mayBeNamed(found) ? [] : [`${name} (${found})`];
  });
};

/**
 * Of the indices that are about to be deleted, those that are not ours any more as far as the names tell now: indices of another installation may
 * have been created since the plan.
 */
export const notOursNow = (
  ownership: Ownership,
  deletes: readonly string[],
  deleteUnknown: readonly string[],
): readonly string[] => {
  const known = new Set(namesOfClass(ownership, 'known'));
  return deletes.filter(
    (name) => !known.has(name) && !(deleteUnknown.includes(name) && mayBeNamed(classOf(ownership, name))),
  );
};
