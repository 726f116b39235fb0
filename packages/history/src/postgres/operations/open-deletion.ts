import { type Cancellation, type Cancelling, cancellation } from '@tandem/shared/domain/operation/cancellation.ts';
import type { OperationKind } from '@tandem/shared/domain/operation/operation.ts';
import type { Command } from '../../ports/events.ts';
import type { NewDeletion } from '../../ports/operations.ts';
import { storableJson } from '../../ports/storable.ts';
import { TURN, takeTurn } from '../events/take-turn.ts';
import { backupStateAfter, stateAfter } from '../ledger/transition-sql.ts';
import { dueFrom, wakeNext } from '../ledger/wake-next.ts';

/*
 * What cancelling and deleting have in common, as CTEs after three of the caller:
 * `command`  who sent it and why, and the requested deletion, if any;
 * `target`  the open operation that ends, locked;
 * `locked`   the backup that a deletion is opened for; none if it may not be deleted: then nothing ends for it either.
 * Locks are taken in the order operation, backup, turn, as everywhere. A deletion that another open operation stands in the way of is
 * refused by the unique index, and with it the complete statement.
 */

export const ONE_OPEN = 'operation_one_open_per_backup';

export const commandRow = (command: Command, deletion: NewDeletion | undefined, ended?: ByKind): string =>
  storableJson({
    actor: command.actor,
    reason: command.reason,
    request_id: command.requestId,
    operation_id: deletion?.operationId,
    ended,
    detail: deletion && {
      keepBackup: deletion.keepBackup,
      onlyUnfinished: deletion.onlyUnfinished,
      deleteDiscovered: deletion.deleteDiscovered,
    },
  });

type ByKind = Readonly<Record<OperationKind, Cancellation>>;

/** Why the open operation ends, whatever its kind. */
export const endedRow = (command: Command, superseding: Pick<Cancelling, 'supersededBy' | 'report'>): ByKind => {
  const of = (kind: OperationKind) => cancellation(kind, { ...command, ...superseding });
  return { create: of('create'), delete: of('delete'), restore: of('restore'), rehearse: of('rehearse') };
};

export const commandFrom = (parameter: string, name = 'command'): string => `${name} AS (
  SELECT * FROM jsonb_to_record(${parameter}::jsonb) AS a(actor jsonb, reason text, request_id text, operation_id uuid, detail jsonb, ended jsonb)
)`;

/** Of a `deletion d`. */
const DELETION_JSON = `(jsonb_build_object('operationId', d.id) || d.detail)`;
const KEEPS_BACKUP = `(d.detail -> 'keepBackup')::boolean`;

export const AT = `to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** Of an operation `t` that ends, as `command a` says. */
const CANCELLED_REASON = `(SELECT jsonb_build_object('code', c.code, 'message', c.before || ${AT} || c.after,
      'data', c.data || jsonb_build_object('at', ${AT}))
    FROM jsonb_to_record(a.ended -> t.kind) AS c(code text, before text, after text, data jsonb))`;

/** `ended`: 0 or 1 row. `deletion`: what was opened. `reported`: the events. `due`: what became due. */
export const END_AND_DELETE = `
ended AS (
  UPDATE operation o SET state = ${stateAfter('cancel')}, revision = o.revision + 1, ended_at = now(), worker = NULL, lease_until = NULL,
    suspended_at = NULL, suspension = NULL, failure = ${CANCELLED_REASON},
    -- its possible snapshots stay: it is unknown what happened after it was suspended
    detail = CASE WHEN t.suspended_at IS NOT NULL AND a.operation_id IS NULL THEN o.detail || '{"abandoned": true}' ELSE o.detail END
  FROM target t, command a WHERE o.id = t.id AND o.ended_at IS NULL AND (a.operation_id IS NULL OR EXISTS (SELECT FROM locked))
  RETURNING o.*, t.state AS was
), backup_row AS (
  UPDATE backup b SET finished_at = CASE WHEN e.kind = 'create' THEN now() ELSE b.finished_at END,
    state = ${backupStateAfter('cancel', 'e.kind')}, state_seen_at = now(), failure = CASE WHEN e.kind = 'create' THEN e.failure ELSE b.failure END
  FROM command a, ended e
  -- earlier versions left the state to the deletion that replaced a create
  WHERE b.key = e.backup_key AND (e.kind = 'create' OR (e.kind = 'delete' AND a.operation_id IS NULL AND b.state = 'IN_PROGRESS'))
  RETURNING b.state
), deletion AS (
  INSERT INTO operation (id, backup_key, kind, lane, request_id, actor, detail)
  SELECT a.operation_id, p.key, 'delete', p.cluster_uuid || '/' || p.repository, a.request_id, a.actor, a.detail
  FROM command a CROSS JOIN locked p LEFT JOIN ended e ON true
  WHERE a.operation_id IS NOT NULL
  RETURNING id, revision, backup_key, detail
), happened AS (
  SELECT 1 AS ordinal, 'operation.cancelled' AS kind, e.id AS operation_id, e.backup_key,
    jsonb_build_object('operationId', e.id, 'kind', e.kind, 'state', e.was) AS before,
    jsonb_strip_nulls(jsonb_build_object('operationId', e.id, 'kind', e.kind, 'state', e.state, 'code', e.failure ->> 'code',
      'cause', e.failure #>> '{data,cause}', 'supersededBy', e.failure #>> '{data,supersededBy}', 'backup', (SELECT state FROM backup_row))) AS after
  FROM ended e
  UNION ALL
  SELECT 2, 'backup.cancelled', e.id, e.backup_key, NULL, jsonb_strip_nulls(jsonb_build_object('operationId', e.id, 'state', ${backupStateAfter('cancel', 'e.kind')},
    'cleanup', (SELECT ${DELETION_JSON} FROM deletion d WHERE ${KEEPS_BACKUP})))
  FROM ended e WHERE e.kind = 'create'
  UNION ALL
  SELECT 3, 'backup.delete-requested', d.id, d.backup_key, NULL, ${DELETION_JSON} FROM deletion d
  -- nobody requested the deletion of a backup whose create was cancelled
  WHERE NOT (${KEEPS_BACKUP} AND EXISTS (SELECT FROM ended e WHERE e.kind = 'create'))
), reported AS (
  SELECT h.*, b.backup_id FROM happened h, LATERAL (SELECT backup_id FROM backup WHERE key = h.backup_key LIMIT 1) b
), ${takeTurn('reported')}
, events AS (
  INSERT INTO event (backup_key, backup_id, operation_id, kind, actor, source, reason, request_id, before, after)
  SELECT t.backup_key, t.backup_id, t.operation_id, t.kind, a.actor, 'api', a.reason, a.request_id, t.before, t.after
  FROM command a, reported t, ${TURN} ORDER BY t.ordinal
), ${wakeNext('ended')}
, due AS (
  SELECT id, revision FROM deletion UNION ALL SELECT id, revision FROM next
)`;

export const DUE = dueFrom('due');
