import type { DriftChange } from '@tandem/shared/domain/reconciliation/drift.ts';
import type { BackupHistory } from '../../ports/backups.ts';
import { storableJson } from '../../ports/storable.ts';
import type { Database } from '../connection/open-database.ts';
import { EVENT_COLUMNS, EVENT_VALUES, eventRows, eventsFrom } from '../events/event-rows.ts';
import { TURN, takeTurn } from '../events/take-turn.ts';
import { answer, columns, exists, json, list, statement, total } from '../sql/statement.ts';
import { MAKES_OR_DELETES } from '../suspensions/suspended-rows.ts';
import { type Digest, PART_CHANGES, partRows, partsFrom } from './part-rows.ts';

const part = columns<'Part'>();

// Whoever opens an operation does so before it changes anything in the engine: if the engine was read after the record, and showed
// such a change, is followed by a statement that sees the operation, or what its end recorded.
// Each change is checked again after waiting for another writer, so that of two concurrent writers only one writes the event.
const NOTE_STATE = statement`
WITH seen AS (
  SELECT * FROM jsonb_to_recordset($4::jsonb) AS n(ordinal int, number int, uuid text, found text, found_uuid text)
), quiet AS (
  SELECT b.key FROM backup b WHERE b.key = $1::bigint AND b.deleted_at IS NULL AND NOT EXISTS (
    SELECT FROM operation o WHERE o.backup_key = b.key AND ${MAKES_OR_DELETES('o')}
  ) AND NOT EXISTS (
    SELECT FROM seen n JOIN part p ON p.backup_key = $1::bigint AND p.number = n.number WHERE p.uuid IS DISTINCT FROM n.uuid
  )
), drifted AS (
  UPDATE part p SET drift = n.found, drift_uuid = n.found_uuid, drift_noticed_at = CASE WHEN n.found IS NOT NULL THEN now() END
  FROM seen n
  WHERE p.backup_key = (SELECT key FROM quiet) AND p.number = n.number AND p.uuid IS NOT DISTINCT FROM n.uuid
    AND (p.drift, p.drift_uuid) IS DISTINCT FROM (n.found, n.found_uuid)
  RETURNING p.number, n.ordinal
), late AS (
  UPDATE part p SET ${PART_CHANGES}
  FROM ${partsFrom('$5')}
  WHERE p.backup_key = (SELECT key FROM quiet) AND p.number = n.number AND p.state IN ('PLANNED', 'STARTING', 'IN_PROGRESS')
    AND (p.uuid IS NULL OR p.uuid = n.uuid) AND p.number NOT IN (SELECT number FROM seen)
    AND EXISTS (SELECT FROM operation o WHERE o.backup_key = p.backup_key AND o.kind = 'create' AND o.detail ? 'abandoned')
  RETURNING p.number
), late_reported AS (
  SELECT l.number, jsonb_array_length($4::jsonb) + (e.at - 1)::int AS ordinal
  FROM late l JOIN jsonb_array_elements($5::jsonb) WITH ORDINALITY AS e(part, at) ON (e.part ->> 'number')::int = l.number
), changed AS (
  UPDATE backup SET state = $2, state_seen_at = now()
  WHERE key = (SELECT key FROM quiet) AND state <> $2 AND deleted_at IS NULL
  RETURNING key
), unchanged AS (
  UPDATE backup SET state_seen_at = now() WHERE key = (SELECT key FROM quiet) AND state = $2 AND deleted_at IS NULL
), reported AS (
  SELECT ordinal FROM drifted UNION ALL SELECT ordinal FROM late_reported
  UNION ALL SELECT jsonb_array_length($4::jsonb) + jsonb_array_length($5::jsonb) FROM changed
), named AS (
  SELECT b.key, b.backup_id FROM backup b WHERE b.key = $1::bigint AND EXISTS (SELECT FROM reported)
), ${takeTurn('named')}
, events AS (
  INSERT INTO event (backup_key, backup_id, ${EVENT_COLUMNS})
  SELECT n.key, n.backup_id, ${EVENT_VALUES} FROM named n, ${TURN}, ${eventsFrom('$3')}
  WHERE e.ordinal IN (SELECT ordinal FROM reported) ORDER BY e.ordinal
)
SELECT ${answer(
  json({
    state: exists('FROM changed'),
    parts: total(list(part.number, 'number'), 'FROM drifted'),
    ended: total(list(part.number, 'number'), 'FROM late'),
  }),
)}`;

const driftRow = ({ number, uuid, found }: DriftChange, ordinal: number) => ({
  ordinal,
  number,
  uuid,
  found: found?.is,
  found_uuid: found?.uuid,
});

export const noteState =
  (database: Database, digest: Digest): BackupHistory['noteState'] =>
  async (key, state, event, drift = [], late = []) => {
    const events = eventRows([...drift.map((change) => change.event), ...late.map((end) => end.event), event]);
    const found = storableJson(drift.map(driftRow));
    const ended = partRows(
      late.map(({ part }) => part),
      digest,
    );
    const noted = await database.ask(NOTE_STATE, key, state, events, found, ended);
    return noted ?? { state: false, parts: [], ended: [] };
  };
