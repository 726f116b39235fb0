import { z } from 'zod';
import { BACKUP_ORIGINS, BACKUP_STATES, OPERATION_KINDS } from '../domain/backup/backup.ts';
import { SHOWN_PART_STATES } from '../domain/backup/state/shown-part.ts';
import { EVENT_SOURCES } from '../domain/history/event.ts';
import { SEARCHED_KINDS, SHOWN_EVENT_KINDS } from '../domain/history/stored-names.ts';
import { Backup, recorded } from './backups.ts';
import { labelFilter } from './labels.ts';
import { byteCount, cursor, defaultedRange, duration, found, limit, listOf, once, someOf } from './lists.ts';
import { Actor, Attempt } from './operations.ts';
import { LookupId } from './optimize-backup.ts';
import { Restore } from './restores.ts';
import { shownAs } from './shown.ts';

/** Queries of auditors: GET /api/v1/backups, /api/v1/events, /api/v1/snapshots, and a complete backup. */

const time = z.iso.datetime();
const text = once.min(1, 'must not be empty').max(300, 'must be at most 300 characters long').optional();

const TIME_RULE =
  'must be a time that there is, with its zone, from 1970 to 9999, such as 2026-11-22T18:40:00Z or 2026-11-22T18:40:00%2B01:00';

/** A moment. The engine of JavaScript would take 2026-02-30 for a day of March. */
export const moment = once
  .transform((value, context) => {
    const isTime = z.iso.datetime({ offset: true }).safeParse(value).success;
    const date = new Date(value);
    if (isTime && date.getTime() >= 0 && date.getTime() < Date.UTC(10_000, 0)) return date;
    context.addIssue({ code: 'custom', message: `${TIME_RULE}, ${found(value)}` });
    return z.NEVER;
  })
  .optional()
  .meta({
    ...shownAs({ type: 'string', format: 'date-time', examples: ['2026-11-22T18:40:00Z'] }),
    description: 'A time with its zone; a plus is sent as %2B.',
  });

const flag = once
  .transform((value, context) => {
    if (value === 'true' || value === 'false') return value === 'true';
    context.addIssue({ code: 'custom', message: `must be true or false, ${found(value)}` });
    return z.NEVER;
  })
  .optional()
  .meta(shownAs({ type: 'boolean' }));

export const SORTS = ['-requested', 'requested', '-finished', 'finished'] as const;
const DAY_MS = 86_400_000;

type Ends = Readonly<Record<string, unknown>>;
type Order = readonly [lower: string, upper: string];

/** What must not be beyond the other. */
export const inOrder = (pairs: readonly Order[]) => (query: Ends, context: z.core.$RefinementCtx) => {
  for (const [lower, upper] of pairs) {
    const [low, high] = [query[lower], query[upper]];
    if (low === undefined || high === undefined || Number(low) <= Number(high)) continue;
    const unit = lower.endsWith('Duration') ? ' ms' : '';
    const message = `must not be beyond ${upper}: swap them, found ${said(low)}${unit} and ${said(high)}${unit}`;
    context.addIssue({ code: 'custom', path: [lower], message });
  }
};

const said = (value: unknown): string => (value instanceof Date ? value.toISOString() : String(value));

export const BACKUP_ORDER: readonly Order[] = [
  ['requestedFrom', 'requestedTo'],
  ['finishedFrom', 'finishedTo'],
  ['minDuration', 'maxDuration'],
  ['bytesFrom', 'bytesTo'],
];

