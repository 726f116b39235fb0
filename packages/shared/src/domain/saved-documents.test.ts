import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentRange } from './saved-documents.ts';

const figures = { name: 'optimize-alert_v4', documents: 5, operations: 9, primaryBytes: 100 };

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
