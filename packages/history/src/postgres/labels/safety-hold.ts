import { SAFETY_HOLD_DAYS } from '@tandem/shared/domain/backup/hold.ts';

/*
 * The hold of a safety backup has no end while its restore is open. With the end of the restore it gets one, unless it has been changed or
 * released meanwhile: `safetyHoldAfter` of packages/shared.
 */

const UNTIL = `(date_trunc('milliseconds', now()) + interval '${SAFETY_HOLD_DAYS} days')`;
const UNTIL_TEXT = `to_char(${UNTIL} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** A CTE `safety`: the backups whose hold ends with the restore of CTE `ended`, with the hold that they have now. */
export const safetyHoldEnds = (ended: string): string => `safety AS (
  UPDATE backup b SET held_until = ${UNTIL}, hold = b.hold || jsonb_build_object('until', ${UNTIL_TEXT})
  WHERE b.safety_of = (SELECT f.id FROM ${ended} f WHERE f.ended_at IS NOT NULL AND f.kind = 'restore') AND b.deleted_at IS NULL
    AND b.held_until = 'infinity' AND b.hold ->> 'reason' = 'safety backup of restore ' || b.safety_of
  RETURNING b.key, b.backup_id, b.hold
)`;

/** A CTE that writes the events of `safety`. To be used after a `takeTurn` for its backups. */
export const safetyHoldEvent = (ended: string): string => `safety_events AS (
  INSERT INTO event (backup_key, backup_id, operation_id, kind, actor, source, reason, before, after)
  SELECT s.key, s.backup_id, f.id, 'backup.held', s.hold -> 'actor', 'worker', s.hold ->> 'reason',
    jsonb_build_object('hold', s.hold || '{"until": null}'), jsonb_build_object('hold', s.hold)
  FROM safety s, ${ended} f, (SELECT count(*) FROM turn) turns
)`;
