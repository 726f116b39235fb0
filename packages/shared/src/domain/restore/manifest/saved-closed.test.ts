import { expect, it } from 'vitest';
import type { IndexShape, Manifest } from './manifest.ts';
import { wasClosed } from './saved-closed.ts';

const shape = {
  name: 'a',
  createdVersion: 8_537_000,
  primaries: 1,
  replicas: 0,
  mapping: '',
  settings: '',
  aliases: '',
};
const manifest = (open: boolean | undefined): Manifest => {
  const one: IndexShape = open === undefined ? shape : { ...shape, open };
  return { shapes: [one], figures: [], templates: '' };
};

it.each([
  [true, true, false],
  [false, false, true],
  ['closed while it was saved', true, false, true],
  ['opened while it was saved', false, true, false],
  [false, undefined, true],
  [undefined, undefined, false],
])('an index that was open: %s before, %s after -> closed again: %s', (...row) => {
  const [before, after, closed] = row.slice(-3) as [boolean | undefined, boolean | undefined, boolean];
  expect(wasClosed({ before: manifest(before), after: manifest(after) }, 'a')).toBe(closed);
  expect(wasClosed({ before: manifest(before), after: undefined }, 'b')).toBe(false);
});
