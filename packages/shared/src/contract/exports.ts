import { z } from 'zod';
import { BACKUP_ORDER, BackupSearch, BackupSummary, EventSearch, inOrder } from './audit.ts';
import { EXPORT_FORMATS } from './choices.ts';
import { Hold } from './labels.ts';
import { found, once } from './lists.ts';

/** The history as files: GET /api/v1/events/export and /api/v1/backups/export. */

const format = z
  .enum(EXPORT_FORMATS, {
    error: ({ input }) =>
      `must be ${EXPORT_FORMATS.join(' or ')}, ${input === undefined ? 'and is not given' : found(String(input))}`,
  })
  .meta({ description: '`ndjson`: a JSON object a line. `csv`: a header and a row a line.' });

const eventId = once
  .regex(/^\d{1,18}$/, 'must be the id of an event')
  .optional()
  .meta({
    description: 'Only events with higher ids, to resume after an earlier export. Absent: from the first.',
    example: '4711',
  });

const { cursor: _, limit: __, ...eventFilters } = EventSearch.shape;
const { cursor: ___, limit: ____, sort: _____, total: ______, ...backupFilters } = BackupSearch.shape;

/** No filter needs a range: an export goes through everything. */
export const EventExport = z
  .strictObject({
    format,
    ...eventFilters,
    after: eventId,
  })
  .superRefine(inOrder([['from', 'to']]));
export type EventExport = z.infer<typeof EventExport>;

export const BackupExport = z.strictObject({ format, ...backupFilters }).superRefine(inOrder(BACKUP_ORDER));
export type BackupExport = z.infer<typeof BackupExport>;

const {
  component: profile,
  actor: requestedBy,
  endedAt: finishedAt,
  hold: _______,
  ...sameAsListed
} = BackupSummary.shape;
const { actor: by, ...sameHold } = Hold.shape;

/** A line of an export of backups, as the backup was when its page was read, under the names as stored (domain/history/stored-names.ts). */
export const ExportedBackupLine = z
  .strictObject({
    ...sameAsListed,
    profile,
    requestedBy,
    finishedAt,
    hold: z
      .strictObject({ ...sameHold, by })
      .nullable()
      .meta({ description: 'The hold that is in force. Null: none is.' }),
    key: z.string().meta({
      description: 'One per incarnation of an id, decimal digits; the order of the lines.',
      example: '7',
    }),
  })
  .meta({ id: 'ExportedBackup', description: 'A backup as it was when its page was read.' });
export type ExportedBackupLine = z.infer<typeof ExportedBackupLine>;

/** An export without this line broke off, or is of an earlier version. */
export const ExportEnd = z
  .strictObject({
    end: z
      .strictObject({
        count: z.int().min(0).meta({ description: 'How many lines are before it.', example: 412 }),
        sha256: z
          .string()
          .regex(/^[0-9a-f]{64}$/)
          .meta({
            description: 'SHA-256 of the bytes of those lines, each with its line feed, in hexadecimal.',
            example: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
          }),
      })
      .meta({ description: 'What the lines before it are.' }),
  })
  .meta({ id: 'ExportEnd', description: 'The last line of an export as NDJSON.' });
export type ExportEnd = z.infer<typeof ExportEnd>;

/** The first line of a CSV file. `actor` is a name or an address; `before` and `after` are JSON. */
export const EVENT_COLUMNS = [
  ...['id', 'at', 'backupKey', 'backupId', 'operationId', 'kind', 'actorKind', 'actor', 'source', 'reason'],
  ...['requestId', 'before', 'after'],
] as const;

/** `requestedBy` is a name or an address; `failure`, `labels`, `hold` and `parts` are JSON. */
export const BACKUP_COLUMNS = [
  ...['key', 'backupId', 'state', 'stateSeenAt', 'origin', 'optimizeVersion', 'profile', 'clusterUuid', 'repository'],
  ...['repositoryUuid', 'requestedAt', 'requestedByKind', 'requestedBy', 'finishedAt', 'durationMs', 'bytes'],
  ...['deletedAt', 'failure', 'lastProvenAt', 'labels', 'note', 'hold', 'parts', 'safetyOf'],
  ...['versionAssumed', 'repositoryVerified'],
] as const;
