import { canRead } from '../../../backup/state/compatibility.ts';
import { versionName } from '../../../backup/state/engine-releases.ts';
import type { PlanFacts, PlannedIndex } from '../plan-facts.ts';
import { type Blocker, blockerOf } from './blocker.ts';

/**
 * INDEX_INCOMPATIBLE: the running engine cannot read indices that are to be restored, since they were created by another version than the
 * snapshot. Only where that version was recorded: nothing is concluded from a missing manifest.
 */
export const indexVersionBlockers = (
  { backup, engine, manifests }: PlanFacts,
  restores: readonly PlannedIndex[],
): readonly Blocker[] => {
  const created = new Map(
    [...manifests].flatMap(([part, { before }]) =>
      before.shapes.map(({ name, createdVersion }) => [`${part}/${name}`, createdVersion] as const),
    ),
  );
  const unreadable = restores.flatMap(({ part, index }) => {
    const version = created.get(`${part}/${index}`);
    return version === undefined || canRead(version, engine) ? [] : [`${index} (created by ${versionName(version)})`];
  });
  return blockerOf(
    'INDEX_INCOMPATIBLE',
    unreadable,
    'The running engine cannot read indices that were created by that version.',
    `Restore into an engine that can, and re-index there before you upgrade. GET /api/v1/backups/${backup.backupId}/compatibility lists them.`,
  );
};
