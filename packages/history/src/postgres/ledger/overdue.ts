import type { DueOperation } from '../../ports/ledger.ts';
import type { Database } from '../connection/open-database.ts';
import { answer, columns, json, list, statement } from '../sql/statement.ts';
import { IS_TOO_FAR_AHEAD } from './due-rows.ts';

const o = columns<'Operation'>('o');

/** Read from the index of open operations by next_tick_at, so that ended ones cost nothing. */
export const OVERDUE = statement`
SELECT ${answer(list(json({ operationId: o.id, revision: o.revision }), 'o.next_tick_at, o.position'))}
FROM (
  SELECT * FROM operation
  WHERE ended_at IS NULL AND suspended_at IS NULL AND (
      next_tick_at <= now() - make_interval(secs => $1::float8 / 1000) OR ${IS_TOO_FAR_AHEAD('operation')})
    AND (lease_until IS NULL OR lease_until <= now())
  ORDER BY next_tick_at, position LIMIT $2::int
) o`;

export const overdue =
  (database: Database) =>
  async (overdueMs: number, limit: number): Promise<readonly DueOperation[]> =>
    (await database.ask(OVERDUE, overdueMs, limit)) ?? [];
