import type { EngineKind } from '../../port.ts';

type Version = readonly [major: number, minor: number, revision: number];

const parsed = (version: string): Version | undefined => {
  const [, major, minor, revision = '0'] = /^(\d+)\.(\d+)(?:\.(\d+))?/.exec(version) ?? [];
  return major === undefined || minor === undefined ? undefined : [Number(major), Number(minor), Number(revision)];
};

const compared = (one: Version, other: Version): number =>
  one.map((number, at) => number - (other[at] ?? 0)).find((difference) => difference !== 0) ?? 0;

/** Of these texts the oldest version; undefined: none of them is a version. */
export const oldestOf = (versions: readonly string[]): string | undefined => {
  const known = versions.flatMap((text) => {
    const version = parsed(text);
    return version === undefined ? [] : [{ text, version }];
  });
  return known.sort((one, other) => compared(one.version, other.version))[0]?.text;
};

const OLDEST = { elasticsearch: [7, 17, 0], opensearch: [2, 0, 0] } as const satisfies Record<EngineKind, Version>;

/** As a message lists them. */
export const SUPPORTED = 'Elasticsearch 7.17, 8 and 9, and OpenSearch 2 and 3';

/** A newer major is tried: its snapshots are compared with its version like all others. */
export const unsupportedVersion = (kind: EngineKind, version: string): boolean => {
  const known = parsed(version);
  return known === undefined || compared(known, OLDEST[kind]) < 0;
};
