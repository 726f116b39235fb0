import type { EventHistory } from '../../ports/events.ts';
import type { Database } from '../open-database.ts';
import { EVENT_COLUMNS, EVENT_VALUES, eventRows, eventsFrom } from './event-rows.ts';
import { TURN, takeTurn } from './take-turn.ts';

const APPEND = `
WITH ${takeTurn(eventsFrom('$1'))}
, events AS (
  INSERT INTO event (backup_id, ${EVENT_COLUMNS})
  SELECT e.backup_id, ${EVENT_VALUES} FROM ${TURN}, ${eventsFrom('$1')} ORDER BY e.ordinal RETURNING id
)
SELECT count(*)::int AS answer FROM events`;

export const appendEvents =
  (database: Database): EventHistory['appendEvents'] =>
  async (events) => {
    if (events.length > 0) await database.ask(APPEND, eventRows(events));
  };
