import { BACKUP_STATES } from '@tandem/shared/domain/backup/backup.ts';
import type { CalendarDay, SummaryHistory } from '../../ports/summary.ts';
import type { Database } from '../connection/open-database.ts';
import { answer, list, sql, statement } from '../sql/statement.ts';

const midnight = (date: string): string => `(${date})::timestamp AT TIME ZONE $1::text`;

const DAY_JSON = sql<CalendarDay>(`jsonb_build_object('date', d.date, 'states', d.states, 'deleted', d.deleted)`);

// Every state, so that the range goes by the index of states and requests.
const CALENDAR = statement`
SELECT ${answer(list(DAY_JSON, 'd.date'))}
FROM (
  SELECT s.date, coalesce(jsonb_object_agg(s.state, s.living) FILTER (WHERE s.living > 0), '{}') AS states, sum(s.deleted) AS deleted
  FROM (
    SELECT to_char(b.requested_at AT TIME ZONE $1::text, 'YYYY-MM-DD') AS date, b.state,
      count(*) FILTER (WHERE b.deleted_at IS NULL) AS living, count(b.deleted_at) AS deleted
    FROM backup b
    WHERE b.state = ANY ('{${BACKUP_STATES.join(',')}}') AND b.safety_of IS NULL
      AND b.requested_at >= ${midnight('$2::date')} AND b.requested_at < ${midnight('$3::date + 1')}
    GROUP BY 1, 2
  ) s GROUP BY s.date
) d`;

export const calendar =
  (database: Database): SummaryHistory['calendar'] =>
  async (timeZone, from, to) =>
    (await database.ask(CALENDAR, timeZone, from, to)) ?? [];
