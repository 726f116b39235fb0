import type { Hold } from '@tandem/shared/domain/backup/hold.ts';
import { transitions } from '@tandem/shared/domain/operation/transitions.ts';
import type { Command } from '../../ports/events.ts';
import type { DueOperation } from '../../ports/ledger.ts';
import { asHold } from '../backups/backup-json.ts';
import type { Database } from '../connection/open-database.ts';
import { retryLostRace } from '../connection/retry-lost-race.ts';
import { TURN, takeTurn } from '../events/take-turn.ts';
import { HOLD_JSON, NOT_HELD } from '../labels/held.ts';
import { backupStateAfter, stateAfter } from '../ledger/transition-sql.ts';
import { isOperationId } from '../operation-id.ts';
import { ONE_RESTORE } from '../restores/restore-rows.ts';
import {
  answer,
  columns,
  exists,
  json,
  lookup,
  merged,
  type Sql,
  type Statement,
  statement,
  type ValueOf,
} from '../sql/statement.ts';
import { commandFrom, commandRow, ONE_OPEN } from './open-deletion.ts';

/** Whether operation `t` deletes nothing that was backed up. */
const TAKES_NOTHING = `(t.kind <> 'delete' OR coalesce((t.detail -> 'onlyUnfinished')::boolean, false))`;

type Names = Readonly<Record<string, Sql<unknown>>>;

/** How an operation is put back into the queue, in SQL. */
type Reopening<More extends Names> = {
  readonly transition: 'retry' | 'release';
  readonly event: 'operation.retried' | 'operation.released';
  /** Which operations `o` are put back. */
  readonly which: string;
  /** Ids of operations that forbid it; of the operation, `target t`. */
  readonly inTheWay: string;
  /** Of its backup `b`. */
  readonly backupCondition: string;
  /** Columns of `operation o` that change, in addition to those that always do; and its code before, of `t`. */
  readonly change: string;
  readonly code: string;
  /** Columns of a create's `backup` that change, in addition. */
  readonly backup: string;
  /** Additional fields of the result, over `operation o`. */
  readonly more: More;
};

const RESULT_JSON = json({
  revision: lookup(columns<'Operation'>().revision, 'FROM reopened'),
  busy: exists('FROM in_the_way'),
  hold: lookup(HOLD_JSON, `FROM backup b, target t WHERE b.key = t.backup_key AND NOT ${TAKES_NOTHING}`),
});

/** $1: the operation's id, $2: who asks. */
export const reopenSql = <More extends Names>({
  transition,
  event,
  which,
  inTheWay,
  backupCondition,
  change,
  code,
  backup,
  more,
}: Reopening<More>) => statement`
WITH ${commandFrom('$2')}, target AS (
  SELECT o.* FROM operation o WHERE o.id = $1::uuid AND ${which} FOR UPDATE
), in_the_way AS (
  ${inTheWay}
), locked AS (
  SELECT b.key, b.backup_id FROM backup b
  WHERE b.key = (SELECT backup_key FROM target WHERE NOT EXISTS (SELECT FROM in_the_way)) AND ${backupCondition}
    AND (${NOT_HELD} OR (SELECT ${TAKES_NOTHING} FROM target t)) FOR UPDATE
), reopened AS (
  UPDATE operation o SET state = ${stateAfter(transition)}, revision = o.revision + 1, trigger = 'person', next_tick_at = now(), wait_ms = 0,
    failed_tries = 0, failing_since = NULL, error_class = NULL, ${change}
  FROM target t WHERE o.id = t.id AND EXISTS (SELECT FROM locked)
  RETURNING o.*, ${code} AS code
), backup_row AS (
  UPDATE backup SET state = ${backupStateAfter(transition, "'create'")}, state_seen_at = now(), ${backup}
  WHERE key = (SELECT backup_key FROM reopened WHERE kind = 'create')
), ${takeTurn('locked')}
, events AS (
  INSERT INTO event (backup_key, backup_id, operation_id, kind, actor, source, reason, request_id, before, after)
  SELECT p.key, p.backup_id, r.id, '${event}', a.actor, 'api', a.reason, a.request_id,
    jsonb_strip_nulls(jsonb_build_object('operationId', r.id, 'kind', r.kind, 'state', '${transitions[transition].from[0]}', 'code', r.code)),
    jsonb_strip_nulls(jsonb_build_object('operationId', r.id, 'kind', r.kind, 'state', r.state,
      'backup', ${backupStateAfter(transition, 'r.kind')}))
  FROM command a, locked p, reopened r, ${TURN}
)
SELECT ${answer(merged(json(more), RESULT_JSON))}
FROM operation o WHERE o.id = $1::uuid`;

type Reopened<Why> =
  | { readonly done: true; readonly operation: DueOperation }
  | { readonly done: false; readonly why: Why | 'unknown' | 'busy' }
  | { readonly done: false; readonly why: 'held'; readonly hold: Hold };

type Result = ValueOf<typeof RESULT_JSON>;

/** Undefined: another process was faster. `refusal`: other reasons against it. */
const asReopened = <Why, More>(
  operationId: string,
  answer: (More & Result) | undefined,
  refusal: (answer: More) => Why | undefined,
): Reopened<Why> | undefined => {
  if (answer === undefined) return { done: false, why: 'unknown' };
  if (answer.revision !== null) return { done: true, operation: { operationId, revision: answer.revision } };
  const why = refusal(answer);
  if (why !== undefined) return { done: false, why };
  const hold = asHold(answer.hold);
  if (hold !== undefined) return { done: false, why: 'held', hold };
  return answer.busy ? { done: false, why: 'busy' } : undefined;
};

/** Undefined: others were faster each time. */
export const reopen = async <Why, More>(
  database: Database,
  reopening: Statement<More & Result>,
  operationId: string,
  command: Command,
  refusal: (answer: More) => Why | undefined,
): Promise<Reopened<Why> | undefined> => {
  if (!isOperationId(operationId)) return { done: false, why: 'unknown' };
  const row = commandRow(command, undefined);
  return retryLostRace(
    async () => asReopened(operationId, await database.ask(reopening, operationId, row), refusal),
    ONE_OPEN,
    ONE_RESTORE,
  );
};
