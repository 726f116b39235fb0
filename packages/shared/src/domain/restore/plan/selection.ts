import { type ContentClass, contentOf } from '../../ownership/index-content.ts';
import type { RestoreRequest } from './plan-facts.ts';

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
  /** What the smallest consistent selection has in addition, sorted. */
  readonly add: readonly string[];
  /** `add` is the rest of the complete backup; otherwise of its positions and imported data. */
  readonly needsAll: boolean;
};

/**
 * Pure: what a selection of `all`, the indices that the complete backup would restore, lacks to be consistent. Undefined: it is. User content is
 * consistent by itself, and so is any of it. Positions and imported data are consistent together, all of both. Everything else is consistent
 * with the complete backup only.
 */
export const selectionNeeds = (
  prefix: string,
  chosen: readonly string[],
  all: readonly string[],
): SelectionNeeds | undefined => {
  const names = new Set(chosen);
  const missing = (needed: readonly string[]) => needed.filter((name) => !names.has(name));
  if (missing(all).length === 0) return undefined;
  const of = (some: readonly string[], ...contents: readonly ContentClass[]) =>
    some.filter((name) => contents.includes(contentOf(prefix, name)));
  const [positions, imported] = [of(all, 'positions'), of(all, 'imported')];
  const together = of(chosen, 'positions', 'imported');
  const bound = of(chosen, 'metadata', 'settings', 'unknown');
  // a backup without positions, or without data, has nothing that the other could be restored with
  const isPair = positions.length > 0 && imported.length > 0;
  const lacking = isPair ? missing([...positions, ...imported]) : together;
  const why = [
    ...(together.length === 0 || lacking.length === 0 ? [] : importGaps(of, chosen, missing, positions, imported)),
    ...(['metadata', 'settings', 'unknown'] as const).filter((content) => of(chosen, content).length > 0),
  ];
  if (why.length === 0) return undefined;
  const needsAll = bound.length > 0 || !isPair;
  return {
    found: [...(lacking.length === 0 ? [] : together), ...bound].sort(),
    why,
    needsAll,
    add: missing(needsAll ? all : [...positions, ...imported]).sort(),
  };
};

/** gaps: data is older than the positions in the cluster. twice: positions are older than the data in the cluster. */
const importGaps = (
  of: (some: readonly string[], ...contents: readonly ContentClass[]) => readonly string[],
  chosen: readonly string[],
  missing: (needed: readonly string[]) => readonly string[],
  positions: readonly string[],
  imported: readonly string[],
): readonly Inconsistency[] => {
  const hasGaps = of(chosen, 'imported').length > 0 && (positions.length === 0 || missing(positions).length > 0);
  const isTwice = of(chosen, 'positions').length > 0 && (imported.length === 0 || missing(imported).length > 0);
  return [...(hasGaps ? (['gaps'] as const) : []), ...(isTwice ? (['twice'] as const) : [])];
};

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
