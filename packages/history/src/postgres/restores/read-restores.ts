import type { RestoreHistory } from '../../ports/restores.ts';
import type { Database } from '../open-database.ts';
import { isRestore } from './restore-rows.ts';

const REPORTS = `
SELECT coalesce(jsonb_agg(r.report ORDER BY r.ended_at DESC, r.position DESC), '[]') AS answer
FROM (
  SELECT o.detail -> 'report' AS report, o.ended_at, o.position FROM operation o
  WHERE ${isRestore('o')} AND o.state = 'SUCCEEDED' AND jsonb_typeof(o.detail -> 'report') = 'object'
  ORDER BY o.ended_at DESC, o.position DESC LIMIT $1::int
) r`;

export const pastReports =
  (database: Database): RestoreHistory['pastReports'] =>
  async (limit) =>
    (await database.ask(REPORTS, limit)) ?? [];

const REHEARSALS = `
SELECT coalesce(jsonb_agg(jsonb_build_object('operationId', r.id, 'backupId', b.backup_id, 'state', r.state) ORDER BY r.ended_at DESC, r.position DESC), '[]') AS answer
FROM (
  SELECT * FROM operation
  WHERE kind = 'rehearse' AND ended_at IS NOT NULL AND ended_at > now() - make_interval(secs => $1::float8 / 1000)
  ORDER BY ended_at DESC, position DESC LIMIT $2::int
) r JOIN backup b ON b.key = r.backup_key`;

export const endedRehearsals =
  (database: Database): RestoreHistory['endedRehearsals'] =>
  async (withinMs, limit) =>
    (await database.ask(REHEARSALS, withinMs, limit)) ?? [];
