/**
 * The version id that Elasticsearch before 8.11 and OpenSearch's ancestors derive from a version: "7.17.29" is 7172999 (seen on a
 * real 7.17.29). From 8.11 on an engine reports its `index_version` instead. Undefined: not a version.
 */
export const versionIdOf = (version: string): number | undefined => {
  const [, major, minor, revision] = /^(\d+)\.(\d+)\.(\d+)/.exec(version) ?? [];
  if (major === undefined || minor === undefined || revision === undefined) return undefined;
  return Number(major) * 1_000_000 + Number(minor) * 10_000 + Number(revision) * 100 + 99;
};

/** The first release that reports `index_version` in its node information. */
export const FIRST_WITH_INDEX_VERSION = 8_110_099;
