import type { SuspensionHistory } from '../../ports/suspensions.ts';
import type { Database } from '../connection/open-database.ts';
import { isSuspended } from '../ledger/transition-sql.ts';
import { reopen, reopenSql } from '../operations/reopen-operation.ts';
import { forbidsCreates, isRestore } from '../restores/restore-rows.ts';
import { type AnswerOf, isTrue } from '../sql/statement.ts';

const RELEASE = reopenSql({
  transition: 'release',
  event: 'operation.released',
  which: `${isSuspended('o')} AND NOT ${isRestore('o')}`,
  inTheWay: `SELECT r.id FROM target t, LATERAL (SELECT cluster_uuid FROM backup WHERE key = t.backup_key LIMIT 1) b, operation r
  WHERE t.kind = 'create' AND ${forbidsCreates('b.cluster_uuid', "t.detail ->> 'safetyOf'")}`,
  backupCondition: 'true',
  change: 'suspended_at = NULL, suspension = NULL',
  code: `t.suspension ->> 'code'`,
  backup: 'failure = NULL',
  more: { suspended: isTrue(isSuspended('o')), restore: isTrue(isRestore('o')) },
});

type Against = AnswerOf<typeof RELEASE>;

const refusal = ({ suspended, restore }: Against) => {
  if (!suspended) return 'not-suspended' as const;
  return restore ? ('restore' as const) : undefined;
};

export const releaseOperation =
  (database: Database): SuspensionHistory['releaseOperation'] =>
  async (operationId, { actor, reason, requestId }) => {
    const released = await reopen(database, RELEASE, operationId, { actor, reason, requestId }, refusal);
    if (released) return released;
    throw new Error(`Operation ${operationId} is SUSPENDED, and cannot be released.`);
  };
