import { expect, it } from 'vitest';
import { ALERTS, clearFacts, POSITIONS } from '../restore-plan.fixture.ts';
import { unrecordedWarnings } from './unrecorded-warnings.ts';

const restores = [POSITIONS, ALERTS].map((index, at) => ({
  ...{ part: at + 1, index, as: index },
  ...{ documents: null, bytes: null },
}));

it('names what cannot be compared of each index, and nothing of a part without a manifest', () => {
  const codes = (manifests: typeof clearFacts.manifests) => unrecordedWarnings({ manifests }, restores, 'saved');
  expect(codes(clearFacts.manifests)).toEqual([]);
  expect(codes(new Map())).toEqual([]);
  const before = { shapes: [], figures: [], templates: '' };
  expect(codes(new Map([...clearFacts.manifests, [2, { before, after: undefined }]]))).toMatchObject([
    { code: 'NOT_COMPARABLE', message: expect.stringMatching(new RegExp(`: ${ALERTS} \\([^)]*documents[^)]*\\)\\.$`)) },
  ]);
});
