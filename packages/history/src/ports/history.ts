import type { ApiKeyHistory } from './api-keys.ts';
import type { BackupHistory } from './backups.ts';
import type { DatabaseInspection, DoctorHistory } from './doctor.ts';
import type { EventHistory } from './events.ts';
import type { KeyHistory } from './keys.ts';
import type { LabelHistory } from './labels.ts';
import type { OperationLedger } from './ledger.ts';
import type { OperationHistory } from './operations.ts';
import type { PlanHistory } from './plans.ts';
import type { ReconciliationHistory } from './reconciliation.ts';
import type { RepositoryHistory } from './repositories.ts';
import type { RestoreHistory } from './restores.ts';
import type { RollbackHistory } from './rollback.ts';
import type { SealHistory } from './seals.ts';
import type { SearchHistory } from './search.ts';
import type { StatusHistory } from './status.ts';
import type { SummaryHistory } from './summary.ts';
import type { SuspensionHistory } from './suspensions.ts';
import type { VersionHistory } from './versions.ts';

/*
 * What every port of the history promises. A method is one statement: it takes effect completely or not at all. It rejects with
 * HISTORY_UNREACHABLE if the database does not answer within the adapter's time-out or refuses the statement; `outcome: 'unknown'` in its data
 * says that a write may have taken effect. VALUE_REFUSED: the database cannot store a value. It rejects with nothing else but the codes that a
 * method names. Times are those of the database. A `limit` is the maximum number of items returned.
 */

export interface History
  extends BackupHistory,
    OperationLedger,
    KeyHistory,
    EventHistory,
    OperationHistory,
    RestoreHistory,
    PlanHistory,
    SearchHistory,
    SummaryHistory,
    StatusHistory,
    LabelHistory,
    ReconciliationHistory,
    RepositoryHistory,
    SealHistory,
    SuspensionHistory,
    VersionHistory,
    RollbackHistory,
    DoctorHistory,
    ApiKeyHistory,
    DatabaseInspection {
  /** Resolves if the database answers, has all migrations and accepts writes. HISTORY_UNREACHABLE otherwise; its message says what to do. */
  check(): Promise<void>;
  /** Closes the connections, once the calls under way have ended. No method may be called afterwards. */
  close(): Promise<void>;
}
