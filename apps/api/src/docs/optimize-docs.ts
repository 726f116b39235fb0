import { BackupStateAnswer, ScheduledBackup } from '@tandem/shared/contract/optimize-backup.ts';
import { json, type RouteDocs } from '../http/route-docs.ts';
import { backupId, snapshotNames } from '../openapi/examples.ts';
import { ofEngine, ofHistory, ofRequest } from '../openapi/failure-groups.ts';

export const optimizeDocs = {
  request: {
    id: 'triggerBackup',
    tag: 'Optimize',
    summary: 'Ask for a backup, as of Optimize 3.9',
    description:
      'Answers once the backup is recorded; its snapshots are made after that. The same request again is refused with 409.',
    answers: {
      200: json('The names of the snapshots to come, part 1 first.', ScheduledBackup, {
        scheduledSnapshots: snapshotNames,
      }),
    },
    failures: [...ofRequest, ...ofEngine, ...ofHistory],
    body: { backupId },
  },
  state: {
    id: 'readBackupState',
    tag: 'Optimize',
    summary: 'The state of a backup, as of Optimize 3.9',
    answers: {
      200: json('The state, in both ways to write its name.', BackupStateAnswer, {
        State: 'COMPLETED',
        state: 'COMPLETED',
      }),
    },
    failures: ['BACKUP_NOT_FOUND', 'REPOSITORY_CHANGED', ...ofEngine, ...ofHistory],
  },
} as const satisfies Readonly<Record<string, RouteDocs>>;
