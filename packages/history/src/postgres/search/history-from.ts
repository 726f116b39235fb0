import { BACKUP_STATES } from '@tandem/shared/domain/backup/backup.ts';
import type { SearchHistory } from '../../ports/search.ts';
import { asDate } from '../backups/backup-json.ts';
import type { Database } from '../connection/open-database.ts';

// One row per state from the index of states and requests, and one event from the index of times: the same for a history of any size.
const FROM = `
SELECT jsonb_build_object(
  'backups', (
    SELECT min(first.requested_at)
    FROM unnest('{${BACKUP_STATES.join(',')}}'::text[]) every_state, LATERAL (
      SELECT requested_at FROM backup WHERE state = every_state ORDER BY requested_at, key LIMIT 1
    ) first
  ),
  'events', (SELECT at FROM event ORDER BY at, id LIMIT 1)
) AS answer`;

export const historyFrom =
  (database: Database): SearchHistory['historyFrom'] =>
  async () => {
    const answer = await database.ask<Readonly<Record<'backups' | 'events', string | null>>>(FROM);
    return { backups: asDate(answer?.backups ?? null), events: asDate(answer?.events ?? null) };
  };
