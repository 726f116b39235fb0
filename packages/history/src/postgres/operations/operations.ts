import type { OperationHistory } from '../../ports/operations.ts';
import type { Database } from '../connection/open-database.ts';
import { attemptsOf } from './attempts-of.ts';
import { cancelOperation } from './cancel-operation.ts';
import { countOperations, findOperation, listOperations } from './list-operations.ts';
import { requestDeletion } from './request-deletion.ts';
import { retryOperation } from './retry-operation.ts';
import { settledCreates } from './settled-creates.ts';
import { snapshotsToDelete } from './snapshots-to-delete.ts';

export const operations = (database: Database): OperationHistory => ({
  listOperations: listOperations(database),
  countOperations: countOperations(database),
  findOperation: findOperation(database),
  attemptsOf: attemptsOf(database),
  retryOperation: retryOperation(database),
  snapshotsToDelete: snapshotsToDelete(database),
  cancelOperation: cancelOperation(database),
  requestDeletion: requestDeletion(database),
  settledCreates: settledCreates(database),
});
