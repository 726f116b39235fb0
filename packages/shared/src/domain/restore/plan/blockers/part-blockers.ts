import { type PartRecord, takenParts } from '../../../backup/backup.ts';
import type { Snapshot } from '../../../backup/snapshot.ts';
import { canRead } from '../../../backup/state/compatibility.ts';
import { isTheOne } from '../../../backup/state/recorded-state.ts';
import type { PlanFacts, PlannedIndex, RestoreRequest } from '../plan-facts.ts';
import { isSelection } from '../selection.ts';
import { type Blocker, blockerOf } from './blocker.ts';

type SeenPart = { readonly part: PartRecord; readonly snapshot: Snapshot };

/**
 * PART_MISSING: not in the repository. PART_REPLACED: another snapshot has its name. PART_UNFINISHED: it is still being taken. PART_NOT_WHOLE:
 * shards failed. PART_INCOMPATIBLE: this engine cannot read it. None of them while the repository itself cannot be used, and none about a part that
 * holds no chosen index.
 */
export const partBlockers = (
  request: RestoreRequest,
  { backup, seen, engine, repository }: PlanFacts,
  restores: readonly PlannedIndex[],
): readonly Blocker[] => {
  if (repository.trouble !== undefined) return [];
  const isRead = ({ number }: PartRecord) => !isSelection(request) || restores.some(({ part }) => part === number);
  const pairs = takenParts(backup.parts)
    .filter(isRead)
    .map((part) => ({
      part,
      snapshot: seen.find(({ name }) => name === part.snapshotName),
    }));
  const there = pairs.filter((pair): pair is SeenPart => pair.snapshot !== undefined);
  const isRecorded = ({ part, snapshot }: SeenPart) => isTheOne(snapshot, part.uuid, backup.create?.operationId);
  const ours = there.filter(isRecorded);
  const names = (some: readonly SeenPart[]) => some.map(({ snapshot }) => snapshot.name);
  return [
    ...blockerOf(
      'PART_MISSING',
      pairs.filter(({ snapshot }) => snapshot === undefined).map(({ part }) => part.snapshotName),
      `Snapshots of the backup are not in repository ${backup.location.repository}.`,
      'Choose another backup: a part alone cannot be restored.',
    ),
    ...blockerOf(
      'PART_REPLACED',
      there
        .filter((pair) => !isRecorded(pair))
        .map(({ part, snapshot }) => `${snapshot.name} (uuid ${snapshot.uuid}, recorded ${part.uuid ?? 'none'})`),
      'Snapshots were deleted and made again under the same names: they are not those of this backup.',
      'Choose another backup, or find out who made them.',
    ),
    ...blockerOf(
      'PART_UNFINISHED',
      names(ours.filter(({ snapshot }) => snapshot.state === 'IN_PROGRESS')),
      'Snapshots of the backup are still being made.',
      'Wait until the backup is COMPLETED.',
    ),
    ...blockerOf(
      'PART_NOT_WHOLE',
      ours
        .filter(({ snapshot }) => isIncomplete(snapshot))
        .map(({ snapshot }) => `${snapshot.name} (${snapshot.state}, ${snapshot.shards.failed} failed shards)`),
      'Snapshots of the backup are incomplete.',
      'Choose another backup.',
    ),
    ...blockerOf(
      'PART_INCOMPATIBLE',
      ours
        .filter(({ snapshot }) => snapshot.state === 'INCOMPATIBLE' || !canRead(snapshot.versionId, engine))
        .map(({ snapshot }) => `${snapshot.name} (${snapshot.engineVersion ?? 'version unknown'})`),
      'The running engine cannot restore snapshots of that version.',
      `Restore into an engine that can: GET /api/v1/backups/${backup.backupId}/compatibility lists them.`,
    ),
    ...blockerOf(
      'NOTHING_TO_RESTORE',
      ours
        .filter(({ snapshot }) => snapshot.state === 'SUCCESS' && snapshot.indices.length === 0)
        .map(({ snapshot }) => snapshot.name),
      'Snapshots of the backup hold no index.',
      'Choose another backup.',
    ),
  ];
};

const isIncomplete = ({ state, shards }: Snapshot): boolean =>
  state === 'FAILED' || state === 'PARTIAL' || (state === 'SUCCESS' && shards.failed > 0);
