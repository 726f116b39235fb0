import { z } from 'zod';
import { BACKUP_ORIGINS, BACKUP_STATES } from '../domain/backup/backup.ts';
import { SHOWN_PART_STATES } from '../domain/backup/state/shown-part.ts';
import { EVENT_SOURCES } from '../domain/history/event.ts';
import { SEARCHED_KINDS, SHOWN_EVENT_KINDS } from '../domain/history/stored-names.ts';
import { OPERATION_KINDS } from '../domain/operation/operation.ts';
import { Backup, Part, recorded } from './backups.ts';
import {
  backupId,
  byteSize,
  count,
  durationMs,
  givenReason,
  operationId,
  requestId,
  snapshotName,
  snapshotUuid,
  time,
} from './fields.ts';
import { labelFilter } from './labels.ts';
import { byteCount, cursor, defaultedRange, duration, found, limit, listOf, once, someOf } from './lists.ts';
import { Actor, Attempt } from './operations.ts';
import { LookupId } from './optimize-backup.ts';
import { Restore } from './restores.ts';
import { shownAs } from './shown.ts';

/** Queries of auditors: GET /api/v1/backups, /api/v1/events, /api/v1/snapshots, and a complete backup. */

const text = once.min(1, 'must not be empty').max(300, 'must be at most 300 characters long').optional();

const TIME_RULE =
  'must be a time that there is, with its zone, from 1970 to 9999, such as 2026-11-22T18:40:00Z or 2026-11-22T18:40:00%2B01:00';

/** The engine of JavaScript would take 2026-02-30 for a day of March. */
const aMoment = once
  .transform((value, context) => {
    const isTime = z.iso.datetime({ offset: true }).safeParse(value).success;
    const date = new Date(value);
    if (isTime && date.getTime() >= 0 && date.getTime() < Date.UTC(10_000, 0)) return date;
    context.addIssue({ code: 'custom', message: `${TIME_RULE}, ${found(value)}` });
    return z.NEVER;
  })
  .optional()
  .meta(shownAs({ type: 'string', format: 'date-time', examples: ['2026-11-22T18:40:00Z'] }));

/** `description`: of what. */
export const moment = (description: string) =>
  aMoment.meta({ description: `${description} A time with its zone; send \`+\` as \`%2B\`.` });

const flag = once
  .transform((value, context) => {
    if (value === 'true' || value === 'false') return value === 'true';
    context.addIssue({ code: 'custom', message: `must be true or false, ${found(value)}` });
    return z.NEVER;
  })
  .optional()
  .meta(shownAs({ type: 'boolean' }));

export const SORTS = ['-requested', 'requested', '-ended', 'ended'] as const;
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
    context.addIssue({ code: 'custom', path: [lower], message, params: { others: true } });
  }
};

const said = (value: unknown): string => (value instanceof Date ? value.toISOString() : String(value));

export const BACKUP_ORDER: readonly Order[] = [
  ['requestedFrom', 'requestedTo'],
  ['endedFrom', 'endedTo'],
  ['minDuration', 'maxDuration'],
  ['bytesFrom', 'bytesTo'],
];

const from = (what: string) => moment(`Only backups that were ${what} at this time or later. Absent: no lower limit.`);
const to = (what: string) => moment(`Only backups that were ${what} before this time. Absent: no upper limit.`);

