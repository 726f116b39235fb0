import { z } from 'zod';
import { MAX_LABELS } from '../domain/backup/hold.ts';
import { nameList } from '../domain/name-list.ts';
import { backupId, givenReason, requestId, time } from './fields.ts';
import { found, once } from './lists.ts';
import { Actor, reason } from './operations.ts';
import { LookupId } from './optimize-backup.ts';
import { shownAs } from './shown.ts';

/** Labels, notes and holds of backups: PATCH /api/v1/backups/{backupId}. */

const KEY = /^[A-Za-z0-9][A-Za-z0-9._/-]{0,62}$/;
const KEY_RULE = '1 to 63 of A-Z, a-z, 0-9, ".", "_", "/" and "-", the first a letter or a digit';
const LONGEST_VALUE = 200;
const LONGEST_NOTE = 4_000;

const noControl = (text: string): boolean => !/\p{Cc}/u.test(text);

const value = z
  .string({ error: 'must be a text, or null to take the label away' })
  .min(1, 'must not be empty: send null to take the label away')
  .max(LONGEST_VALUE, `must be at most ${LONGEST_VALUE} characters long`)
  .refine(noControl, 'must not contain control characters')
  .nullable();

const changes = z
  .record(z.string(), value, { error: 'must be an object of texts, such as {"env": "production"}' })
  .superRefine((labels, context) => {
    const keys = Object.keys(labels);
    if (keys.length > 2 * MAX_LABELS) {
      context.addIssue({ code: 'custom', message: `may change at most ${2 * MAX_LABELS} labels at once` });
    }
    const wrong = keys.filter((name) => !KEY.test(name)).map((name) => JSON.stringify(name.slice(0, 60)));
    if (wrong.length > 0) {
      const message = `may have keys of ${KEY_RULE}, found ${nameList(wrong, { max: 5 })}`;
      context.addIssue({ code: 'custom', message });
    }
  });

const UNTIL_RULE = 'must be a time with its zone such as 2027-01-31T00:00:00Z, or null to hold it until it is released';

const until = z.iso
  .datetime({ offset: true, error: UNTIL_RULE })
  .refine((text) => Number.isFinite(Date.parse(text)), UNTIL_RULE)
  .transform((text) => new Date(text))
  .nullable()
  .meta({
    description: 'Until when the backup is held, with the zone. Null: until it is released.',
    example: '2027-01-31T00:00:00Z',
  });

const hold = z
  .strictObject({ reason, until }, { error: 'must be an object with reason and until, or null to release the backup' })
  .nullable();

const CHANGES = ['labels', 'note', 'hold'] as const;

export const PatchRequest = z
  .strictObject({
    backupId: LookupId,
    labels: changes.optional().meta({
      description: `Labels to set, by key; null removes one. A backup has at most ${MAX_LABELS}. Absent: they stay as they are.`,
      example: { env: 'production', team: null },
    }),
    note: z
      .string({ error: 'must be a text, or null to take the note away' })
      .min(1, 'must not be empty: send null to take the note away')
      .max(LONGEST_NOTE, `must be at most ${LONGEST_NOTE} characters long`)
      .refine((text) => !text.includes('\u0000'), 'must not contain NUL')
      .nullable()
      .optional()
      .meta({
        description: 'Replaces the note; null removes it. Absent: it stays as it is.',
        example: 'before the migration to 3.10',
      }),
    hold: hold.optional().meta({
      description: 'A backup that is held cannot be deleted; null releases it. Absent: it stays as it is.',
    }),
    reason: reason.optional().meta({
      description: 'Why labels or the note are changed. Required to release the backup. Absent: no reason is stored.',
      example: 'the audit has ended',
    }),
  })
  .superRefine(({ hold, reason: why }, context) => {
    if (hold !== null || why !== undefined) return;
    context.addIssue({ code: 'custom', path: ['reason'], message: 'is missing: must say why the backup is released' });
  })
  .superRefine((body, context) => {
    if (CHANGES.some((field) => body[field] !== undefined)) return;
    context.addIssue({
      code: 'custom',
      path: ['labels'],
      message: 'is missing, and so are note and hold: send one of them',
    });
  });
export type PatchRequest = z.infer<typeof PatchRequest>;

export const Hold = z
  .strictObject({
    reason: givenReason.meta({ description: 'Why the backup is held.', example: 'audit of 2026' }),
    until: time.nullable().meta({
      description: 'Until when. Null: until it is released.',
      example: '2027-01-31T00:00:00.000Z',
    }),
    actor: Actor.meta({ description: 'Who holds it.' }),
    at: time.meta({ description: 'Since when.' }),
    requestId,
  })
  .meta({ id: 'Hold', description: 'While a hold is in force the backup cannot be deleted.' });
export type Hold = z.infer<typeof Hold>;

/** The labels, note and hold that people added to a backup. */
export const annotations = {
  labels: z.record(z.string(), z.string()).meta({ description: 'Its labels, by key.', example: { env: 'production' } }),
  note: z.string().meta({ example: 'before the migration to 3.10' }).nullable().meta({
    description: 'A note for people. Null: none.',
  }),
  hold: Hold.nullable().meta({ description: 'The hold that is in force. Null: none is.' }),
};

export const Annotations = z
  .strictObject({ backupId, ...annotations })
  .meta({ id: 'Annotations', description: 'The labels, note and hold of a backup.' });
export type Annotations = z.infer<typeof Annotations>;

/** `key:value`, one. */
export const labelFilter = once
  .transform((text, context) => {
    const [key = '', ...rest] = text.split(':');
    const value = rest.join(':');
    if (KEY.test(key) && value !== '' && value.length <= LONGEST_VALUE) return { key, value };
    context.addIssue({
      code: 'custom',
      message: `must be a key, a colon and a value such as env:production, ${found(text)}`,
    });
    return z.NEVER;
  })
  .optional()
  .meta({
    ...shownAs({ type: 'string', pattern: '^[^:]+:.+$', examples: ['env:production'] }),
    description: 'Only backups with this label, as `key:value`. Absent: any.',
  });
