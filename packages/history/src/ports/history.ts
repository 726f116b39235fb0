import type { BackupHistory } from './backups.ts';
import type { EventHistory } from './events.ts';
import type { KeyHistory } from './keys.ts';
import type { LabelHistory } from './labels.ts';
import type { OperationLedger } from './ledger.ts';
import type { OperationHistory } from './operations.ts';
import type { ReconciliationHistory } from './reconciliation.ts';
import type { RepositoryHistory } from './repositories.ts';
import type { RestoreHistory } from './restores.ts';
import type { RollbackHistory } from './rollback.ts';
import type { SealHistory } from './seals.ts';
import type { SearchHistory } from './search.ts';
import type { SummaryHistory } from './summary.ts';
import type { SuspensionHistory } from './suspensions.ts';

/*
 * PostgreSQL remembers: every method is one statement, so that it happens wholly or not at all, and every method rejects with
 * HISTORY_UNREACHABLE when the database does not answer within the adapter's time-out, and with nothing else. Times are the
 * database's own.
 */

export interface History
  extends BackupHistory,
    OperationLedger,
    KeyHistory,
    EventHistory,
    OperationHistory,
    RestoreHistory,
    SearchHistory,
    SummaryHistory,
    LabelHistory,
    ReconciliationHistory,
    RepositoryHistory,
    SealHistory,
    SuspensionHistory,
    RollbackHistory {
  /** Resolves when the database answers and has been migrated. */
  check(): Promise<void>;
  close(): Promise<void>;
}
