import type { PlanFacts } from '../plan-facts.ts';
import { type Blocker, blocker } from './blocker.ts';

/** BACKUP_DELETED: the snapshots of the backup were deleted. */
export const backupBlockers = ({ backup }: PlanFacts): readonly Blocker[] =>
  backup.deletedAt === undefined
    ? []
    : [
        blocker(
          'BACKUP_DELETED',
          [backup.backupId],
          `Backup ${backup.backupId} was deleted at ${backup.deletedAt.toISOString()}.`,
          'Choose another backup.',
        ),
      ];
