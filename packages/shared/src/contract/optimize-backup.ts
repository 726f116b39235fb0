import { z } from 'zod';
import { BACKUP_STATES } from '../domain/backup/backup.ts';
import { checkBackupId, checkLookupId, type Verdict } from '../domain/backup/backup-id.ts';
import { snapshotName } from './fields.ts';
import { shownAs } from './shown.ts';

/** Requests and responses of the backup API of Optimize 3.9, with string ids at /actuator/backup (docs/rest.md). */

/** No name that we create is longer; a longer one cannot be looked up either. */
const MAX_ID_CHARACTERS = 255;

const idBy = (check: (id: string) => Verdict) =>
  z
    .string({
      error: ({ input }) =>
        input === undefined ? 'is missing: give an id as a string' : `must be a string, found ${kindOf(input)}`,
    })
    .superRefine((id, context) => {
      const verdict = check(id);
      if (id.length > MAX_ID_CHARACTERS) {
        context.addIssue({
          code: 'custom',
          message: `must be at most ${MAX_ID_CHARACTERS} characters long, found ${id.length}`,
        });
      } else if (!verdict.ok) {
        context.addIssue({ code: 'custom', message: `${verdict.rule}, found ${verdict.found}` });
      }
    });

const kindOf = (input: unknown): string => {
  if (input === null) return 'null';
  return Array.isArray(input) ? 'an array' : `${typeof input === 'object' ? 'an' : 'a'} ${typeof input}`;
};

/** An id that may be requested. */
export const RequestedId = idBy(checkBackupId).meta({
  ...shownAs({ type: 'string', maxLength: MAX_ID_CHARACTERS, pattern: '^(?!.*[.][.])[a-z0-9][a-z0-9.-]*$' }),
  description: 'The id of the new backup.',
  examples: ['nightly-2026-11-22'],
});
/** An id that may be looked up; sets not made by Tandem follow other rules. */
export const LookupId = idBy(checkLookupId).meta({
  ...shownAs({ type: 'string', maxLength: MAX_ID_CHARACTERS, pattern: '^(?!.*[.][.])[a-z0-9._-]+$' }),
  description: 'The id of the backup.',
  examples: ['nightly-2026-11-22'],
});

export const NewBackup = z.strictObject({ backupId: RequestedId });
export type NewBackup = z.infer<typeof NewBackup>;

export const BackupLookup = z.strictObject({ backupId: LookupId });
export type BackupLookup = z.infer<typeof BackupLookup>;

export const ScheduledBackup = z
  .strictObject({
    scheduledSnapshots: z.array(snapshotName).meta({ description: 'The names of its snapshots, part 1 first.' }),
  })
  .meta({ id: 'ScheduledBackup', description: 'A backup that was recorded and will be made.' });
export type ScheduledBackup = z.infer<typeof ScheduledBackup>;

/** The documentation shows `State`; scripts of the field read either. */
export const BackupStateAnswer = z
  .strictObject({
    State: z.enum(BACKUP_STATES).meta({ description: 'The state of the backup.' }),
    state: z.enum(BACKUP_STATES).meta({ description: 'The same.' }),
  })
  .meta({ id: 'BackupStateAnswer', description: 'The state of a backup, as Optimize reports it.' });
export type BackupStateAnswer = z.infer<typeof BackupStateAnswer>;

export const ERROR_CODES = [
  'badRequestError',
  'notFoundError',
  'conflict',
  'serverError',
  'elasticsearchConnectionError',
  // where authentication is required, which Optimize does not know
  'unauthorized',
  'forbidden',
  'tooManyRequests',
] as const;

/** The error body of /actuator (docs/rest.md). */
export const ErrorBody = z
  .strictObject({
    errorCode: z.enum(ERROR_CODES).meta({ description: 'The kind of error, as Optimize names it.' }),
    errorMessage: z.string().meta({
      description: 'What happened, in a few words.',
      example: 'No Optimize backup exists with id [nightly-2026-11-22].',
    }),
    detailedMessage: z.string().meta({
      description: 'What happened, in sentences.',
      example: 'No Optimize backup exists with id [nightly-2026-11-22].',
    }),
  })
  .meta({ id: 'ErrorBody', description: 'Why a request below /actuator failed, as Optimize reports it.' });
export type ErrorBody = z.infer<typeof ErrorBody>;
