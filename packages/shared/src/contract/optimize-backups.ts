import { z } from 'zod';
import { BACKUP_STATES } from '../domain/backup/backup.ts';
import { isNumberedId, MAX_NUMBERED_ID, NUMBERED_ID_RULE } from '../domain/backup/numbered-id.ts';
import { SNAPSHOT_STATES } from '../domain/backup/snapshot.ts';
import { snapshotName } from './fields.ts';
import { shownAs } from './shown.ts';

/** Requests and responses of the backup API of Optimize 3.10 and later, with whole numbers as ids at /actuator/backups (docs/rest.md). */

const NUMBER = { type: 'integer', minimum: 1, maximum: MAX_NUMBERED_ID };

/**
 * In digits, as text: a number of the body comes as it was written (`numbersAsText` of its route), so that none is rounded. Text of digits
 * passes too, as it does in Optimize.
 */
export const NumberedId = z
  .unknown()
  .superRefine((given, context) => {
    if ((typeof given === 'string' || typeof given === 'number') && isNumberedId(String(given))) return;
    const message = given === undefined ? 'is missing: give a whole number' : NUMBERED_ID_RULE;
    context.addIssue({ code: 'custom', message });
  })
  .transform(String)
  .meta({ ...shownAs({ ...NUMBER, examples: [123456] }), description: 'The id of the backup, a whole number.' });

export const NewNumberedBackup = z.strictObject({ backupId: NumberedId });
export type NewNumberedBackup = z.infer<typeof NewNumberedBackup>;

export const NumberedLookup = z.strictObject({ backupId: NumberedId });
export type NumberedLookup = z.infer<typeof NumberedLookup>;

export const ScheduledNumberedBackup = z
  .strictObject({
    message: z.string().meta({
      description: 'That it was recorded, and how to follow it.',
      example:
        'Backup creation for ID 123456 has been scheduled. Use the GET API to monitor completion of backup process',
    }),
  })
  .meta({ id: 'ScheduledNumberedBackup', description: 'A backup that was recorded and will be made.' });
export type ScheduledNumberedBackup = z.infer<typeof ScheduledNumberedBackup>;

/** As Jackson writes a time with an offset: milliseconds, and the offset without a colon. */
const offsetTime = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0000$/);

export const SnapshotInfo = z
  .strictObject({
    snapshotName,
    state: z.enum(SNAPSHOT_STATES).meta({ description: 'Its state, as the engine reports it.' }),
    startTime: offsetTime.nullable().meta({
      description: 'When the engine started it. Null: the engine does not say.',
      example: '2024-11-09T10:11:36.978+0000',
    }),
    failures: z.array(z.string()).meta({ description: 'Index, shard and reason of each failed shard.' }),
  })
  .meta({ id: 'SnapshotInfo', description: 'A snapshot of a backup.' });
export type SnapshotInfo = z.infer<typeof SnapshotInfo>;

export const BackupInfo = z
  .strictObject({
    backupId: z.int().meta({ description: 'The id of the backup.', example: 123456 }),
    failureReason: z
      .string()
      .nullable()
      .meta({ description: 'Why it is FAILED; null in every other state.', example: null }),
    state: z.enum(BACKUP_STATES).meta({ description: 'The state of the backup.' }),
    details: z.array(SnapshotInfo).meta({ description: 'Its snapshots that the engine has, part 1 first.' }),
  })
  .meta({ id: 'BackupInfo', description: 'A backup, as Optimize 3.10 and later reports it.' });
export type BackupInfo = z.infer<typeof BackupInfo>;

export const BackupInfos = z.array(BackupInfo);
