import { type ContentClass, contentOf } from '../../ownership/index-content.ts';
import { namesOfClass } from '../../ownership/index-ownership.ts';
import type { PlanFacts, PlannedIndex, RestoreRequest } from './plan-facts.ts';

/** Whether a restore changes some indices of the live set and leaves the others: in place, and some are named. */
export const isSelection = ({ rename, only, copy }: Pick<RestoreRequest, 'rename' | 'only' | 'copy'>): boolean =>
  rename === undefined && !copy && only !== undefined;

/** Of indices by name those that a restore may touch: all, unless it is of chosen ones in place. */
export const chosenOf = <Index extends { readonly name: string }>(
  request: Pick<RestoreRequest, 'rename' | 'only' | 'copy'>,
  indices: readonly Index[],
): readonly Index[] => {
  if (!isSelection(request)) return indices;
  const chosen = new Set(request.only);
  return indices.filter(({ name }) => chosen.has(name));
};

/** Why a selection does not fit what stays in the cluster. */
export const INCONSISTENCIES = ['gaps', 'twice', 'metadata', 'settings', 'unknown'] as const;
export type Inconsistency = (typeof INCONSISTENCIES)[number];

export type SelectionNeeds = {
  /** Chosen indices that depend on others. */
  readonly found: readonly string[];
  readonly why: readonly Inconsistency[];
  /** What the smallest consistent selection has in addition, sorted. Empty where `stay` is not. */
  readonly add: readonly string[];
  /** `add` is the rest of the complete backup; otherwise of its positions and imported data. */
  readonly needsAll: boolean;
  /** Indices of the cluster that the backup does not hold and that no selection fits, sorted: they cannot be added. */
  readonly stay: readonly string[];
};

/** The indices that a selection is judged by, all by name. */
export type SelectionNames = {
  /** What is restored. */
  readonly chosen: readonly string[];
  /** What the complete backup would restore. */
  readonly all: readonly string[];
  /** Indices of this Optimize in the cluster; what is chosen does not stay. */
  readonly live: readonly string[];
};

const PAIR = ['positions', 'imported'] as const;
const BOUND = ['metadata', 'settings', 'unknown'] as const;

/**
 * Pure: what a selection lacks to be consistent with the indices that stay. Undefined: it is consistent. User content is consistent by itself,
 * and so is any of it. Positions and imported data are consistent together, all that the backup holds of both, where the cluster has no more of
 * either. Everything else is consistent with the complete backup only, where the cluster has no other index of this Optimize.
 */
export const selectionNeeds = (prefix: string, { chosen, all, live }: SelectionNames): SelectionNeeds | undefined => {
  const of = (some: readonly string[], ...contents: readonly ContentClass[]) =>
    some.filter((name) => contents.includes(contentOf(prefix, name)));
  const [names, held] = [new Set(chosen), new Set(all)];
  const missing = all.filter((name) => !names.has(name));
  const strangers = live.filter((name) => !names.has(name) && !held.has(name));
  // a backup without positions, or without data, has nothing that the other could be restored with
  const isPair = PAIR.every((content) => of(all, content).length > 0);
  const isApart = !isPair && missing.length > 0;
  const lacks = (content: 'positions' | 'imported') => isApart || of([...missing, ...strangers], content).length > 0;
  const gaps = of(chosen, 'imported').length > 0 && lacks('positions') ? (['gaps'] as const) : [];
  const twice = of(chosen, 'positions').length > 0 && lacks('imported') ? (['twice'] as const) : [];
  const bound = missing.length + strangers.length === 0 ? [] : of(chosen, ...BOUND);
  const why = [...gaps, ...twice, ...BOUND.filter((content) => of(bound, content).length > 0)];
  if (why.length === 0) return undefined;
  const needsAll = bound.length > 0 || !isPair;
  const add = needsAll ? missing : of(missing, ...PAIR);
  const completed = [...chosen, ...add];
  const clashing: readonly ContentClass[] = [
    ...(of(completed, 'imported').length > 0 ? (['positions'] as const) : []),
    ...(of(completed, 'positions').length > 0 ? (['imported'] as const) : []),
  ];
  const stay = of(completed, ...BOUND).length > 0 ? strangers : of(strangers, ...clashing);
  return {
    found: [...(gaps.length + twice.length === 0 ? [] : of(chosen, ...PAIR)), ...bound].sort(),
    ...{ why, needsAll },
    add: stay.length > 0 ? [] : add.toSorted(),
    stay: stay.toSorted(),
  };
};

/** What the selection lacks. Undefined: nothing, or the restore is no selection. `all`: what it would restore without `indices`. */
export const inconsistency = (
  request: RestoreRequest,
  { backup, listed, ownership }: Pick<PlanFacts, 'backup' | 'listed' | 'ownership'>,
  restores: readonly PlannedIndex[],
  all: readonly PlannedIndex[],
): SelectionNeeds | undefined => {
  if (!isSelection(request)) return undefined;
  const known = new Set(namesOfClass(ownership, 'known'));
  const live = listed.filter((name) => known.has(name));
  return selectionNeeds(backup.indexPrefix, { chosen: namesOf(restores), all: namesOf(all), live });
};

const namesOf = (indices: readonly PlannedIndex[]): readonly string[] => indices.map(({ index }) => index);

const CONSEQUENCES: Readonly<Record<Inconsistency, string>> = {
  gaps: 'Imported data would have gaps: the import resumes at the positions in the cluster, which are newer than the restored data.',
  twice:
    'Data would be imported twice: the import resumes at the restored positions, which are older than the data that stays in the cluster.',
  metadata:
    'The schema version and installation id of the backup would be used with indices that are not of the backup.',
  settings: 'Settings, licence and ended sessions of the backup would apply to indices that are not of the backup.',
  unknown: 'What the indices that Optimize is not known to have hold, and which others they must fit, is not known.',
};

/** What becomes of Optimize with such a selection, one sentence for each reason. */
export const consequences = (why: readonly Inconsistency[]): string => why.map((one) => CONSEQUENCES[one]).join(' ');
