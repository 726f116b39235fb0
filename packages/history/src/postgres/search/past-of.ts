import type { SearchHistory } from '../../ports/search.ts';
import type { Database } from '../connection/open-database.ts';
import { ATTEMPT_JSON, asAttemptRecord } from '../operations/attempts-of.ts';
import { asRestoreRecord, isRestore, RESTORE_JSON } from '../restores/restore-rows.ts';
import { answer, columns, json, list, merged, statement, total } from '../sql/statement.ts';

const o = columns<'Operation'>('o');

// The operations of a backup are few: they are read by their own index first.
const PAST = statement`
SELECT ${answer(
  json({
    attempts: total(
      list(merged(ATTEMPT_JSON, json({ operationId: o.id, kind: o.kind })), 'a.id'),
      'FROM operation o JOIN attempt a ON a.operation_id = o.id WHERE o.backup_key = $1::bigint',
    ),
    restores: total(
      list(RESTORE_JSON, 'o.position DESC'),
      `FROM operation o JOIN backup b ON b.key = o.backup_key WHERE o.backup_key = $1::bigint AND ${isRestore('o')}`,
    ),
  }),
)}`;

export const pastOf =
  (database: Database): SearchHistory['pastOf'] =>
  async (backupKey) => {
    const { attempts = [], restores = [] } = (await database.ask(PAST, backupKey)) ?? {};
    return {
      attempts: attempts.map(({ operationId, kind, ...attempt }) => ({
        ...asAttemptRecord(attempt),
        operationId,
        kind,
      })),
      restores: restores.map(asRestoreRecord),
    };
  };
