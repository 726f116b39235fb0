import { z } from 'zod';
import { BACKUP_ORDER, BackupSearch, BackupSummary, EventSearch, inOrder } from './audit.ts';
import { Hold } from './labels.ts';
import { found, once } from './lists.ts';

/** The history as files: GET /api/v1/events/export and /api/v1/backups/export. */

export const EXPORT_FORMATS = ['ndjson', 'csv'] as const;

const format = z.enum(EXPORT_FORMATS, {
  error: ({ input }) =>
    `must be ${EXPORT_FORMATS.join(' or ')}, ${input === undefined ? 'and is not given' : found(String(input))}`,
});

const eventId = once.regex(/^\d{1,18}$/, 'must be the id of an event').optional();

const { cursor: _, limit: __, ...eventFilters } = EventSearch.shape;
const { cursor: ___, limit: ____, sort: _____, total: ______, ...backupFilters } = BackupSearch.shape;

/** No filter needs a range: an export goes through everything. */
export const EventExport = z
  .strictObject({
    format,
    ...eventFilters,
    /** Only events with higher ids, to resume after an earlier export. */
    after: eventId,
  })
  .superRefine(inOrder([['from', 'to']]));
export type EventExport = z.infer<typeof EventExport>;

export const BackupExport = z.strictObject({ format, ...backupFilters }).superRefine(inOrder(BACKUP_ORDER));
export type BackupExport = z.infer<typeof BackupExport>;

const { actor: requestedBy, hold: _______, ...sameAsListed } = BackupSummary.shape;
const { actor: by, ...sameHold } = Hold.shape;

/** A line of an export of backups, as the backup was when its page was read, under the names as stored (domain/history/stored-names.ts). */
export const ExportedBackupLine = z
  .strictObject({
    ...sameAsListed,
    requestedBy,
    hold: z.strictObject({ ...sameHold, by }).nullable(),
    /** One per incarnation of an id; the order of the lines. */
    key: z.string(),
  })
  .meta({ id: 'ExportedBackup' });
export type ExportedBackupLine = z.infer<typeof ExportedBackupLine>;

/**
 * The last line of an export as NDJSON: an export without it broke off, or is of an earlier version. `count` is the number of lines
 * before it; `sha256`, in hexadecimal, is of the bytes of those lines, each with its line feed.
 */
export const ExportEnd = z
  .strictObject({
    end: z.strictObject({ count: z.int().min(0), sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
  })
  .meta({ id: 'ExportEnd' });
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
