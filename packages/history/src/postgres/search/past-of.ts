import type { BackupPast, SearchHistory } from '../../ports/search.ts';
import type { Database } from '../connection/open-database.ts';
import { ATTEMPT_JSON, type AttemptJson, asAttemptRecord } from '../operations/attempts-of.ts';
import { asRestoreRecord, isRestore, RESTORE_JSON, type RestoreJson } from '../restores/restore-rows.ts';

// The operations of a backup are few: they are read by their own index first.
const PAST = `
SELECT jsonb_build_object(
  'attempts', (
    SELECT coalesce(jsonb_agg(${ATTEMPT_JSON} || jsonb_build_object('operationId', o.id, 'kind', o.kind) ORDER BY a.id), '[]')
    FROM operation o JOIN attempt a ON a.operation_id = o.id WHERE o.backup_key = $1::bigint
  ),
  'restores', (
    SELECT coalesce(jsonb_agg(${RESTORE_JSON} ORDER BY o.position DESC), '[]')
    FROM operation o JOIN backup b ON b.key = o.backup_key WHERE o.backup_key = $1::bigint AND ${isRestore('o')}
  )
) AS answer`;

type PastJson = {
  readonly attempts: readonly (AttemptJson & Pick<BackupPast['attempts'][number], 'operationId' | 'kind'>)[];
  readonly restores: readonly RestoreJson[];
};

export const pastOf =
  (database: Database): SearchHistory['pastOf'] =>
  async (backupKey) => {
    const { attempts = [], restores = [] } = (await database.ask<PastJson>(PAST, backupKey)) ?? {};
    return {
      attempts: attempts.map(({ operationId, kind, ...attempt }) => ({
        ...asAttemptRecord(attempt),
        operationId,
        kind,
      })),
      restores: restores.map(asRestoreRecord),
    };
  };
