import type { Reason } from '@tandem/shared/domain/failure/reason.ts';
import type { Command } from '../../ports/events.ts';
import type { Cancelled, NewDeletion } from '../../ports/operations.ts';
import { asHold } from '../backups/backup-json.ts';
import type { Database } from '../connection/open-database.ts';
import { retryLostRace } from '../connection/retry-lost-race.ts';
import { HOLD_JSON, NOT_HELD } from '../labels/held.ts';
import { isActive } from '../ledger/transition-sql.ts';
import { isOperationId } from '../operation-id.ts';
import { isRestore } from '../restores/restore-rows.ts';
import { type AnswerOf, answer, exists, isTrue, json, lookup, statement } from '../sql/statement.ts';
import { commandFrom, commandRow, DUE, END_AND_DELETE, endedRow } from './open-deletion.ts';

const CANCEL = statement`
WITH ${commandFrom('$2', 'sent')}, target AS (
  SELECT o.* FROM operation o
  WHERE o.id = $1::uuid AND o.ended_at IS NULL AND (o.suspended_at IS NOT NULL OR NOT ${isRestore('o')}) FOR UPDATE
), command AS (
  -- it is unknown which snapshots a suspended create has made: they are deleted on explicit request only
  SELECT s.actor, s.reason, s.request_id, s.detail, s.ended,
    CASE WHEN NOT (s.detail -> 'onlyUnfinished')::boolean OR NOT EXISTS (SELECT FROM target WHERE suspended_at IS NOT NULL) THEN s.operation_id END
      AS operation_id
  FROM sent s
), locked AS (
  SELECT b.* FROM backup b WHERE b.key = (SELECT backup_key FROM target)
    AND (${NOT_HELD} OR (SELECT (detail -> 'onlyUnfinished')::boolean FROM command)) FOR UPDATE
), ${END_AND_DELETE}
SELECT ${answer(
  json({
    ended: exists('FROM ended'),
    due: DUE,
    open: isTrue('o.ended_at IS NULL'),
    restore: isTrue(`${isActive('o')} AND ${isRestore('o')}`),
    hold: lookup(HOLD_JSON, 'FROM backup b WHERE b.key = o.backup_key'),
  }),
)}
FROM operation o WHERE o.id = $1::uuid`;

type Answer = AnswerOf<typeof CANCEL>;

/** Undefined: it was ended, or its backup held, concurrently. */
const asCancelled = (answer: Answer | undefined): Cancelled | undefined => {
  if (answer === undefined) return { done: false, why: 'unknown' };
  const { ended, due, open, restore } = answer;
  if (ended) return { done: true, due };
  if (restore) return { done: false, why: 'restore' };
  if (!open) return { done: false, why: 'ended' };
  const hold = asHold(answer.hold);
  return hold && { done: false, why: 'held', hold };
};

export const cancelOperation =
  (database: Database) =>
  async (
    operationId: string,
    command: Command,
    deletion: NewDeletion | undefined,
    report?: Reason,
  ): Promise<Cancelled> => {
    if (!isOperationId(operationId)) return { done: false, why: 'unknown' };
    const row = commandRow(command, deletion, endedRow(command, { report }));
    const cancelled = await retryLostRace(async () => asCancelled(await database.ask(CANCEL, operationId, row)));
    if (cancelled) return cancelled;
    throw new Error(`Operation ${operationId} is open, and cannot be ended.`);
  };
