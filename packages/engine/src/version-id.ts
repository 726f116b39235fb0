/**
 * The version id that Elasticsearch before 8.11 derives from a version: "7.17.29" is 7172999 (seen on a
 * real 7.17.29). From 8.11 on an engine reports its `index_version` instead. Undefined: not a version.
 */
export const versionIdOf = (version: string): number | undefined => {
  const [, major, minor, revision] = /^(\d+)\.(\d+)\.(\d+)/.exec(version) ?? [];
  if (major === undefined || minor === undefined || revision === undefined) return undefined;
  return Number(major) * 1_000_000 + Number(minor) * 10_000 + Number(revision) * 100 + 99;
};

/** The first release that reports `index_version` in its node information. */
export const FIRST_WITH_INDEX_VERSION = 8_110_099;

/** Set in every version id of OpenSearch, so that none is that of an Elasticsearch. */
const OPENSEARCH_BIT = 0x08_00_00_00;

/** OpenSearch's version id: "2.19.4" is 136408227 (`version_id` of a snapshot by a real 2.19.4). Undefined: not a version. */
export const opensearchVersionIdOf = (version: string): number | undefined => {
  const id = versionIdOf(version);
  return id === undefined ? undefined : id ^ OPENSEARCH_BIT;
};