/** `From` is inclusive, `To` is not. With `provenBefore` those that are not deleted, unless `deleted` is given. */
export const BackupSearch = z
  .strictObject({
    state: someOf(BACKUP_STATES),
    version: text,
    repository: text,
    origin: someOf(BACKUP_ORIGINS),
    actor: text.meta({ description: 'The name or the address of whoever asked for it.' }),
    id: LookupId.optional(),
    idPrefix: LookupId.optional(),
    part: text.meta({ description: 'The name of a snapshot of it.' }),
    index: text.meta({ description: 'The name of an index that it holds.' }),
    requestedFrom: moment,
    requestedTo: moment,
    finishedFrom: moment,
    finishedTo: moment,
    minDuration: duration(30 * DAY_MS).optional(),
    maxDuration: duration(30 * DAY_MS).optional(),
    bytesFrom: byteCount.optional(),
    bytesTo: byteCount.optional(),
    deleted: flag,
    provenBefore: moment,
    label: labelFilter,
    held: flag.meta({ description: 'Whether a hold is in force.', ...shownAs({ type: 'boolean' }) }),
    /** With a minus the newest first. */
    sort: once
      .pipe(z.enum(SORTS, { error: ({ input }) => `must be one of ${SORTS.join(', ')}, ${found(String(input))}` }))
      .default('-requested')
      .meta({
        description: 'By which time; with a minus the newest first.',
        ...shownAs({ type: 'string', enum: SORTS, default: '-requested' }),
      }),
    cursor,
    limit,
    total: flag,
  })
  .superRefine(inOrder(BACKUP_ORDER));
export type BackupSearch = z.infer<typeof BackupSearch>;

export const BackupSummary = z
  .strictObject({
    ...recorded,
    actor: Actor,
    /** From the request to the end. */
    durationMs: z.int().nullable(),
    lastProvenAt: time.nullable(),
    parts: z.array(
      z.strictObject({
        number: z.int(),
        of: z.int(),
        snapshotName: z.string(),
        state: z.enum(SHOWN_PART_STATES),
        uuid: z.string().nullable(),
        bytes: z.int().nullable(),
      }),
    ),
  })
  .meta({ id: 'BackupSummary' });
export type BackupSummary = z.infer<typeof BackupSummary>;

/** No more are counted. */
export const MAX_COUNTED = 10_000;

/** `total` if it was requested; if more than MAX_COUNTED fit, that, and `totalIsCapped`. */
export const BackupPage = listOf(BackupSummary).extend({
  ...defaultedRange,
  total: z.int().optional(),
  totalIsCapped: z.boolean().optional(),
});
export type BackupPage = z.infer<typeof BackupPage>;

export const EventSearch = z
  .strictObject({
    backup: LookupId.optional(),
    actor: text.meta({ description: 'The name or the address of whoever did it.' }),
    /** Names of before are found too. */
    kind: someOf(SEARCHED_KINDS),
    from: moment,
    to: moment,
    requestId: text,
    cursor,
    limit,
  })
  .superRefine(inOrder([['from', 'to']]));
export type EventSearch = z.infer<typeof EventSearch>;

export const Event = z
  .strictObject({
    id: z.string(),
    at: time,
    backupId: z.string().nullable(),
    kind: z.enum(SHOWN_EVENT_KINDS),
    actor: Actor,
    source: z.enum(EVENT_SOURCES),
    reason: z.string().nullable(),
    requestId: z.string().nullable(),
    before: z.unknown(),
    after: z.unknown(),
  })
  .meta({ id: 'Event' });

/** Newest first. */
export const EventPage = listOf(Event).extend(defaultedRange);
export type EventPage = z.infer<typeof EventPage>;

export const SnapshotSearch = z.strictObject({
  name: z.string({ error: 'must be given once: the name of a snapshot' }).min(1, 'must not be empty').max(300),
});

/** `part` of `backup` is that snapshot; `others` had one of the same name, before it or under another version. */
export const FoundSnapshot = z
  .strictObject({
    name: z.string(),
    part: z.int(),
    backup: BackupSummary,
    others: z.array(BackupSummary),
  })
  .meta({ id: 'FoundSnapshot' });
export type FoundSnapshot = z.infer<typeof FoundSnapshot>;

/** Everything that is known of one incarnation, and which others there are of its id. */
export const WholeBackup = Backup.extend({
  /** Of all its operations, oldest first. */
  attempts: z.array(Attempt.extend({ operationId: z.string(), kind: z.enum(OPERATION_KINDS) })),
  /** Newest first, as are the rehearsals. */
  restores: z.array(Restore),
  rehearsals: z.array(Restore),
  /** The other backups of that id, deleted or of another version, the one requested last first. */
  incarnations: z.array(BackupSummary),
}).meta({ id: 'WholeBackup' });
export type WholeBackup = z.infer<typeof WholeBackup>;
