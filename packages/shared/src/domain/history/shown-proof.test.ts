import { expect, it } from 'vitest';
import { COMPARED, shownProof } from './shown-proof.ts';
import { STORED_COMPARISONS } from './stored-names.ts';

const counts = { compared: 2, unmeasured: 1, different: 0 };
const stored = { operationId: 'o', milliseconds: 5, whole: true, indices: 3, documents: 8, bytes: 100 };
const shown = { operationId: 'o', durationMs: 5, complete: true, indices: 3, documents: 8, bytes: 100 };
const there = {
  exists: { indices: 3, unmeasured: 0, different: 0 },
  primariesStarted: { indices: 3, unmeasured: 0, different: 0 },
};

it('shows what was compared as codes with counts', () => {
  const words = ['every index is there', 'every primary shard is started', 'documents', 'shards'];
  const aspects = { documents: counts, primaries: { ...counts, different: 2 }, aliases: { ...counts, compared: 0 } };
  expect(shownProof({ ...stored, compared: words, aspects })).toEqual({
    ...shown,
    compared: {
      ...there,
      documents: { indices: 2, unmeasured: 1, different: 0 },
      primaries: { indices: 2, unmeasured: 1, different: 2 },
      aliases: { indices: 0, unmeasured: 1, different: 0 },
    },
  });
});

it('counts the indices that are missing as different', () => {
  const differences = [{ what: 'index' }, { what: 'mapping' }];
  const { compared } = shownProof({ ...stored, compared: ['every index is there'], aspects: {}, differences });
  expect(compared).toEqual({ exists: { indices: 4, unmeasured: 0, different: 1 } });
});

it('knows no counts of a proof of a version that did not count', () => {
  const none = { indices: null, unmeasured: null, different: null };
  const { compared } = shownProof({ ...stored, compared: ['version that created it', 'settings'] });
  expect(compared).toEqual({ createdVersion: none, settings: none });
});

it('leaves a report without a comparison as it is', () => {
  expect(shownProof({ templates: null })).toEqual({ templates: null });
});

it('has a word for every code that is shown', () => {
  expect(Object.values(STORED_COMPARISONS).sort()).toEqual([...COMPARED].sort());
});
