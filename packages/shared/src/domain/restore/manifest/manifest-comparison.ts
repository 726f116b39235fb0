import type { IndexFigures } from './index-facts.ts';
import { type IndexShape, type Manifests, UNKNOWN_ALIASES } from './manifest.ts';
import { wasClosed } from './saved-closed.ts';
import { savedDocuments } from './saved-documents.ts';

/** What of an index is compared with its manifest, in addition to its existence and started primaries. */
export const ASPECTS = ['documents', 'primaries', 'createdVersion', 'mapping', 'settings', 'aliases'] as const;
export type Aspect = (typeof ASPECTS)[number];

/** An index that was restored, under the name that it was saved by. */
export type RestoredIndex = {
  readonly shape: IndexShape;
  /** Undefined: it could not be measured. */
  readonly figures: IndexFigures | undefined;
};

export type RestoredAs = 'saved' | 'withoutAliases' | 'copy';

export type ManifestDifference = {
  readonly index: string;
  readonly what: 'index' | Aspect;
  readonly expected: string;
  readonly found: string;
};

/** `why` of what was not measured: when the backup was taken, or now that it is restored. */
export type AspectVerdict = { readonly index: string; readonly aspect: Aspect } & (
  | { readonly is: 'equal' }
  | { readonly is: 'different'; readonly expected: string; readonly found: string }
  | { readonly is: 'unmeasured'; readonly why: 'saved' | 'restored' }
);

export type ManifestComparison = {
  readonly missing: readonly string[];
  readonly verdicts: readonly AspectVerdict[];
};

export type AspectCounts = { readonly compared: number; readonly unmeasured: number; readonly different: number };

export type UnmeasuredIndex = {
  readonly index: string;
  readonly aspects: readonly Aspect[];
  readonly why: 'saved' | 'restored';
};

/** The aspects that are compared after such a restore: aliases only after one in place, since otherwise they stay with the live indices. */
export const aspectsOf = (as: RestoredAs): readonly Aspect[] =>
  as === 'saved' ? ASPECTS : ASPECTS.filter((aspect) => aspect !== 'aliases');

/**
 * Pure: aspects of an index that nothing was recorded of, so that they cannot be compared whatever is restored. An index that was saved
 * closed has no figures and needs none.
 */
export const unrecordedAspects = (saved: Manifests, index: string, as: RestoredAs): readonly Aspect[] => {
  const shapes = shapesOf(saved, index);
  return aspectsOf(as).filter((aspect) => {
    if (aspect === 'documents') return savedDocuments(saved, index) === undefined && !wasClosed(saved, index);
    return shapes.length === 0 || (aspect === 'aliases' && shapes.some(hasUnknownAliases));
  });
};

/**
 * Pure: each aspect of each index, compared with what was recorded around its part. Without a record it is unmeasured, never a difference.
 * Where the index changed between both manifests, either shape is right.
 */
export const compareIndices = (
  saved: Manifests,
  indices: readonly string[],
  restored: readonly RestoredIndex[],
  as: RestoredAs,
): ManifestComparison => {
  const found = new Map(restored.map((index) => [index.shape.name, index]));
  const verdicts = indices.flatMap((name) => {
    const index = found.get(name);
    if (index === undefined) return [];
    const unrecorded = unrecordedAspects(saved, name, as);
    return aspectsOf(as).flatMap((aspect): readonly AspectVerdict[] => {
      if (unrecorded.includes(aspect)) return [{ index: name, aspect, is: 'unmeasured', why: 'saved' }];
      if (aspect === 'documents') return documentVerdict(saved, index, as);
      return [shapeVerdict(aspect, shapesOf(saved, name), index.shape)];
    });
  });
  return { missing: indices.filter((name) => !found.has(name)), verdicts };
};

const shapesOf = ({ before, after }: Manifests, index: string): readonly IndexShape[] =>
  [...before.shapes, ...(after?.shapes ?? [])].filter(({ name }) => name === index);

