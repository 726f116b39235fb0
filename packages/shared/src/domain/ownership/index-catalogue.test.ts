import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DYNAMIC_FAMILIES, IMPORT_POSITION_NAMES, METADATA_NAME, STATIC_NAMES } from './index-catalogue.ts';

type Catalogue = {
  readonly parts: { readonly 1: readonly string[] };
  readonly indices: readonly { readonly name: string }[];
  readonly dynamicIndices: readonly { readonly namePattern: string }[];
  readonly laterVersion: Readonly<Record<'part1' | 'part2' | 'dynamic', readonly string[]>>;
};
const file = new URL('../../../../local-stack/src/catalogue/optimize-indices.json', import.meta.url);
const catalogue = JSON.parse(readFileSync(file, 'utf8')) as Catalogue;
const { part1, part2, dynamic } = catalogue.laterVersion;
const bare = (index: string): string => index.replace(/^optimize-/, '').replace(/_v\d+(-\d+)?( .*)?$/, '');
const family = (pattern: string): string => bare(pattern).replace(/-<.*$/, '');
const sorted = (names: readonly string[]): readonly string[] => [...new Set(names)].sort();

describe('the catalogue of index names', () => {
  it('is the union of the lists of Optimize 3.9 and 8.8', () => {
    const listed = [...catalogue.indices.map(({ name }) => name), ...[...part1, ...part2].map(bare)];
    expect(listed.length).toBeGreaterThan(40);
    expect(sorted(STATIC_NAMES)).toEqual(sorted(listed));
    const families = [...catalogue.dynamicIndices.map(({ namePattern }) => namePattern), ...dynamic].map(family);
    expect(sorted(DYNAMIC_FAMILIES)).toEqual(sorted(families));
    expect(sorted(IMPORT_POSITION_NAMES)).toEqual(sorted(catalogue.parts[1]));
    expect(STATIC_NAMES).toEqual(expect.arrayContaining([METADATA_NAME, ...IMPORT_POSITION_NAMES]));
  });
});
