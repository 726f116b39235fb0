import type { IndexFigures } from './index-facts.ts';
import { type IndexShape, type Manifest, UNKNOWN_ALIASES } from './manifest.ts';

/** What a part's indices were right before it, and right after. */
export type Manifests = { readonly before: Manifest; readonly after: Manifest | undefined };

/** An index that was restored, under the name that it was saved by. */
export type RestoredIndex = {
  readonly shape: IndexShape;
  /** Undefined: it could not be measured. */
  readonly figures: IndexFigures | undefined;
};

export type ManifestDifference = {
  readonly index: string;
  readonly what: 'index' | 'documents' | 'primaries' | 'createdVersion' | 'mapping' | 'settings' | 'aliases';
  readonly expected: string;
  readonly found: string;
};

/** How many documents an index may hold after a restore: exact where nothing was written around its snapshot. */
export type DocumentRange = { readonly least: number; readonly most: number };

/**
 * The snapshot holds the index as it was at some moment between both measurements. Every operation changes the number of documents by
 * at most one, so from either measurement it is as far as there were operations in between.
 */
export const documentRange = (before: IndexFigures, after: IndexFigures): DocumentRange => {
  const operations = Math.max(0, after.operations - before.operations);
  return {
    least: Math.max(0, before.documents - operations, after.documents - operations),
    most: Math.min(before.documents, after.documents) + operations,
  };
};

const COPIED = ['primaries', 'createdVersion', 'mapping', 'settings'] as const;

/**
 * Pure: what differs between what was saved and what was restored; empty is the proof. Where the manifest was taken twice and an index
 * changed in between, either shape is right. Only `saved` comes with aliases.
 */
export const manifestDifferences = (
  saved: Manifests,
  indices: readonly string[],
  restored: readonly RestoredIndex[],
  as: 'saved' | 'renamed' | 'copy',
): readonly ManifestDifference[] => {
  const found = new Map(restored.map((index) => [index.shape.name, index]));
  const shapes = shapesByName(saved);
  const compared = as === 'saved' ? ([...COPIED, 'aliases'] as const) : COPIED;
  return indices.flatMap((name) => {
    const index = found.get(name);
    if (index === undefined) return [{ index: name, what: 'index' as const, expected: 'there', found: 'missing' }];
    return [
      ...compared.flatMap((what) => shapeDifference(what, shapes.get(name) ?? [], index.shape)),
      ...documentDifference(saved, index),
    ];
  });
};

const shapesByName = ({ before, after }: Manifests): ReadonlyMap<string, readonly IndexShape[]> => {
  const shapes = new Map<string, IndexShape[]>();
  for (const shape of [...before.shapes, ...(after?.shapes ?? [])]) {
    shapes.set(shape.name, [...(shapes.get(shape.name) ?? []), shape]);
  }
  return shapes;
};

const shapeDifference = (
  what: Exclude<ManifestDifference['what'], 'index' | 'documents'>,
  expected: readonly IndexShape[],
  found: IndexShape,
): readonly ManifestDifference[] => {
  const isUnknown = (shape: IndexShape): boolean => what === 'aliases' && shape.aliases === UNKNOWN_ALIASES;
  if (expected.length === 0 || isUnknown(found)) return [];
  if (expected.some((shape) => isUnknown(shape) || shape[what] === found[what])) return [];
  const values = [...new Set(expected.map((shape) => String(shape[what])))];
  return [{ index: found.name, what, expected: values.join(' or '), found: String(found[what]) }];
};

const documentDifference = (saved: Manifests, { shape, figures }: RestoredIndex): readonly ManifestDifference[] => {
  const range = savedDocuments(saved, shape.name);
  if (range === undefined) return [];
  // what is restored comes back open: somebody closed it, or made another one under its name
  const found = figures === undefined ? 'not measured, since it is closed' : `${figures.documents}`;
  if (figures !== undefined && figures.documents >= range.least && figures.documents <= range.most) return [];
  const expected = range.least === range.most ? `${range.least}` : `${range.least} to ${range.most}`;
  return [{ index: shape.name, what: 'documents', expected, found }];
};

/** Operations that the snapshot of an index holds at most; undefined: it was not measured after it. */
export const operationsAtMost = ({ before, after }: Manifests, index: string): number | undefined => {
  const operationsIn = (manifest: Manifest | undefined) =>
    manifest?.figures.find(({ name }) => name === index)?.operations;
  const last = operationsIn(after);
  return last === undefined ? undefined : Math.max(last, operationsIn(before) ?? 0);
};

/** Undefined: not both measurements are there (a closed index, or one that came or went), so nothing is concluded. */
export const savedDocuments = ({ before, after }: Manifests, index: string): DocumentRange | undefined => {
  const first = before.figures.find(({ name }) => name === index);
  const second = after?.figures.find(({ name }) => name === index);
  return first === undefined || second === undefined ? undefined : documentRange(first, second);
};
