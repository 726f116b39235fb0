import type { EngineKind } from '../../engine-kind.ts';

/** The engines that Tandem talks to, a row per major: `first` is the oldest release of it. */
export const SUPPORTED_ENGINES = [
  { kind: 'elasticsearch', major: 7, first: '7.17.0' },
  { kind: 'elasticsearch', major: 8, first: '8.0.0' },
  { kind: 'elasticsearch', major: 9, first: '9.0.0' },
  { kind: 'opensearch', major: 2, first: '2.0.0' },
  { kind: 'opensearch', major: 3, first: '3.0.0' },
] as const satisfies readonly { readonly kind: EngineKind; readonly major: number; readonly first: string }[];

/** What the ids of OpenSearch's versions have and those of Elasticsearch have not. */
const OPENSEARCH_BIT = 0x0800_0000;

/** The kind of engine that wrote what has this id. */
export const kindOfId = (versionId: number): EngineKind =>
  (versionId & OPENSEARCH_BIT) === 0 ? 'elasticsearch' : 'opensearch';

/** The id without the mark of its kind: comparable with others of the same kind. */
export const plainId = (versionId: number): number => versionId & ~OPENSEARCH_BIT;

/** The major of the engine that wrote what has this id. */
export const majorOfId = (versionId: number): number => Math.floor(plainId(versionId) / 1_000_000);

/** The lowest id that a version of that major has. */
export const firstIdOf = (kind: EngineKind, major: number): number =>
  kind === 'opensearch' ? (major * 1_000_000) | OPENSEARCH_BIT : major * 1_000_000;

/** The highest id that a version of that major may have. */
export const lastIdOf = (kind: EngineKind, major: number): number => firstIdOf(kind, major + 1) - 1;

/**
 * Where the index version changes from 8.11 on: the first release with each, as IndexVersions.csv in Elasticsearch's own jar lists them. Before
 * 8.11, and in OpenSearch, the id is derived from the release.
 */
const INDEX_VERSIONS: readonly (readonly [release: string, id: number])[] = [
  ['8.11.0', 8_500_003],
  ['8.12.0', 8_500_008],
  ['8.12.1', 8_500_010],
  ['8.13.0', 8_503_000],
  ['8.14.0', 8_505_000],
  ['8.15.0', 8_512_000],
  ['8.16.0', 8_518_000],
  ['8.17.0', 8_521_000],
  ['8.18.0', 8_525_000],
  ['8.19.0', 8_536_000],
  ['8.19.9', 8_537_000],
  ['9.0.0', 9_009_000],
  ['9.1.0', 9_033_000],
  ['9.1.9', 9_033_001],
  ['9.2.0', 9_039_001],
  ['9.2.2', 9_039_002],
  ['9.2.3', 9_039_003],
  ['9.3.0', 9_060_000],
  ['9.3.3', 9_060_001],
  ['9.4.0', 9_094_000],
  ['9.5.0', 9_107_000],
  ['9.5.2', 9_111_000],
];

/** The newest releases that the table was made from; what a later one reads is not known exactly. */
const NEWEST_LISTED: Readonly<Record<number, string>> = { 8: '8.19.21', 9: '9.5.3' };

/** Of a release, or of the last one of a line: "9" and "9.5" are 9.99.99 and 9.5.99. Undefined: not a version. */
const derivedId = (version: string): number | undefined => {
  const [, major, minor = '99', patch = '99'] = /^(\d{1,2})(?:\.(\d{1,2})(?:\.(\d{1,2}))?)?$/.exec(version) ?? [];
  return major === undefined
    ? undefined
    : Number(major) * 1_000_000 + Number(minor) * 10_000 + Number(patch) * 100 + 99;
};

const known = (version: string): number => derivedId(version) ?? 0;

/** The first release whose ids are not derived from it. */
const FIRST_WITH_INDEX_VERSION = known('8.11.0');

/** An engine of a given version, as far as its version says what it reads. */
export type EngineRelease = {
  readonly kind: EngineKind;
  readonly major: number;
  readonly newestReadable: number;
  /** Up to here it may read more than that: it is newer than the releases that are listed here, or only its line was given. */
  readonly perhapsUpTo?: number;
};

/** `version` as "9", "9.5" or "9.5.3"; a line means its last release. Undefined: not a version, or not a supported one. */
export const engineRelease = (kind: EngineKind, version: string): EngineRelease | undefined => {
  const id = derivedId(version);
  if (id === undefined) return undefined;
  const major = majorOfId(id);
  const supported = SUPPORTED_ENGINES.find((one) => one.kind === kind && one.major === major);
  if (supported === undefined || id < known(supported.first)) return undefined;
  if (kind === 'opensearch') return { kind, major, newestReadable: id | OPENSEARCH_BIT };
  if (id < FIRST_WITH_INDEX_VERSION) return { kind, major, newestReadable: id };
  const [, newestReadable = id] = INDEX_VERSIONS.findLast(([release]) => known(release) <= id) ?? [];
  const isListed = id <= known(NEWEST_LISTED[major] ?? '0');
  if (isListed && version.split('.').length === 3) return { kind, major, newestReadable };
  const [, next] = INDEX_VERSIONS.find(([release]) => known(release) > id) ?? [];
  const end = lastIdOf(kind, major);
  return { kind, major, newestReadable, perhapsUpTo: next === undefined ? end : Math.min(end, next - 1) };
};

const released = (id: number): string =>
  [Math.floor(id / 1_000_000), Math.floor(id / 10_000) % 100, Math.floor(id / 100) % 100].join('.');

/** The first release that has this id, or one that reads it: "8.19.9". Undefined: newer than the releases that are listed here. */
export const firstReleaseOf = (versionId: number): string | undefined => {
  const id = plainId(versionId);
  if (kindOfId(versionId) === 'opensearch' || id < FIRST_WITH_INDEX_VERSION) return released(id);
  return INDEX_VERSIONS.find(([, listed]) => listed >= id && majorOfId(listed) === majorOfId(id))?.[0];
};

const NAMES: Readonly<Record<EngineKind, string>> = { elasticsearch: 'Elasticsearch', opensearch: 'OpenSearch' };

/** Its name in messages: "Elasticsearch 7.17.29"; of several releases with one id the first, "Elasticsearch 8.19.9". */
export const versionName = (versionId: number): string => {
  const name = NAMES[kindOfId(versionId)];
  return `${name} ${firstReleaseOf(versionId) ?? `${majorOfId(versionId)} (index version ${plainId(versionId)})`}`;
};
