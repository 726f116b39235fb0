import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { IndexFigures } from './index-facts.ts';
import type { Manifest, Manifests } from './manifest.ts';
import { type DocumentRange, documentRange, operationsAtMost, savedDocuments } from './saved-documents.ts';

const figures = { name: 'optimize-alert_v4', documents: 5, operations: 9, primaryBytes: 100 };

describe('how many documents a snapshot may hold', () => {
  it('is exact where nothing was written', () => {
    expect(documentRange(figures, figures)).toEqual({ min: 5, max: 5 });
  });

  it('never excludes what it held at any moment in between, whatever was written', () => {
    const writes = fc.array(fc.constantFrom('add', 'remove', 'update'), { maxLength: 40 });
    fc.assert(
      fc.property(fc.nat(20), writes, fc.nat(40), (start, operations, moment) => {
        const counts = [start];
        let numbered = 0;
        for (const operation of operations) {
          const last = counts.at(-1) ?? 0;
          if (operation === 'remove' && last === 0) continue;
          counts.push(last + (operation === 'add' ? 1 : operation === 'remove' ? -1 : 0));
          numbered += 1;
        }
        const at = counts[Math.min(moment, counts.length - 1)] ?? 0;
        const range = documentRange(
          { ...figures, documents: start, operations: 100 },
          { ...figures, documents: counts.at(-1) ?? 0, operations: 100 + numbered },
        );
        expect(at).toBeGreaterThanOrEqual(range.min);
        expect(at).toBeLessThanOrEqual(range.max);
      }),
    );
  });
});

describe('what two manifests say of an index', () => {
  const manifest = (...all: readonly IndexFigures[]): Manifest => ({ shapes: [], figures: all, templates: 't' });
  const other: IndexFigures = { ...figures, name: 'optimize-other_v1', documents: 70, operations: 80 };
  const later: IndexFigures = { ...figures, documents: 6, operations: 10 };
  const [before, after] = [manifest(other, figures), manifest(other, later)];

  it.each<[string, Manifests, DocumentRange | undefined]>([
    ['measured before and after', { before, after }, { min: 5, max: 6 }],
    ['not measured after', { before, after: manifest(other) }, undefined],
    ['not measured before', { before: manifest(other), after }, undefined],
    ['of a part that ended without a manifest', { before, after: undefined }, undefined],
  ])('bounds its documents only from both measurements: %s', (_, manifests, expected) => {
    expect(savedDocuments(manifests, figures.name)).toEqual(expected);
  });

  it.each<[string, Manifests, number | undefined]>([
    ['the later measurement', { before, after }, 10],
    ['the earlier one where an index was made anew', { before: after, after: before }, 10],
    ['the later one where there is no earlier', { before: manifest(other), after }, 10],
    ['nothing where it was not measured after', { before, after: manifest(other) }, undefined],
    ['nothing where its part ended without a manifest', { before, after: undefined }, undefined],
  ])('bounds its operations by %s', (_, manifests, expected) => {
    expect(operationsAtMost(manifests, figures.name)).toBe(expected);
  });
});
