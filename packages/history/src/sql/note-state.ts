import type { BackupState } from '@tandem/shared/domain/backup.ts';
import type { NewEvent } from '@tandem/shared/domain/event.ts';
import type { Database } from '../open-database.ts';
import { EVENT_COLUMNS, EVENT_VALUES, eventRows, eventsFrom } from './event-rows.ts';
import { TURN, takeTurn } from './take-turn.ts';

// Two updates, of which one finds the row: PostgreSQL looks at `state <> …` again after waiting for another writer, so that of two
// who note the same change one writes the event.
const NOTE_STATE = `
WITH changed AS (
  UPDATE backup SET state = $2, state_seen_at = now() WHERE key = $1::bigint AND state <> $2 AND deleted_at IS NULL
  RETURNING key, backup_id
), unchanged AS (
  UPDATE backup SET state_seen_at = now() WHERE key = $1::bigint AND state = $2 AND deleted_at IS NULL
), ${takeTurn('changed')}
, events AS (
  INSERT INTO event (backup_key, backup_id, ${EVENT_COLUMNS})
  SELECT c.key, c.backup_id, ${EVENT_VALUES} FROM changed c, ${TURN}, ${eventsFrom('$3')} ORDER BY e.ordinal
)
SELECT count(*)::int AS answer FROM changed`;

export const noteState =
  (database: Database) =>
  async (key: string, state: BackupState, event: NewEvent): Promise<void> => {
    await database.ask(NOTE_STATE, key, state, eventRows([event]));
  };
