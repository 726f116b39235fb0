import type { OperationEnd } from '@tandem/shared/domain/operation/operation.ts';
import type { RestoreHistory, RestoreRecord } from '../../ports/restores.ts';
import type { Database } from '../connection/open-database.ts';
import { isActive } from '../ledger/transition-sql.ts';
import { isOperationId } from '../operation-id.ts';
import { answer, columns, json, list, sql, statement } from '../sql/statement.ts';
import { asRestoreRecord, isRestore, RESTORE_JSON } from './restore-rows.ts';

const REPORTS = statement`
SELECT ${answer(list(sql<Readonly<Record<string, unknown>>>('r.report'), 'r.ended_at DESC, r.position DESC'))}
FROM (
  SELECT o.detail -> 'report' AS report, o.ended_at, o.position FROM operation o
  WHERE ${isRestore('o')} AND o.state = 'SUCCEEDED' AND jsonb_typeof(o.detail -> 'report') = 'object'
  ORDER BY o.ended_at DESC, o.position DESC LIMIT $1::int
) r`;

export const pastReports =
  (database: Database): RestoreHistory['pastReports'] =>
  async (limit) =>
    (await database.ask(REPORTS, limit)) ?? [];

const r = columns<'Operation'>('r');
const b = columns<'Backup'>('b');
const REHEARSAL_JSON = json({ operationId: r.id, backupId: b.backupId, state: sql<OperationEnd>(r.state) });

const REHEARSALS = statement`
SELECT ${answer(list(REHEARSAL_JSON, 'r.ended_at DESC, r.position DESC'))}
FROM (
  SELECT * FROM operation
  WHERE kind = 'rehearse' AND ended_at IS NOT NULL AND ended_at > now() - make_interval(secs => $1::float8 / 1000)
  ORDER BY ended_at DESC, position DESC LIMIT $2::int
) r JOIN backup b ON b.key = r.backup_key`;

export const endedRehearsals =
  (database: Database): RestoreHistory['endedRehearsals'] =>
  async (withinMs, limit) =>
    (await database.ask(REHEARSALS, withinMs, limit)) ?? [];

const FIND = statement`
SELECT ${answer(RESTORE_JSON)} FROM operation o JOIN backup b ON b.key = o.backup_key WHERE o.id = $1::uuid AND ${isRestore('o')}`;

export const findRestore =
  (database: Database) =>
  async (operationId: string): Promise<RestoreRecord | undefined> => {
    if (!isOperationId(operationId)) return undefined;
    const json = await database.ask(FIND, operationId);
    return json && asRestoreRecord(json);
  };

const o = columns<'Operation'>('o');

// Open ones are few. LIMIT 1 keeps the planner from joining whole tables.
const OPEN_CREATES = statement`
SELECT ${answer(list(json({ operationId: o.id, backupId: b.backupId }), 'o.position'))}
FROM operation o, LATERAL (SELECT * FROM backup WHERE key = o.backup_key LIMIT 1) b
WHERE ${isActive('o')} AND o.kind = 'create' AND b.cluster_uuid = $1`;

export const openCreates =
  (database: Database): RestoreHistory['openCreates'] =>
  async (clusterUuid) =>
    (await database.ask(OPEN_CREATES, clusterUuid)) ?? [];
