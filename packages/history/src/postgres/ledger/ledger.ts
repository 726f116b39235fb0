import type { OperationLedger } from '../../ports/ledger.ts';
import type { Digest } from '../backups/part-rows.ts';
import type { Database } from '../connection/open-database.ts';
import { claim } from './claim.ts';
import { endLease, farLeases, renew, takeLease } from './leases.ts';
import { overdue } from './overdue.ts';
import { record } from './record.ts';

export const ledger = (database: Database, digest: Digest): OperationLedger => ({
  claim: claim(database),
  renew: renew(database),
  record: record(database, digest),
  overdue: overdue(database),
  takeLease: takeLease(database),
  farLeases: farLeases(database),
  endLease: endLease(database),
});