/** `From` is inclusive, `To` is not. With `provenBefore` those that are not deleted, unless `deleted` is given. */
export const BackupSearch = z
  .strictObject({
    state: someOf(BACKUP_STATES, 'Only backups in these states, as last seen. Absent: in any state.'),
    optimizeVersion: text.meta({
      description: 'Only backups of this version of Optimize. Absent: of any.',
      example: '3.9.0',
    }),
    repository: text.meta({
      description: 'Only backups in the repository of this name. Absent: in any.',
      example: 'backups',
    }),
    origin: someOf(BACKUP_ORIGINS, 'Only backups of these origins. Absent: of any.'),
    actor: text.meta({
      description: 'Only backups that this actor requested: a name or an address. Absent: any.',
      example: '10.0.0.7',
    }),
    backupId: LookupId.optional().meta({ description: 'Only the incarnations of this id. Absent: of any id.' }),
    backupIdPrefix: LookupId.optional().meta({
      description: 'Only backups whose id begins with this. Absent: of any id.',
      examples: ['nightly-'],
    }),
    snapshotName: text.meta({
      description: 'Only the backup that has a snapshot of this name. Absent: any.',
      example: 'camunda_optimize_nightly-2026-11-22_3.9.0_part_1_of_2',
    }),
    index: text.meta({
      description: 'Only backups that hold the index of this name. Absent: any.',
      example: 'optimize-process-instance-invoice_v8',
    }),
    requestedFrom: from('requested'),
    requestedTo: to('requested'),
    endedFrom: from('ended'),
    endedTo: to('ended'),
    minDuration: duration(30 * DAY_MS, 'Only backups that took at least this, from the request to the end.').optional(),
    maxDuration: duration(30 * DAY_MS, 'Only backups that took at most this, from the request to the end.').optional(),
    bytesFrom: byteCount.optional().meta({ description: 'Only backups of at least so many bytes. Absent: no limit.' }),
    bytesTo: byteCount.optional().meta({ description: 'Only backups of at most so many bytes. Absent: no limit.' }),
    deleted: flag.meta({ description: 'Only backups that are deleted, or only those that are not. Absent: both.' }),
    provenBefore: moment(
      'Only backups that no rehearsal has proven restorable since this time, and that are not deleted unless `deleted` is given. Absent: any.',
    ),
    label: labelFilter,
    held: flag.meta({ description: 'Only backups with a hold in force, or only those without. Absent: both.' }),
    sort: once
      .pipe(z.enum(SORTS, { error: ({ input }) => `must be one of ${SORTS.join(', ')}, ${found(String(input))}` }))
      .default('-requested')
      .meta({
        description: 'By which time the backups are sorted; with a minus the newest first.',
        ...shownAs({ type: 'string', enum: SORTS, default: '-requested' }),
      }),
    cursor,
    limit,
    total: flag.meta({ description: 'Whether to count what fits the filters, in `total`. Absent: no.' }),
  })
  .superRefine(inOrder(BACKUP_ORDER));
export type BackupSearch = z.infer<typeof BackupSearch>;

export const BackupSummary = z
  .strictObject({
    ...recorded,
    actor: Actor.meta({ description: 'Who requested it.' }),
    durationMs: durationMs.nullable().meta({
      description: 'From the request to the end, in milliseconds. Null: it is not finished.',
    }),
    lastProvenAt: time.nullable().meta({
      description: 'When a rehearsal last proved all of it restorable. Null: none has.',
    }),
    parts: z
      .array(
        z.strictObject({
          number: Part.shape.number,
          of: Part.shape.of,
          snapshotName,
          state: z.enum(SHOWN_PART_STATES).meta({ description: 'The state of the part, as in a single backup.' }),
          uuid: snapshotUuid
            .nullable()
            .meta({ description: 'The uuid of the snapshot. Null: the engine has not reported it yet.' }),
          bytes: byteSize.nullable().meta({
            description: 'The bytes that its indices held in primary shards. Null: not measured.',
          }),
        }),
      )
      .meta({ description: 'Its snapshots, part 1 first.' }),
  })
  .meta({ id: 'BackupSummary', description: 'A backup as the history last saw it.' });
export type BackupSummary = z.infer<typeof BackupSummary>;

/** No more are counted. */
export const MAX_COUNTED = 10_000;

export const BackupPage = listOf(BackupSummary).extend({
  ...defaultedRange,
  total: count.optional().meta({
    description: `How many backups fit the filters, counted up to ${MAX_COUNTED}. Absent: not requested.`,
    example: 412,
  }),
  totalIsCapped: z.boolean().optional().meta({
    description: 'Whether more than `total` fit. Absent where `total` is.',
  }),
});
export type BackupPage = z.infer<typeof BackupPage>;