const hasUnknownAliases = ({ aliases }: IndexShape): boolean => aliases === UNKNOWN_ALIASES;

const shapeVerdict = (
  aspect: Exclude<Aspect, 'documents'>,
  expected: readonly IndexShape[],
  found: IndexShape,
): AspectVerdict => {
  const verdict = { index: found.name, aspect };
  if (aspect === 'aliases' && hasUnknownAliases(found)) return { ...verdict, is: 'unmeasured', why: 'restored' };
  if (expected.some((shape) => shape[aspect] === found[aspect])) return { ...verdict, is: 'equal' };
  const values = [...new Set(expected.map((shape) => String(shape[aspect])))];
  return { ...verdict, is: 'different', expected: values.join(' or '), found: String(found[aspect]) };
};

const documentVerdict = (
  saved: Manifests,
  { shape, figures }: RestoredIndex,
  as: RestoredAs,
): readonly AspectVerdict[] => {
  const verdict = { index: shape.name, aspect: 'documents' } as const;
  const range = savedDocuments(saved, shape.name);
  // it was saved closed
  if (range === undefined) return [];
  const expected = range.min === range.max ? `${range.min}` : `${range.min} to ${range.max}`;
  if (figures !== undefined) {
    const isWithin = figures.documents >= range.min && figures.documents <= range.max;
    return [
      isWithin ? { ...verdict, is: 'equal' } : { ...verdict, is: 'different', expected, found: `${figures.documents}` },
    ];
  }
  // what is restored comes back open: it was closed since, or another one was made under its name
  if (shape.open === false)
    return [{ ...verdict, is: 'different', expected, found: 'not measured, since it is closed' }];
  if (as === 'copy') return [{ ...verdict, is: 'different', expected, found: 'not measured' }];
  return [{ ...verdict, is: 'unmeasured', why: 'restored' }];
};

/** Missing indices first, then what differs, in the order of the verdicts; what was not measured is no difference. */
export const differencesIn = ({ missing, verdicts }: ManifestComparison): readonly ManifestDifference[] => [
  ...missing.map((index) => ({ index, what: 'index' as const, expected: 'there', found: 'missing' })),
  ...verdicts.flatMap((verdict) =>
    verdict.is === 'different'
      ? [{ index: verdict.index, what: verdict.aspect, expected: verdict.expected, found: verdict.found }]
      : [],
  ),
];

/** Counts of indices for every aspect that is compared after such a restore, also for aspects of which nothing was compared. */
export const countAspects = (
  verdicts: readonly AspectVerdict[],
  as: RestoredAs,
): Readonly<Partial<Record<Aspect, AspectCounts>>> =>
  Object.fromEntries(
    aspectsOf(as).map((aspect) => [aspect, countOf(verdicts.filter((verdict) => verdict.aspect === aspect))]),
  );

const countOf = (verdicts: readonly AspectVerdict[]): AspectCounts => {
  const count = (is: AspectVerdict['is']): number => verdicts.filter((verdict) => verdict.is === is).length;
  return {
    compared: count('equal') + count('different'),
    unmeasured: count('unmeasured'),
    different: count('different'),
  };
};

/** The indices with aspects that could not be compared. One that lacks the record of some aspects and the measurement of others is listed twice. */
export const unmeasuredIn = (verdicts: readonly AspectVerdict[]): readonly UnmeasuredIndex[] => {
  const found = new Map<string, { index: string; aspects: Aspect[]; why: 'saved' | 'restored' }>();
  for (const verdict of verdicts) {
    if (verdict.is !== 'unmeasured') continue;
    const key = `${verdict.why} ${verdict.index}`;
    const known = found.get(key) ?? { index: verdict.index, aspects: [], why: verdict.why };
    known.aspects.push(verdict.aspect);
    found.set(key, known);
  }
  return [...found.values()];
};
