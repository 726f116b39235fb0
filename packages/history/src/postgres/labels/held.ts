/** The hold of a row `b` that is in force by the database's time; SQL NULL: none. */
export const HOLD_JSON = 'CASE WHEN b.held_until > now() THEN b.hold END';

/** A backup `b` may be deleted. Evaluated again after waiting for the row's lock. */
export const NOT_HELD = '(b.held_until IS NULL OR b.held_until <= now())';
