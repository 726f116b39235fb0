import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { IndexShape, Manifest } from './manifest.ts';
import { documentRange, manifestDifferences } from './manifest-difference.ts';

const shape: IndexShape = {
  name: 'optimize-alert_v4',
  createdVersion: 8_000_000,
  primaries: 1,
  replicas: 1,
  mapping: 'm1',
  settings: 's1',
  aliases: 'a1',
};
const figures = { name: shape.name, documents: 5, operations: 9, primaryBytes: 100 };
const manifest: Manifest = { shapes: [shape], figures: [figures], templates: 't' };
const saved = { before: manifest, after: manifest };
const compare = (found: Partial<IndexShape>, documents = 5, as: 'saved' | 'copy' = 'saved', from = saved) =>
  manifestDifferences(from, [shape.name], [{ shape: { ...shape, ...found }, figures: { ...figures, documents } }], as);

describe('how many documents a snapshot may hold', () => {
  it('is exact where nothing was written', () => {
    expect(documentRange(figures, figures)).toEqual({ least: 5, most: 5 });
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
        expect(at).toBeGreaterThanOrEqual(range.least);
        expect(at).toBeLessThanOrEqual(range.most);
      }),
    );
  });
});

describe('what was restored against the manifest', () => {
  it('differs in nothing when all is the same, wherever the replicas are', () => {
    expect(compare({ replicas: 0 })).toEqual([]);
  });

  it.each([
    [{ mapping: 'm2' }, 'mapping'],
    [{ settings: 's2' }, 'settings'],
    [{ primaries: 2 }, 'primaries'],
    [{ createdVersion: 7_000_000 }, 'createdVersion'],
    [{ aliases: 'a2' }, 'aliases'],
  ] as const)('%j differs in %s', (found, what) => {
    expect(compare(found)).toMatchObject([{ index: shape.name, what }]);
  });

  it('does not look at the aliases of a copy', () => {
    expect(compare({ aliases: 'a2' }, 5, 'copy')).toEqual([]);
  });

  it('differs in documents outside of the range, and names it', () => {
    expect(compare({}, 4)).toEqual([{ index: shape.name, what: 'documents', expected: '5', found: '4' }]);
  });

  it('differs in documents where they could not be counted although it was saved open', () => {
    expect(manifestDifferences(saved, [shape.name], [{ shape, figures: undefined }], 'saved')).toEqual([
      { index: shape.name, what: 'documents', expected: '5', found: 'not measured, since it is closed' },
    ]);
    const closed = { before: { ...manifest, figures: [] }, after: { ...manifest, figures: [] } };
    expect(manifestDifferences(closed, [shape.name], [{ shape, figures: undefined }], 'saved')).toEqual([]);
  });

  it('takes either shape where an index changed while its part was made', () => {
    const after = { ...manifest, shapes: [{ ...shape, mapping: 'm2' }] };
    expect(compare({ mapping: 'm2' }, 5, 'saved', { before: manifest, after })).toEqual([]);
    expect(compare({ mapping: 'm3' }, 5, 'saved', { before: manifest, after })).toMatchObject([{ what: 'mapping' }]);
  });

  it('names an index that is missing', () => {
    expect(manifestDifferences(saved, [shape.name], [], 'saved')).toMatchObject([{ what: 'index', found: 'missing' }]);
  });
});
