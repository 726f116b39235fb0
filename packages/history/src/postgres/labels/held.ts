import type { Hold } from '@tandem/shared/domain/backup/hold.ts';
import { sql } from '../sql/statement.ts';

/** `until` is null in both: until it is released. */
export type HoldJson = Omit<Hold, 'requestId'> & { readonly requestId?: string };

/** The hold of a row `b` that is in force by the database's time; SQL NULL: none. */
export const HOLD_JSON = sql<HoldJson | null>('CASE WHEN b.held_until > now() THEN b.hold END');

/** A backup `b` may be deleted. Evaluated again after waiting for the row's lock. */
export const NOT_HELD = '(b.held_until IS NULL OR b.held_until <= now())';