export const EventSearch = z
  .strictObject({
    backupId: LookupId.optional().meta({ description: 'Only events of the backups of this id. Absent: of any.' }),
    actor: text.meta({
      description: 'Only events that this actor caused: a name or an address. Absent: any.',
      example: '10.0.0.7',
    }),
    kind: someOf(
      SEARCHED_KINDS,
      'Only events of these kinds; the names of earlier versions are found too. Absent: any.',
    ),
    from: moment('Only events at this time or later. Absent: no lower limit.'),
    to: moment('Only events before this time. Absent: no upper limit.'),
    requestId: text.meta({
      description: 'Only events that the request of this `X-Request-Id` caused. Absent: any.',
      example: '5d9f8f0c-1f55-4a43-9f4c-0f4c4a8e7b11',
    }),
    cursor,
    limit,
  })
  .superRefine(inOrder([['from', 'to']]));
export type EventSearch = z.infer<typeof EventSearch>;

export const Event = z
  .strictObject({
    id: z.string().meta({ description: 'Decimal digits. A later event has a higher id.', example: '184' }),
    at: time.meta({ description: 'When it was written, by the clock of the database.' }),
    backupId: backupId.nullable().meta({ description: 'The backup that it is about. Null: none.' }),
    kind: z.enum(SHOWN_EVENT_KINDS).meta({ description: 'What happened.' }),
    actor: Actor,
    source: z.enum(EVENT_SOURCES).meta({ description: 'Which part of Tandem wrote it.' }),
    reason: givenReason.nullable().meta({ description: 'Why, as the actor said. Null: nothing was said.' }),
    requestId,
    before: z.unknown().meta({ description: 'What changed, as it was; depends on the kind. Null: nothing was there.' }),
    after: z
      .unknown()
      .meta({ description: 'What changed, as it is now; depends on the kind. Null: nothing is there.' }),
  })
  .meta({ id: 'Event', description: 'One line of the history. It is never changed.' });

/** Newest first. */
export const EventPage = listOf(Event).extend(defaultedRange);
export type EventPage = z.infer<typeof EventPage>;

export const SnapshotSearch = z.strictObject({
  snapshotName: z
    .string({ error: 'must be given once: the name of a snapshot' })
    .min(1, 'must not be empty')
    .max(300)
    .meta({
      description: 'The name of the snapshot.',
      example: 'camunda_optimize_nightly-2026-11-22_3.9.0_part_1_of_2',
    }),
});

export const FoundSnapshot = z
  .strictObject({
    snapshotName,
    part: count.meta({ description: 'Which part of `backup` it is, from 1.', example: 1 }),
    backup: BackupSummary.meta({ description: 'The backup that it belongs to.' }),
    others: z.array(BackupSummary).meta({
      description: 'Backups that had a snapshot of the same name, before it or under another version.',
    }),
  })
  .meta({ id: 'FoundSnapshot', description: 'The backup that a snapshot belongs to.' });
export type FoundSnapshot = z.infer<typeof FoundSnapshot>;

/** Everything that is known of one incarnation, and which others there are of its id. */
export const BackupDetails = Backup.extend({
  attempts: z
    .array(
      Attempt.extend({
        operationId,
        kind: z.enum(OPERATION_KINDS).meta({ description: 'What the operation does.' }),
      }),
    )
    .meta({ description: 'The attempts of all its operations, oldest first.' }),
  restores: z.array(Restore).meta({ description: 'Its restores, newest first.' }),
  rehearsals: z.array(Restore).meta({ description: 'Its rehearsals, newest first.' }),
  otherIncarnations: z.array(BackupSummary).meta({
    description: 'The other backups of that id, deleted or of another version, the one requested last first.',
  }),
}).meta({ id: 'BackupDetails', description: 'Everything that is known of one incarnation of a backup id.' });
export type BackupDetails = z.infer<typeof BackupDetails>;
