import { describe, expect, it } from 'vitest';
import { engineRelease, firstReleaseOf, kindOfId, majorOfId, versionName } from './engine-releases.ts';

/** As the real engines report them: the version, and the id of what they write. */
const seen = [
  ['elasticsearch', '7.17.29', 7_172_999, 'Elasticsearch 7.17.29'],
  ['elasticsearch', '8.19.21', 8_537_000, 'Elasticsearch 8.19.9'],
  ['elasticsearch', '9.5.3', 9_111_000, 'Elasticsearch 9.5.2'],
  ['opensearch', '2.19.4', 136_408_227, 'OpenSearch 2.19.4'],
  ['opensearch', '3.8.0', 137_297_827, 'OpenSearch 3.8.0'],
] as const;

describe('the versions of engines', () => {
  it.each(seen)('%s %s reads up to %i', (kind, version, id, name) => {
    const major = Number(version.split('.')[0]);
    expect(engineRelease(kind, version)).toEqual({ kind, major, newestReadable: id });
    expect([kindOfId(id), majorOfId(id), versionName(id)]).toEqual([kind, major, name]);
  });

  it.each([
    ['elasticsearch', '8.10.4', { newestReadable: 8_100_499 }],
    ['elasticsearch', '8.11.0', { newestReadable: 8_500_003 }],
    ['elasticsearch', '8.15.5', { newestReadable: 8_512_000 }],
    ['elasticsearch', '9.1.9', { newestReadable: 9_033_001 }],
    ['elasticsearch', '7.17', { newestReadable: 7_179_999 }],
    ['elasticsearch', '8.19', { newestReadable: 8_537_000, perhapsUpTo: 8_999_999 }],
    ['elasticsearch', '8.18', { newestReadable: 8_525_000, perhapsUpTo: 8_535_999 }],
    ['elasticsearch', '9', { newestReadable: 9_111_000, perhapsUpTo: 9_999_999 }],
    ['elasticsearch', '9.7.0', { newestReadable: 9_111_000, perhapsUpTo: 9_999_999 }],
    ['opensearch', '3', { newestReadable: 0x0800_0000 + 3_999_999 }],
  ] as const)('of %s %s', (kind, version, expected) => {
    const { kind: _, major: __, ...release } = engineRelease(kind, version) ?? {};
    expect(release).toEqual(expected);
  });

  it.each([
    ['elasticsearch', '7.16.3'],
    ['elasticsearch', '10'],
    ['elasticsearch', 'nine'],
    ['elasticsearch', '9.5.3-SNAPSHOT'],
    ['elasticsearch', ''],
    ['opensearch', '1.3.20'],
    ['opensearch', '8'],
  ] as const)('%s %s is not a supported one', (kind, version) => {
    expect(engineRelease(kind, version)).toBeUndefined();
  });

  it.each([
    [8_536_500, '8.19.9'],
    [8_100_499, '8.10.4'],
    [9_120_000, undefined],
  ])('%i was first written, or is first read, by %s', (id, release) => {
    expect(firstReleaseOf(id)).toBe(release);
  });

  it('names a release that is not listed by its index version', () => {
    expect(versionName(9_120_000)).toBe('Elasticsearch 9 (index version 9120000)');
  });
});
