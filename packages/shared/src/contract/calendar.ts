import { z } from 'zod';
import { BACKUP_STATES, type BackupState } from '../domain/backup/backup.ts';
import { isTimeZone } from '../domain/history/calendar.ts';
import { count } from './fields.ts';
import { found, once } from './lists.ts';
import { shownAs } from './shown.ts';

/** Backups per day and state, for a calendar: GET /api/v1/history/calendar. */

/** In one answer. */
export const MAX_DAYS = 400;

const DAY_RULE = 'must be a day that there is, from 1970 to 9999, such as 2026-11-22';

const day = once
  .refine((text) => z.iso.date().safeParse(text).success && text >= '1970', {
    error: ({ input }) => `${DAY_RULE}, ${found(String(input))}`,
  })
  .optional();

const shownDay = shownAs({ type: 'string', format: 'date', examples: ['2026-11-22'] });

export const CalendarQuery = z
  .strictObject({
    timeZone: once
      .refine(isTimeZone, {
        error: ({ input }) =>
          `must be UTC or the name of a time zone, such as Europe/Berlin (no offset), ${found(String(input))}`,
      })
      .default('UTC')
      .meta({
        description: 'Where a day begins and ends: UTC, or an IANA name such as `Europe/Berlin`.',
        example: 'Europe/Berlin',
      }),
    from: day.meta({ ...shownDay, description: 'The first day. Default: the first of the month of `to`.' }),
    to: day.meta({ ...shownDay, description: 'The last day, included. Default: today in the time zone.' }),
  })
  .refine(({ from, to }) => from === undefined || to === undefined || from <= to, {
    path: ['from'],
    params: { others: true },
    error: 'must not be after to: swap them',
  });
export type CalendarQuery = z.infer<typeof CalendarQuery>;

const inState = (state: BackupState) => count.meta({ description: `How many are ${state}.`, example: 1 });
const ofStates = Object.fromEntries(BACKUP_STATES.map((state) => [state, inState(state)])) as Record<
  BackupState,
  z.ZodInt
>;

const date = z.iso.date();

export const BackupCalendar = z
  .strictObject({
    timeZone: z.string().meta({ description: 'As in the request.', example: 'Europe/Berlin' }),
    from: date.meta({ description: 'The first day.', example: '2026-11-01' }),
    to: date.meta({ description: 'The last day, included.', example: '2026-11-30' }),
    days: z
      .array(
        z.strictObject({
          date: date.meta({ description: 'The day in the time zone.', example: '2026-11-22' }),
          states: z
            .strictObject(ofStates)
            .meta({ description: 'How many of its backups that are not deleted have which state, as last seen.' }),
          deleted: count.meta({ description: 'How many of its backups have been deleted since.', example: 0 }),
        }),
      )
      .meta({ description: 'Each day of the range, by when its backups were requested. Safety backups do not count.' }),
  })
  .meta({ id: 'BackupCalendar', description: 'Backups by day and state.' });
export type BackupCalendar = z.infer<typeof BackupCalendar>;
