import { createHash } from 'node:crypto';
import { fail } from '@tandem/shared/domain/failure/failure.ts';
import { z } from 'zod';

const Cursor = z.strictObject({ after: z.string(), of: z.string().length(16) });

const POSITION = /^\d{1,18}$/;
/** A position in a list that is not sorted by a single number. */
export const COMPOUND_POSITION = /^\d{1,18}\.\d{1,18}$/;

/** Digest of the filter that a cursor or token belongs to; with another filter it is invalid. */
export const digestOf = (filter: unknown): string =>
  createHash('sha256').update(JSON.stringify(filter)).digest('base64url').slice(0, 16);

/** Opaque to clients: the position in the list, and a digest of its filter. */
export const writeCursor = (after: string, filter: unknown): string =>
  Buffer.from(JSON.stringify({ after, of: digestOf(filter) })).toString('base64url');

/** CURSOR_INVALID: truncated, forged, or of another filter. */
export const readCursor = (cursor: string, filter: unknown, form = POSITION): string => {
  const { success, data } = Cursor.safeParse(decoded(cursor));
  if (success && data.of === digestOf(filter) && form.test(data.after)) return data.after;
  throw fail(
    'CURSOR_INVALID',
    'The cursor is not one that this list returned. Request the first page again, without a cursor.',
  );
};

const decoded = (cursor: string): unknown => {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return undefined; // invalid: the schema rejects it
  }
};
