import { columns, given, json, merged, when } from '../sql/statement.ts';

const o = columns<'Operation'>('o');

/** Whether a row is a create or deletion that has been due for so many milliseconds and that no worker held in that time. */
export const UNCLAIMED = (row: string, forMs: string): string => `(${row}.kind IN ('create', 'delete')
    AND greatest(${row}.next_tick_at, ${row}.lease_until) <= now() - make_interval(secs => ${forMs}::float8 / 1000))`;

/** Since when, and why, as JSON; null: it is not suspended. */
export const SUSPENSION_JSON = when(
  'o.suspended_at IS NOT NULL',
  merged(given(o.suspension), json({ at: given(o.suspendedAt) })),
);

/** Whether the operation of a row creates or deletes the snapshots of its backup. A suspended deletion touches none, and may wait for years. */
export const MAKES_OR_DELETES = (row: string): string =>
  `${row}.ended_at IS NULL AND (${row}.kind = 'create' OR (${row}.kind = 'delete' AND ${row}.suspended_at IS NULL))`;
