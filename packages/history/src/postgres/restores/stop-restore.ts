import type { Command } from '../../ports/events.ts';
import type { Stopped } from '../../ports/restores.ts';
import type { Database } from '../connection/open-database.ts';
import { TURN, takeTurn } from '../events/take-turn.ts';
import { isActive, stateAfter } from '../ledger/transition-sql.ts';
import { isOperationId } from '../operation-id.ts';
import { AT, commandFrom, commandRow } from '../operations/open-deletion.ts';
import { answer, columns, isTrue, json, lookup, sql, statement } from '../sql/statement.ts';
import { isRestore } from './restore-rows.ts';

const DUE_JSON = json({
  operationId: columns<'Operation'>('t').id,
  revision: sql<number>('coalesce((SELECT revision FROM stopped), t.revision)'),
});

// The operation is read from `target` once it is locked, so that a second request sees the first.
const STOP = statement`
WITH ${commandFrom('$2')}, target AS (
  SELECT o.* FROM operation o WHERE o.id = $1::uuid AND ${isActive('o')} AND ${isRestore('o')} FOR UPDATE
), stopped AS (
  UPDATE operation o SET state = ${stateAfter('stop')}, revision = o.revision + 1, trigger = 'person', worker = NULL, lease_until = NULL,
    next_tick_at = now(), wait_ms = 0, failed_tries = 0, failing_since = NULL, error_class = NULL,
    detail = o.detail || jsonb_build_object('stop', jsonb_strip_nulls(
      jsonb_build_object('reason', a.reason, 'requestId', a.request_id, 'actor', a.actor, 'at', ${AT})))
  FROM target t, command a WHERE o.id = t.id AND t.detail ->> 'stop' IS NULL
  RETURNING o.*, t.state AS was
), reported AS (
  SELECT s.*, b.backup_id FROM stopped s, LATERAL (SELECT backup_id FROM backup WHERE key = s.backup_key LIMIT 1) b
), ${takeTurn('reported')}
, events AS (
  INSERT INTO event (backup_key, backup_id, operation_id, kind, actor, source, reason, request_id, before, after)
  SELECT t.backup_key, t.backup_id, t.id, CASE t.kind WHEN 'restore' THEN 'restore.stop-requested' ELSE 'rehearsal.stop-requested' END,
    a.actor, 'api', a.reason, a.request_id,
    jsonb_build_object('operationId', t.id, 'kind', t.kind, 'state', t.was),
    jsonb_build_object('operationId', t.id, 'kind', t.kind, 'state', t.state)
  FROM command a, reported t, ${TURN}
)
SELECT ${answer(json({ due: lookup(DUE_JSON, 'FROM target t'), suspended: isTrue('o.suspended_at IS NOT NULL') }))}
FROM operation o WHERE o.id = $1::uuid AND ${isRestore('o')}`;

export const stopRestore =
  (database: Database) =>
  async (operationId: string, command: Command): Promise<Stopped> => {
    if (!isOperationId(operationId)) return { done: false, why: 'unknown' };
    const answer = await database.ask(STOP, operationId, commandRow(command, undefined));
    if (answer === undefined) return { done: false, why: 'unknown' };
    if (answer.due) return { done: true, due: answer.due };
    return { done: false, why: answer.suspended ? 'suspended' : 'ended' };
  };
