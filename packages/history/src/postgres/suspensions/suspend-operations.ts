import { storableJson } from '../../ports/storable.ts';
import type { SuspensionHistory } from '../../ports/suspensions.ts';
import type { Database } from '../connection/open-database.ts';
import { TURN, takeTurn } from '../events/take-turn.ts';
import { backupStateAfter, isActive, stateAfter } from '../ledger/transition-sql.ts';
import { wakeNext } from '../ledger/wake-next.ts';
import { answer, columns, json, list, statement, total } from '../sql/statement.ts';
import { UNCLAIMED } from './suspended-rows.ts';

/** Whether operation `o` deletes snapshots of a backup, or indices. */
const DESTRUCTIVE = `(o.kind = 'delete' OR (o.kind = 'restore' AND jsonb_path_exists(o.detail, '$.task.deletes[0]')))`;

/** What `suspension` is for. */
export const suspensionFrom = (parameter: string): string =>
  `jsonb_to_record(${parameter}::jsonb) AS a(scope text, for_ms float8, accepted_before timestamptz, actor jsonb, source text, why jsonb)`;

/**
 * CTEs after `command`, which has a row of `suspensionFrom` or none. `reported`: the events. An operation that is claimed, ended or released during
 * the wait for its lock no longer matches: PostgreSQL checks the conditions again then.
 */
export const suspension = (limit: string): string => `target AS (
  SELECT o.* FROM operation o, command a
  WHERE ${isActive('o')} AND (a.accepted_before IS NULL OR o.requested_at < a.accepted_before)
    AND CASE a.scope WHEN 'all' THEN true WHEN 'destructive' THEN ${DESTRUCTIVE} WHEN 'unclaimed' THEN ${UNCLAIMED('o', 'a.for_ms')} END
  ORDER BY o.position LIMIT ${limit} FOR UPDATE OF o
), suspended AS (
  UPDATE operation o SET state = ${stateAfter('suspend')}, revision = o.revision + 1, suspended_at = now(), suspension = a.why, create_slot = NULL,
    worker = NULL, lease_until = NULL
  FROM target t, command a WHERE o.id = t.id
  RETURNING o.*, t.state AS was
), backup_row AS (
  UPDATE backup b SET state = ${backupStateAfter('suspend', 's.kind')}, state_seen_at = now(), failure = s.suspension
  FROM suspended s WHERE b.key = s.backup_key AND s.kind = 'create'
), reported AS (
  SELECT s.*, b.backup_id FROM suspended s, LATERAL (SELECT backup_id FROM backup WHERE key = s.backup_key LIMIT 1) b
), ${takeTurn('reported')}
, events AS (
  INSERT INTO event (backup_key, backup_id, operation_id, kind, actor, source, reason, request_id, before, after)
  SELECT t.backup_key, t.backup_id, t.id, 'operation.suspended', a.actor, a.source, a.why ->> 'message', t.request_id,
    jsonb_build_object('operationId', t.id, 'kind', t.kind, 'state', t.was),
    jsonb_strip_nulls(jsonb_build_object('operationId', t.id, 'kind', t.kind, 'state', t.state, 'code', a.why ->> 'code',
      'backup', ${backupStateAfter('suspend', 't.kind')}))
  FROM command a, reported t, ${TURN} ORDER BY t.position
), ${wakeNext('suspended', 'f.suspended_at IS NOT NULL')}`;

const t = columns<'Operation'>('t');

const SUSPENDED_JSON = json({ operationId: t.id, kind: t.kind, backupId: columns<'Backup'>('t').backupId });

const SUSPEND = statement`
WITH command AS (
  SELECT * FROM ${suspensionFrom('$1')}
), ${suspension('$2::int')}
SELECT ${answer(total(list(SUSPENDED_JSON, 't.position'), 'FROM reported t'))}`;

export const suspendOperations =
  (database: Database): SuspensionHistory['suspendOperations'] =>
  async ({ acceptedBefore, ...scope }, { actor, source, why }, limit) => {
    const row = {
      scope: scope.scope,
      for_ms: scope.scope === 'unclaimed' ? scope.forMs : undefined,
      accepted_before: acceptedBefore,
      ...{ actor, source, why },
    };
    return (await database.ask(SUSPEND, storableJson(row), limit)) ?? [];
  };
