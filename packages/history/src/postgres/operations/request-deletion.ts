import type { Command } from '../../ports/events.ts';
import type { DeletionRequested, NewDeletion } from '../../ports/operations.ts';
import { asHold } from '../backups/backup-json.ts';
import type { Database } from '../connection/open-database.ts';
import { retryLostRace } from '../connection/retry-lost-race.ts';
import { HOLD_JSON, NOT_HELD } from '../labels/held.ts';
import { type AnswerOf, answer, columns, exists, isTrue, json, lookup, statement } from '../sql/statement.ts';
import { commandFrom, commandRow, DUE, END_AND_DELETE, endedRow, ONE_OPEN } from './open-deletion.ts';

const o = columns<'Operation'>('o');

// Waits for the blocking operation before the backup is locked. A deletion that keeps the backup is replaced by one that does not.
const DELETE = statement`
WITH ${commandFrom('$2')}, open_one AS (
  SELECT o.* FROM operation o WHERE o.backup_key = $1::bigint AND o.ended_at IS NULL FOR UPDATE
), target AS (
  SELECT o.* FROM open_one o, command a
  WHERE o.kind = 'create'
    OR (o.kind = 'delete' AND (o.detail -> 'keepBackup')::boolean AND NOT (a.detail -> 'keepBackup')::boolean)
), locked AS (
  SELECT b.* FROM backup b
  WHERE (SELECT count(*) FROM open_one) = (SELECT count(*) FROM target) AND b.key = $1::bigint AND b.deleted_at IS NULL
    AND ${NOT_HELD} FOR UPDATE
), ${END_AND_DELETE}
SELECT ${answer(
  json({
    deleted: isTrue('b.deleted_at IS NOT NULL'),
    hold: HOLD_JSON,
    accepted: exists('FROM deletion'),
    cancelled: lookup(o.id, 'FROM ended o'),
    due: DUE,
    inTheWay: lookup(
      json({ kind: o.kind, operationId: o.id }),
      'FROM open_one o WHERE o.id NOT IN (SELECT id FROM target)',
    ),
  }),
)}
FROM backup b WHERE b.key = $1::bigint`;

type Answer = AnswerOf<typeof DELETE>;

/** Undefined: another process opened or ended an operation concurrently. */
const asRequested = (answer: Answer | undefined): DeletionRequested | undefined => {
  if (answer === undefined) return { accepted: false, why: 'unknown' };
  const { accepted, due, cancelled, deleted, inTheWay } = answer;
  if (accepted) return { accepted, due, cancelled: cancelled ?? undefined };
  if (deleted) return { accepted, why: 'deleted' };
  const hold = asHold(answer.hold);
  if (hold !== undefined) return { accepted, why: 'held', hold };
  if (inTheWay === null) return undefined;
  return { accepted, why: inTheWay.kind === 'delete' ? 'deleting' : 'busy', operationId: inTheWay.operationId };
};

export const requestDeletion =
  (database: Database) =>
  async (backupKey: string, command: Command, deletion: NewDeletion): Promise<DeletionRequested> => {
    const row = commandRow(command, deletion, endedRow(command, { supersededBy: deletion.operationId }));
    const requested = await retryLostRace(
      async () => asRequested(await database.ask(DELETE, backupKey, row)),
      ONE_OPEN,
    );
    if (requested) return requested;
    throw new Error(`Backup ${backupKey} has neither a deletion nor an operation that blocks it.`);
  };
