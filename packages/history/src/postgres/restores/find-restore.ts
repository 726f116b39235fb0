import type { RestoreRecord } from '../../ports/restores.ts';
import type { Database } from '../open-database.ts';
import { isOperationId } from '../operation-id.ts';
import { asRestoreRecord, isRestore, RESTORE_JSON, type RestoreJson } from './restore-rows.ts';

const FIND = `
SELECT ${RESTORE_JSON} AS answer FROM operation o JOIN backup b ON b.key = o.backup_key WHERE o.id = $1::uuid AND ${isRestore('o')}`;

export const findRestore =
  (database: Database) =>
  async (operationId: string): Promise<RestoreRecord | undefined> => {
    if (!isOperationId(operationId)) return undefined;
    const json = await database.ask<RestoreJson>(FIND, operationId);
    return json && asRestoreRecord(json);
  };
