import type { SnapshotOwner } from '../backup/snapshot.ts';
import { type FoundSet, startOf } from './found-sets.ts';

/** How a set was made, according to its snapshots' metadata. Anyone may write metadata: it is reported, and nothing depends on it. */
export type SetMetadata = {
  /** The operations that made them: one, unless parts were made by several. */
  readonly operationIds: readonly string[];
  readonly requestedAt: string | undefined;
  readonly requestedBy: string | undefined;
  /** The versions of Tandem. */
  readonly tandem: readonly string[];
  /** By part: the digest of the manifest that was taken before it, whose contents the history does not have. */
  readonly manifests: readonly { readonly part: number; readonly digest: string }[];
};

/** Tolerance between the clocks of engine and database. Engines also stamp snapshots from a coarse clock. */
const CLOCKS_DIFFER_MS = 60_000;

/** When the set was requested: from its metadata, unless that is later than the start of its first snapshot; otherwise that start. */
export const requestIn = (
  set: FoundSet,
): { readonly requestedAt: Date; readonly metadata: SetMetadata | undefined } => {
  const owners = ownersOf(set);
  const started = startOf(set);
  const requested = owners
    .map(({ requestedAt }) => Date.parse(requestedAt ?? ''))
    .filter((at) => at >= 0 && at <= started + CLOCKS_DIFFER_MS);
  const requestedAt = new Date(requested.length === 0 ? started : Math.min(...requested));
  return { requestedAt, metadata: owners.length === 0 ? undefined : metadataOf(owners) };
};

/** The index prefix in the metadata of a set. Undefined: it has none, or one that is not possible. */
export const prefixIn = (set: FoundSet): string | undefined => {
  const prefix = ownersOf(set).find(({ indexPrefix }) => indexPrefix !== undefined)?.indexPrefix;
  const fits = prefix !== undefined && /^[a-z0-9][a-z0-9_.-]*$/.test(prefix);
  return fits && set.snapshots.some(({ indices }) => indices.some((index) => index.startsWith(`${prefix}-`)))
    ? prefix
    : undefined;
};

export type SafetySet = {
  readonly safetyOf: string | undefined;
  readonly versionAssumed: boolean;
  /** Numbers of the parts that hold no index. */
  readonly empty: ReadonlySet<number>;
};

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * What the metadata of a set says of a safety backup: its restore, whether the version is assumed, and which parts hold no index. Undefined,
 * false and empty for another set.
 */
export const safetyOfSet = (set: FoundSet): SafetySet => {
  const owner = ownersOf(set).find(({ safetyOf }) => safetyOf !== undefined && UUID.test(safetyOf));
  const there = new Set(set.snapshots.map(({ number }) => number));
  return {
    safetyOf: owner?.safetyOf,
    versionAssumed: owner?.versionAssumed === true,
    empty: new Set((owner?.empty ?? []).filter((number) => number <= set.of && !there.has(number))),
  };
};

/** Of those whose metadata names the very part that they are. */
const ownersOf = ({ backupId, of, snapshots }: FoundSet): readonly SnapshotOwner[] =>
  snapshots.flatMap(({ number, owner }) =>
    owner?.backupId === backupId && owner.part === number && owner.of === of ? [owner] : [],
  );

const metadataOf = (owners: readonly SnapshotOwner[]): SetMetadata => ({
  operationIds: [...new Set(owners.map(({ operationId }) => operationId))],
  requestedAt: owners.find(({ requestedAt }) => requestedAt !== undefined)?.requestedAt,
  requestedBy: owners.find(({ requestedBy }) => requestedBy !== undefined)?.requestedBy,
  tandem: [...new Set(owners.map(({ tandem }) => tandem))],
  manifests: owners.flatMap(({ part, manifest }) => (manifest === undefined ? [] : [{ part, digest: manifest }])),
});
