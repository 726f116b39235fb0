import type { OperationRecord } from '../../ports/operations.ts';
import type { Database } from '../open-database.ts';
import { isOperationId } from '../operation-id.ts';
import { asOperationRecord, OPERATION_JSON, type OperationJson } from './operation-json.ts';

const FIND = `SELECT ${OPERATION_JSON} AS answer FROM operation o JOIN backup b ON b.key = o.backup_key WHERE o.id = $1::uuid`;

export const findOperation =
  (database: Database) =>
  async (operationId: string): Promise<OperationRecord | undefined> => {
    if (!isOperationId(operationId)) return undefined;
    const json = await database.ask<OperationJson>(FIND, operationId);
    return json && asOperationRecord(json);
  };
