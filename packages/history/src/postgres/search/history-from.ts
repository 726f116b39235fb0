import { BACKUP_STATES } from '@tandem/shared/domain/backup/backup.ts';
import type { SearchHistory } from '../../ports/search.ts';
import { asDate } from '../backups/backup-json.ts';
import type { Database } from '../connection/open-database.ts';
import { answer, columns, json, lookup, sql, statement, total } from '../sql/statement.ts';

// One row per state from the index of states and requests, and one event from the index of times: the same for a history of any size.
const FROM = statement`
SELECT ${answer(
  json({
    backups: total(
      sql<string | null>('min(first.requested_at)'),
      `FROM unnest('{${BACKUP_STATES.join(',')}}'::text[]) every_state, LATERAL (
      SELECT requested_at FROM backup WHERE state = every_state ORDER BY requested_at, key LIMIT 1
    ) first`,
    ),
    events: lookup(columns<'Event'>().at, 'FROM event ORDER BY at, id LIMIT 1'),
  }),
)}`;

export const historyFrom =
  (database: Database): SearchHistory['historyFrom'] =>
  async () => {
    const from = await database.ask(FROM);
    return { backups: asDate(from?.backups ?? null), events: asDate(from?.events ?? null) };
  };
