import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canRead, canRestore, oldestOf, type ReadingEngine, whyUnreadable } from './compatibility.ts';

/** As the real engines report it. */
const engines = {
  '7.17': { kind: 'elasticsearch', newestReadable: 7_172_999, major: 7 },
  '8.19': { kind: 'elasticsearch', newestReadable: 8_537_000, major: 8 },
  '9.5': { kind: 'elasticsearch', newestReadable: 9_111_000, major: 9 },
  'OpenSearch 2': { kind: 'opensearch', newestReadable: 136_408_227, major: 2 },
  'OpenSearch 3': { kind: 'opensearch', newestReadable: 137_297_827, major: 3 },
} as const satisfies Record<string, ReadingEngine>;
type Name = keyof typeof engines;

/** By the engine that reads it: what it does not read, and why. All else of the list it reads. The real ones do the same. */
const unreadable: Readonly<Record<Name, Partial<Record<string, string>>>> = {
  '7.17': { '8.19': 'newer', '9.5': 'newer', 'OpenSearch 2': 'other-kind', 'OpenSearch 3': 'other-kind' },
  '8.19': {
    '6.8': 'older',
    '7.10': undefined,
    '9.5': 'newer',
    'OpenSearch 2': 'other-kind',
    'OpenSearch 3': 'other-kind',
  },
  '9.5': {
    ...{ '6.8': 'older', '7.10': 'older', '7.17': 'older' },
    ...{ 'OpenSearch 2': 'other-kind', 'OpenSearch 3': 'other-kind' },
  },
  'OpenSearch 2': {
    ...{ '6.8': 'other-kind', '7.17': 'other-kind', '8.19': 'other-kind', '9.5': 'other-kind' },
    'OpenSearch 3': 'newer',
  },
  'OpenSearch 3': {
    ...{ '6.8': 'other-kind', '7.10': 'other-kind', '7.17': 'other-kind', '8.19': 'other-kind', '9.5': 'other-kind' },
    'OpenSearch 1': 'older',
  },
};
const written = {
  ...{ '6.8': 6_082_399, '7.10': 7_100_299, '7.17': 7_172_999, '8.19': 8_537_000, '9.5': 9_111_000 },
  ...{ 'OpenSearch 1': 0x0800_0000 + 1_032_099, 'OpenSearch 2': 136_408_227, 'OpenSearch 3': 137_297_827 },
};

const pairs = Object.entries(engines).flatMap(([name, engine]) =>
  Object.entries(written).map(
    ([by, id]) =>
      [
        by,
        name,
        by === 'OpenSearch 1' && engine.kind === 'elasticsearch' ? 'other-kind' : unreadable[name as Name][by],
        id,
        engine,
      ] as const,
  ),
);

describe('whether an engine reads what a version wrote', () => {
  it.each(pairs)('written by %s, read by %s: unreadable as %s', (_, __, why, id, engine) => {
    expect(whyUnreadable(id, engine)).toBe(why);
  });

  it('concludes nothing from a missing version', () => {
    expect(canRead(undefined, engines['8.19'])).toBe(true);
  });

  it('reads nothing of its own kind that is newer than it, and nothing from before the previous major', () => {
    const id = fc.integer({ min: 5_000_000, max: 12_000_000 });
    fc.assert(
      fc.property(id, fc.constantFrom(engines['7.17'], engines['8.19'], engines['9.5']), (written, engine) => {
        const major = Math.floor(written / 1_000_000);
        expect(canRead(written, engine)).toBe(written <= engine.newestReadable && major >= engine.major - 1);
      }),
    );
  });
});

describe('in a cluster of several versions', () => {
  const mixed: ReadingEngine = { ...engines['8.19'], newestMajor: 9 };

  it.each([
    ['7.17', 'older'],
    ['8.19', undefined],
    ['9.5', 'newer'],
  ] as const)('of 8.19 and 9.5, what %s wrote is unreadable as %s', (by, why) => {
    expect(whyUnreadable(written[by], mixed)).toBe(why);
  });

  it('what crosses must be read by both', () => {
    expect(canRead(written['7.10'], { ...engines['OpenSearch 2'], newestMajor: 3 })).toBe(false);
  });
});

describe('whether an engine can restore a part', () => {
  const of8 = { versionId: written['8.19'] };
  const withOld = { ...of8, oldestIndex: { index: 'optimize-alert_v4', createdVersion: written['7.17'] } };

  it.each([
    ['an index of 7 in a snapshot of 8', withOld, '8.19', true],
    ['an index of 7 in a snapshot of 8', withOld, '9.5', false],
    ['a snapshot of 8 whose indices are not known', of8, '9.5', true],
    ['a snapshot of 8 whose indices are not known', of8, '7.17', false],
    ['nothing that is known', { versionId: undefined }, '9.5', true],
  ] as const)('%s, restored by %s', (_, part, engine, expected) => {
    expect(canRestore(part, engines[engine])).toBe(expected);
  });
});

describe('the index that decides', () => {
  const index = (name: string, createdVersion: number) => ({ name, createdVersion });

  it.each([
    ['the oldest', [index('a', 8_537_000), index('b', 7_172_999)], { index: 'b', createdVersion: 7_172_999 }],
    ['the first of several', [index('b', 1), index('a', 1)], { index: 'a', createdVersion: 1 }],
    [
      'one of Elasticsearch among those of OpenSearch',
      [index('a', 136_408_227), index('b', 7_100_299)],
      { index: 'b', createdVersion: 7_100_299 },
    ],
    ['none', [], undefined],
  ] as const)('is %s', (_, indices, expected) => {
    expect(oldestOf(indices)).toEqual(expected);
  });
});
