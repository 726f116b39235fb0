import type { RestoreHistory, RestoreRecord } from '../../ports/restores.ts';
import type { Database } from '../connection/open-database.ts';
import { isActive } from '../ledger/transition-sql.ts';
import { isOperationId } from '../operation-id.ts';
import { asRestoreRecord, isRestore, RESTORE_JSON, type RestoreJson } from './restore-rows.ts';

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

const FIND = `
SELECT ${RESTORE_JSON} AS answer FROM operation o JOIN backup b ON b.key = o.backup_key WHERE o.id = $1::uuid AND ${isRestore('o')}`;

export const findRestore =
  (database: Database) =>
  async (operationId: string): Promise<RestoreRecord | undefined> => {
    if (!isOperationId(operationId)) return undefined;
    const json = await database.ask<RestoreJson>(FIND, operationId);
    return json && asRestoreRecord(json);
  };

// Open ones are few. LIMIT 1 keeps the planner from joining whole tables.
const OPEN_CREATES = `
SELECT coalesce(jsonb_agg(jsonb_build_object('operationId', o.id, 'backupId', b.backup_id) ORDER BY o.position), '[]') AS answer
FROM operation o, LATERAL (SELECT * FROM backup WHERE key = o.backup_key LIMIT 1) b
WHERE ${isActive('o')} AND o.kind = 'create' AND b.cluster_uuid = $1`;

export const openCreates =
  (database: Database): RestoreHistory['openCreates'] =>
  async (clusterUuid) =>
    (await database.ask(OPEN_CREATES, clusterUuid)) ?? [];
