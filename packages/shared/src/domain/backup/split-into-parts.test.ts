import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classifyIndices, ownershipList } from '../ownership/index-ownership.ts';
import { optimize } from '../profile.ts';
import { splitIntoParts } from './split-into-parts.ts';

type Catalogue = {
  readonly indices: readonly { readonly index: string; readonly part: number }[];
  readonly dynamicIndices: readonly { readonly part: number; readonly example: { readonly index: string } }[];
  readonly foreignIndices: { readonly examples: readonly string[] };
  readonly laterVersion: { readonly part1: readonly string[]; readonly part2: readonly string[] };
};
const file = new URL('../../../../local-stack/src/catalogue/optimize-indices.json', import.meta.url);
const catalogue = JSON.parse(readFileSync(file, 'utf8')) as Catalogue;
const rows = [
  ...catalogue.indices,
  ...catalogue.dynamicIndices.map(({ part, example }) => ({ part, index: example.index })),
];
const inPart = (part: number) =>
  rows
    .filter((row) => row.part === part)
    .map(({ index }) => index)
    .sort();

describe('the split into parts', () => {
  it('puts every index of the catalogue where Optimize puts it, and foreign ones nowhere', () => {
    const all = [...rows.map(({ index }) => index), ...catalogue.foreignIndices.examples];
    expect(rows.length).toBeGreaterThan(30);
    expect(splitIntoParts(optimize, 'optimize', all)).toEqual([inPart(1), inPart(2)]);
  });

  it('does so for the indices of later versions', () => {
    const { part1, part2 } = catalogue.laterVersion;
    expect(splitIntoParts(optimize, 'optimize', [...part1, ...part2])).toEqual([part1.toSorted(), part2.toSorted()]);
  });

  it('does so with a prefix in the place of the word optimize, and with one in front of it', () => {
    for (const written of ['custom', 'custom-optimize']) {
      const renamed = rows.map(({ index, part }) => ({ part, index: index.replace(/^optimize/, written) }));
      const of = (part: number) =>
        renamed
          .filter((row) => row.part === part)
          .map(({ index }) => index)
          .sort();
      expect(
        splitIntoParts(
          optimize,
          'custom',
          renamed.map(({ index }) => index),
        ),
      ).toEqual([of(1), of(2)]);
    }
  });

  it('holds every index of the prefix once that is not provably of somebody else, whatever the names are', () => {
    const index = fc.stringMatching(/^[a-z][a-z0-9_.-]{0,30}$/);
    const ours = fc
      .tuple(fc.constantFrom('optimize-', 'optimize-import-index_v', ''), index)
      .map((pair) => pair.join(''));
    fc.assert(
      fc.property(fc.array(ours), (names) => {
        const [one = [], two = []] = splitIntoParts(optimize, 'optimize', names);
        const list = ownershipList(classifyIndices('optimize', names));
        const foreign = new Set([...list.otherComponent, ...list.otherInstallation]);
        const expected = [...new Set(names)].filter((name) => name.startsWith('optimize-') && !foreign.has(name));
        expect([...one, ...two].sort()).toEqual(expected.sort());
      }),
    );
  });

  it('leaves out other installations and other components, and keeps what it does not know', () => {
    const theirs = [
      ...rows.map(({ index }) => index.replace('optimize-', 'optimize-staging-')),
      'optimize-zeebe-record_x',
    ];
    const ours = [...rows.map(({ index }) => index), 'optimize-new-thing_v1'];
    const parts = splitIntoParts(optimize, 'optimize', [...theirs, ...ours]);
    expect(parts).toEqual([inPart(1), [...inPart(2), 'optimize-new-thing_v1'].sort()]);
  });

  it('puts an import index that another installation could own into part 1 all the same', () => {
    const names = [
      'optimize-import-index_v3',
      'optimize-timestamp-based-import-index_v5',
      'optimize-timestamp-based-metadata_v3',
    ];
    expect(splitIntoParts(optimize, 'optimize', names)).toEqual([names.slice(0, 2), []]);
  });
});
