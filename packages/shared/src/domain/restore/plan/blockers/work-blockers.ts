import { endsSuspension } from '../../../operation/suspension.ts';
import type { PlanFacts, PlannedIndex, RestoreRequest } from '../plan-facts.ts';
import { type Blocker, blocker, blockerOf } from './blocker.ts';

/**
 * OPTIMIZE_RUNNING, SNAPSHOT_RUNNING, BACKUP_RUNNING, RESTORE_RUNNING, BACKUP_BUSY: what is running in the cluster, or on the backup, and
 * conflicts with the restore.
 */
export const workBlockers = (
  request: RestoreRequest,
  facts: PlanFacts,
  restores: readonly PlannedIndex[],
): readonly Blocker[] => {
  const { rename } = request;
  const { optimizeAnswersAt, runningSnapshots, openCreates, openRestore, existing } = facts;
  const touched = new Set([...restores.map(({ as }) => as), ...existing.map(({ name }) => name)]);
  const running = (runningSnapshots ?? []).filter(({ indices }) => indices.some((index) => touched.has(index)));
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
    ...busy(request, facts),
  ];
};

/** One operation of a backup at a time. One that is named already, as a backup in the making or as a restore, is not named again. */
const busy = ({ rename }: RestoreRequest, facts: PlanFacts): readonly Blocker[] => {
  const { backup, openOperation, openCreates, openRestore } = facts;
  if (openOperation === undefined) return [];
  const { operationId, kind, suspended } = openOperation;
  const open = [...(rename === undefined ? openCreates : []), ...(openRestore === undefined ? [] : [openRestore])];
  if (open.some((one) => one.operationId === operationId)) return [];
  const [is, remedy] = suspended
    ? ['SUSPENDED', `Decide about it first: ${endsSuspension(openOperation)}.`]
    : ['open', 'Wait until it has ended, or cancel it.'];
  return [
    blocker(
      'BACKUP_BUSY',
      [`${backup.backupId} (${kind}, operation ${operationId})`],
      `Another operation of the backup is ${is}, and it has one at a time.`,
      remedy,
    ),
  ];
};
