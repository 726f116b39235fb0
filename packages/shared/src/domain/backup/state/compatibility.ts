import type { EngineKind } from '../../engine-kind.ts';
import { firstIdOf, kindOfId, majorOfId, plainId } from './engine-releases.ts';

/** What of an engine decides which snapshots it can restore. */
export type ReadingEngine = {
  readonly kind: EngineKind;
  /** Its oldest node's `index_version`, before 8.11 and in OpenSearch that node's own version id. */
  readonly newestReadable: number;
  /** Of its oldest node. */
  readonly major: number;
  /** Of its newest node; absent: all are of one major. */
  readonly newestMajor?: number;
};

/** The index of a part that was created in the oldest version: it decides how new an engine may be. `createdVersion`: `index.version.created`. */
export type OldestIndex = { readonly index: string; readonly createdVersion: number };

/** newer, older: than what the engine reads. other-kind: of the other kind of engine, and not in the table of what crosses. */
export const UNREADABLE = ['newer', 'older', 'other-kind'] as const;
export type Unreadable = (typeof UNREADABLE)[number];

/**
 * Which versions cross from one kind of engine to the other, by major of the engine that reads them. OpenSearch 2 takes Elasticsearch 7 up to
 * 7.10.2, which it was forked from (https://docs.opensearch.org/2.15/upgrade-to/snapshot-migrate); it and OpenSearch 3 cannot even list a
 * repository of 7.12 or later (seen: "unknown field [uuid]"). Elasticsearch takes OpenSearch's ids for those of a version far in the future
 * (seen on 7.17, 8.19 and 9.5).
 */
const CROSSINGS: Readonly<
  Record<EngineKind, Readonly<Record<number, { readonly from: number; readonly to: number }>>>
> = {
  elasticsearch: {},
  opensearch: { 2: { from: 7_000_000, to: 7_100_299 } },
};

/**
 * Why an engine cannot read what a version wrote, a snapshot or an index in it; undefined: it can. Engines list what they cannot read as
 * SUCCESS and refuse it at restore, so it has to be worked out (seen on all five, packages/engine/src/compatibility.integration.test.ts): what
 * is newer is refused, and so is what is from before the previous major. Elasticsearch 9 opens an index of 7 as a read-only archive at most:
 * Optimize must write, so that counts as unreadable. In a cluster of several versions the oldest node decides how new it may be, and the newest
 * node how old. Undefined for a version that is not known: nothing is concluded from a missing field.
 */
export const whyUnreadable = (versionId: number | undefined, engine: ReadingEngine): Unreadable | undefined => {
  if (versionId === undefined) return undefined;
  if (kindOfId(versionId) !== engine.kind) return crosses(versionId, engine) ? undefined : 'other-kind';
  if (plainId(versionId) > plainId(engine.newestReadable)) return 'newer';
  return majorOfId(versionId) < (engine.newestMajor ?? engine.major) - 1 ? 'older' : undefined;
};

const crosses = (versionId: number, { kind, major, newestMajor = major }: ReadingEngine): boolean =>
  [major, newestMajor].every((each) => {
    const range = CROSSINGS[kind][each];
    return range !== undefined && versionId >= range.from && versionId <= range.to;
  });

/** The oldest id that any index in a live engine of that version can have. */
export const oldestPossible = (versionId: number): number => {
  const [kind, major] = [kindOfId(versionId), majorOfId(versionId)];
  return CROSSINGS[kind][major]?.from ?? firstIdOf(kind, major - 1);
};

/**
 * Whether an engine that reads a snapshot reads the indices in it too, although the versions that created them were not recorded: the engine that
 * took it held nothing older than the major before. False: it depends on those versions.
 */
export const readsAnyIndex = (versionId: number, engine: ReadingEngine): boolean =>
  canRead(oldestPossible(versionId), engine);

/** Whether an engine reads what that version wrote; true for one that is not known. */
export const canRead = (versionId: number | undefined, engine: ReadingEngine): boolean =>
  whyUnreadable(versionId, engine) === undefined;

/** The versions that decide whether a part can be restored. */
export type PartVersions = { readonly versionId: number | undefined; readonly oldestIndex?: OldestIndex | undefined };

/** Whether an engine can restore a part: the snapshot, and every index in it. */
export const canRestore = ({ versionId, oldestIndex }: PartVersions, engine: ReadingEngine): boolean =>
  canRead(versionId, engine) && canRead(oldestIndex?.createdVersion, engine);

/** The one of some indices that was created in the oldest version; of those the first by name. Undefined: there is none. */
export const oldestOf = (
  indices: readonly { readonly name: string; readonly createdVersion: number }[],
): OldestIndex | undefined => {
  const [oldest] = indices.toSorted(
    (one, other) => one.createdVersion - other.createdVersion || (one.name < other.name ? -1 : 1),
  );
  return oldest && { index: oldest.name, createdVersion: oldest.createdVersion };
};
