import type { IndexFigures } from './index-facts.ts';
import type { Manifest, Manifests } from './manifest.ts';

/** How many documents an index may hold after a restore: exact if nothing was written around its snapshot. */
export type DocumentRange = { readonly min: number; readonly max: number };

/**
 * The least and the most documents that the snapshot of an index holds. It holds the index as it was at some moment between both measurements;
 * every operation changes the number of documents by at most one, so from either measurement it is as far as there were operations in between.
 */
export const documentRange = (before: IndexFigures, after: IndexFigures): DocumentRange => {
  const operations = Math.max(0, after.operations - before.operations);
  return {
    min: Math.max(0, before.documents - operations, after.documents - operations),
    max: Math.min(before.documents, after.documents) + operations,
  };
};

/** The write operations that the snapshot of an index holds at most. Undefined: the index was not measured after it. */
export const operationsAtMost = ({ before, after }: Manifests, index: string): number | undefined => {
  const operationsIn = (manifest: Manifest | undefined) =>
    manifest?.figures.find(({ name }) => name === index)?.operations;
  const last = operationsIn(after);
  return last === undefined ? undefined : Math.max(last, operationsIn(before) ?? 0);
};

/**
 * The range of documents that an index was saved with. Undefined: a measurement is missing (a closed index, or one that came or went), so
 * nothing is concluded.
 */
export const savedDocuments = ({ before, after }: Manifests, index: string): DocumentRange | undefined => {
  const first = before.figures.find(({ name }) => name === index);
  const second = after?.figures.find(({ name }) => name === index);
  return first === undefined || second === undefined ? undefined : documentRange(first, second);
};
