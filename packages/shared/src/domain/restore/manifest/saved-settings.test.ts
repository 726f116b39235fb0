import { expect, it } from 'vitest';
import type { IndexShape, Manifest } from './manifest.ts';
import { restoredAllocation, savedShape } from './saved-settings.ts';

const shape = (name: string, zone: string) => ({ name, allocation: { zone } }) as unknown as IndexShape;
const manifest = (...shapes: readonly IndexShape[]): Manifest => ({ shapes, figures: [], templates: 't' });
const planned = (index: string) => ({ part: 1, index }) as Parameters<typeof savedShape>[1];
const facts = (before: Manifest, after?: Manifest) => ({ manifests: new Map([[1, { before, after }]]) });

const early = shape('optimize-alert_v4', 'early');
const late = shape('optimize-alert_v4', 'late');
const other = shape('optimize-other_v1', 'other');

it.each([
  ['the newer manifest has it', facts(manifest(early), manifest(other, late)), late],
  ['the newer manifest lacks it', facts(manifest(other, early), manifest(other)), early],
  ['there is no newer manifest', facts(manifest(early)), early],
  ['no manifest has it', facts(manifest(other), manifest(other)), undefined],
  ['its part has no manifest', { manifests: new Map() }, undefined],
])('finds the saved shape of an index where %s', (_, saved, expected) => {
  expect(savedShape(saved, planned('optimize-alert_v4'))).toBe(expected);
});

it.each([
  [{ copy: false }, { zone: 'early' }],
  [{ copy: false, dropAllocation: true }, {}],
  [{ copy: true }, {}],
])('restores with %j the allocation %j', (request, expected) => {
  const restored = restoredAllocation(request as Parameters<typeof restoredAllocation>[0], facts(manifest(early)), {
    ...planned('optimize-alert_v4'),
  });
  expect(restored).toEqual(expected);
});
