import type { PlanFacts, PlannedIndex, RestoreRequest } from '../plan-facts.ts';
import { type Blocker, blocker, blockerOf } from './blocker.ts';

/** What runs in the cluster. */
export const workBlockers = (
  { rename }: RestoreRequest,
  { optimizeAnswersAt, runningSnapshots, openCreates, openRestore, existing }: PlanFacts,
  restores: readonly PlannedIndex[],
): readonly Blocker[] => {
  const touched = new Set([...restores.map(({ as }) => as), ...existing.map(({ name }) => name)]);
  const running = runningSnapshots.filter(({ indices }) => indices.some((index) => touched.has(index)));
  return [
    ...(rename === undefined && optimizeAnswersAt !== undefined
      ? [
          blocker(
            'OPTIMIZE_RUNNING',
            [optimizeAnswersAt],
            `Optimize answers at ${optimizeAnswersAt}: it would write into what is being restored.`,
            'Stop Optimize.',
          ),
        ]
      : []),
    ...blockerOf(
      'SNAPSHOT_RUNNING',
      running.map(({ repository, name }) => `${repository}/${name}`),
      'Snapshots of those indices are being made.',
      'Wait until they have ended.',
    ),
    ...(rename === undefined
      ? blockerOf(
          'BACKUP_RUNNING',
          openCreates.map(({ backupId, operationId }) => `${backupId} (operation ${operationId})`),
          'Backups of this cluster are being made: they would hold a half-restored state.',
          'Wait until they have ended, or cancel them.',
        )
      : []),
    ...(openRestore === undefined
      ? []
      : [
          blocker(
            'RESTORE_RUNNING',
            [`${openRestore.backupId} (operation ${openRestore.operationId})`],
            'Another restore into this cluster is open.',
            'Wait until it has ended, or cancel it.',
          ),
        ]),
  ];
};
