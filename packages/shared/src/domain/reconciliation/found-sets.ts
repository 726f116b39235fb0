import type { BackupState } from '../backup/backup.ts';
import type { Snapshot } from '../backup/snapshot.ts';
import { parseSnapshotName } from '../backup/snapshot-name.ts';
import { backupState, type SeenPart } from '../backup/state/backup-state.ts';
import { canRead, type ReadingEngine } from '../backup/state/compatibility.ts';
import type { Profile } from '../profile.ts';

/** The snapshots of one id and one version, as found in a repository: one incarnation. */
export type FoundSet = {
  readonly backupId: string;
  readonly optimizeVersion: string;
  readonly of: number;
  readonly snapshots: readonly (Snapshot & { readonly number: number })[];
};

/**
 * Groups what a lookup found into sets of exactly that id, newest first by the start of its first snapshot. Two versions, or two
 * ideas of how many parts there are, are two sets: parts of one must not complete the other.
 */
export const foundSets = (profile: Profile, backupId: string, snapshots: readonly Snapshot[]): readonly FoundSet[] => {
  const sets = new Map<string, FoundSet>();
  for (const snapshot of snapshots) {
    const name = parseSnapshotName(profile, snapshot.name);
    if (name === undefined || name.backupId !== backupId) continue;
    const key = `${name.optimizeVersion} ${name.of}`;
    const set = sets.get(key) ?? { backupId, optimizeVersion: name.optimizeVersion, of: name.of, snapshots: [] };
    const members = [...set.snapshots, { ...snapshot, number: name.number }];
    sets.set(key, { ...set, snapshots: members.sort((one, other) => one.number - other.number) });
  }
  return [...sets.values()].sort((one, other) => startOf(other) - startOf(one));
};

/** When the first snapshot of a set started, in milliseconds since 1970; a set without a known start counts as the oldest. */
export const startOf = (set: FoundSet): number =>
  Math.min(...set.snapshots.map(({ startedAt }) => startedAt?.getTime() ?? 0));

/** The state of a set that has no record. `empty`: the numbers of parts of which no snapshot is taken. */
export const foundSetState = (
  set: FoundSet,
  engine: ReadingEngine,
  empty: ReadonlySet<number> = new Set(),
): BackupState => {
  const numbers = Array.from({ length: set.of }, (_, at) => at + 1).filter((number) => !empty.has(number));
  const parts = numbers.map((part): SeenPart => {
    const snapshot = set.snapshots.find(({ number }) => number === part);
    return { state: snapshot?.state, isRecorded: true, readable: canRead(snapshot?.versionId, engine) };
  });
  return backupState('none', parts);
};
