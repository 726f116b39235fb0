import { createHash } from 'node:crypto';
import { fail } from '@tandem/shared/domain/failure/failure.ts';
import { z } from 'zod';

const Cursor = z.strictObject({ after: z.string(), of: z.string().length(16) });

const POSITION = /^\d{1,18}$/;
/** Of a list whose order is not that of one number. */
export const PLACE = /^\d{1,18}\.\d{1,18}$/;

/** What a cursor or a token belongs to: a page of another filter is another list. */
export const digestOf = (filter: unknown): string =>
  createHash('sha256').update(JSON.stringify(filter)).digest('base64url').slice(0, 16);

/** Opaque to clients: the place in the list, and the filter that it is of. */
export const writeCursor = (after: string, filter: unknown): string =>
  Buffer.from(JSON.stringify({ after, of: digestOf(filter) })).toString('base64url');

/** CURSOR_INVALID: cut, forged, or of another filter. */
export const readCursor = (cursor: string, filter: unknown, form = POSITION): string => {
  const { success, data } = Cursor.safeParse(decoded(cursor));
  if (success && data.of === digestOf(filter) && form.test(data.after)) return data.after;
  throw fail(
    'CURSOR_INVALID',
    'The cursor is not one that this list answered: ask for the first page again, without a cursor.',
  );
};

const decoded = (cursor: string): unknown => {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return undefined; // not ours: the schema refuses it
  }
};
