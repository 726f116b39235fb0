import type { SuspensionHistory } from '../../ports/suspensions.ts';
import type { Digest } from '../backups/part-rows.ts';
import type { Database } from '../connection/open-database.ts';
import { endSuspended } from '../ledger/record.ts';
import { releaseOperation } from './release-operation.ts';
import { suspendOperations } from './suspend-operations.ts';
import { suspendedCreates } from './suspended-creates.ts';

export const suspensions = (database: Database, digest: Digest): SuspensionHistory => ({
  suspendOperations: suspendOperations(database),
  releaseOperation: releaseOperation(database),
  suspendedCreates: suspendedCreates(database),
  endSuspended: endSuspended(database, digest),
});
