import { type BackupRecord, takenParts } from '../backup/backup.ts';
import { differenceFromPlan } from '../backup/create/create-step.ts';
import type { PlannedPart } from '../backup/plan-backup.ts';
import type { Snapshot } from '../backup/snapshot.ts';
import { formatSnapshotName } from '../backup/snapshot-name.ts';
import { splitIntoParts } from '../backup/split-into-parts.ts';
import { nameList } from '../name-list.ts';
import type { Profile } from '../profile.ts';

/* The safety backup: taken by the run of a restore, of exactly the indices that it deletes and that an operator did not accept to lose. */

type Deleting = { readonly index: string };

/** The id of a restore's safety backup. It follows from the restore's, so that a tick that runs twice finds what it has requested. */
export const safetyBackupIdOf = (restoreId: string): string => `before-restore-${restoreId}`;

/** The indices that the safety backup has to hold, in the order of the plan. */
export const indicesToSave = (
  deletes: readonly Deleting[],
  acceptUnsaved: readonly string[] | undefined,
): readonly string[] => {
  const accepted = new Set(acceptUnsaved);
  return deletes.map(({ index }) => index).filter((index) => !accepted.has(index));
};

/** The indices that are deleted without being saved. */
export const unsavedIndices = ({
  deletes,
  acceptUnsaved,
  safetyBackupId,
}: {
  readonly deletes: readonly Deleting[];
  readonly acceptUnsaved?: readonly string[] | undefined;
  readonly safetyBackupId: string | undefined;
}): readonly string[] => {
  const saved = new Set(safetyBackupId === undefined ? [] : indicesToSave(deletes, acceptUnsaved));
  return deletes.map(({ index }) => index).filter((index) => !saved.has(index));
};

export type SafetyPart = PlannedPart & { readonly state?: 'EMPTY' };

/**
 * The parts of a safety backup, with the names of the profile. All indices that are given are in one of them: one that the profile does not
 * know goes into the part that takes the rest. A part without indices is EMPTY.
 */
export const safetyParts = (
  profile: Profile,
  prefix: string,
  backupId: string,
  optimizeVersion: string,
  indices: readonly string[],
): readonly SafetyPart[] => {
  const split = splitIntoParts(profile, prefix, indices);
  const placed = new Set(split.flat());
  const others = indices.filter((index) => !placed.has(index));
  const rest = profile.parts.findIndex(({ selector }) => 'rest' in selector);
  const of = profile.parts.length;
  return split.map((names, at) => {
    const number = at + 1;
    const held = at === rest ? [...names, ...others].sort() : names;
    const snapshotName = formatSnapshotName(profile, { backupId, optimizeVersion, number, of });
    return { number, of, snapshotName, indices: held, ...(held.length === 0 ? { state: 'EMPTY' as const } : {}) };
  });
};

/**
 * Pure: why what the engine holds now is no complete safety backup of those indices; empty: it is one. Each part must be there under its recorded
 * uuid, SUCCESS, without a failed shard, and hold what was planned; together they must hold every index.
 */
export const safetyProblems = (
  record: Pick<BackupRecord, 'parts'>,
  seen: readonly Snapshot[],
  indices: readonly string[],
): readonly string[] => {
  const pairs = takenParts(record.parts).map((part) => ({
    part,
    snapshot: seen.find(({ name }) => name === part.snapshotName),
  }));
  const problems = pairs.flatMap(({ part, snapshot }) => partProblem(part, snapshot) ?? []);
  const saved = new Set(pairs.flatMap(({ snapshot }) => snapshot?.indices ?? []));
  const missing = indices.filter((index) => !saved.has(index));
  return missing.length === 0 ? problems : [...problems, `it does not hold ${nameList(missing)}`];
};

const partProblem = (part: BackupRecord['parts'][number], snapshot: Snapshot | undefined): string | undefined => {
  if (snapshot === undefined) return `snapshot ${part.snapshotName} is not in the repository`;
  if (snapshot.uuid !== part.uuid)
    return `snapshot ${snapshot.name} has uuid ${snapshot.uuid}, recorded is ${part.uuid ?? 'none'}`;
  if (snapshot.state !== 'SUCCESS') return `snapshot ${snapshot.name} is ${snapshot.state}`;
  if (snapshot.failures.length > 0) return `snapshot ${snapshot.name} has ${snapshot.failures.length} failed shards`;
  return differenceFromPlan(part, snapshot)
    ?.replace(/^Snapshot/, 'snapshot')
    .replace(/\.$/, '');
};
