import type { RestoreHistory } from '@tandem/history/ports/restores.ts';
import { type BackupRecord, takenParts } from '@tandem/shared/domain/backup/backup.ts';
import { cutList } from '@tandem/shared/domain/cut-list.ts';
import { fail } from '@tandem/shared/domain/failure/failure.ts';
import { nameList } from '@tandem/shared/domain/name-list.ts';
import type { PlanFacts, RestoreRequest } from '@tandem/shared/domain/restore/plan/plan-facts.ts';
import type { PlanWarning } from '@tandem/shared/domain/restore/plan/restore-warnings.ts';
import { isSelection } from '@tandem/shared/domain/restore/plan/selection.ts';
import { warning } from '@tandem/shared/domain/restore/plan/warnings/warning.ts';
import { readRestoreDetail } from '@tandem/shared/domain/restore/run/restore-memory.ts';

/**
 * The request as it is planned. A safety backup of a restore of chosen indices holds some of these alone: restored in place without `indices`, it
 * stands for what it holds, so that nothing else is deleted. So does one whose restore the history does not know, since it may be such a one.
 */
export const withChosen = async (
  history: Pick<RestoreHistory, 'findRestore'>,
  record: BackupRecord,
  request: RestoreRequest,
): Promise<RestoreRequest> => {
  if (record.safetyOf === undefined || request.only !== undefined || request.rename !== undefined) return request;
  const saved = await history.findRestore(record.safetyOf);
  if (saved !== undefined && !isSelection(readRestoreDetail(saved.detail).task)) return request;
  return {
    ...request,
    only: takenParts(record.parts)
      .flatMap(({ indices }) => indices)
      .sort(),
  };
};

/** SELECTION_ASSUMED: `withChosen` chose the indices. */
export const chosenWarnings = (requested: RestoreRequest, planned: RestoreRequest): readonly PlanWarning[] =>
  requested.only === planned.only
    ? []
    : [
        warning(
          'SELECTION_ASSUMED',
          'The backup is the safety backup of a restore of chosen indices, or of one that the history does not know: what it holds is restored, and nothing else is deleted.',
        ),
      ];

/** REQUEST_INVALID: `indices` names what the backup does not hold. Of an alias it says which index has it. */
export const requireHeld = (
  { only = [] }: Pick<RestoreRequest, 'only'>,
  { backup, seen, manifests }: Pick<PlanFacts, 'backup' | 'seen' | 'manifests'>,
): void => {
  const held = new Set(
    takenParts(backup.parts).flatMap(
      ({ snapshotName, indices }) => seen.find(({ name }) => name === snapshotName)?.indices ?? indices,
    ),
  );
  const wrong = only.filter((name) => !held.has(name));
  if (wrong.length === 0) return;
  const words = wrong.map((name) => {
    const owners = ownersOfAlias(manifests, name);
    return owners.length === 0 ? name : `${name} (an alias of ${nameList(owners)})`;
  });
  throw fail(
    'REQUEST_INVALID',
    `indices names what the backup does not hold: ${nameList(words)}. Its indices are in the answer of GET /api/v1/backups/${backup.backupId}.`,
    { field: 'indices', ...cutList('found', wrong) },
  );
};

const ownersOfAlias = (manifests: PlanFacts['manifests'], alias: string): readonly string[] => {
  const shapes = [...manifests.values()].flatMap(({ before, after }) => (after ?? before).shapes);
  const owners = shapes.filter(({ writes }) => Object.hasOwn(writes ?? {}, alias));
  return [...new Set(owners.map(({ name }) => name))];
};
