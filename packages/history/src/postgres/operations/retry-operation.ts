import type { Command } from '../../ports/events.ts';
import type { Retried } from '../../ports/operations.ts';
import type { Database } from '../connection/open-database.ts';
import { isActive } from '../ledger/transition-sql.ts';
import { type AnswerOf, isTrue, lookup } from '../sql/statement.ts';
import { reopen, reopenSql } from './reopen-operation.ts';

/** Whether operation `o` is a restore that deletes indices. */
const DELETES_INDICES = `(o.kind = 'restore' AND o.detail #> '{task,deletes,0}' IS NOT NULL)`;

const RETRY = reopenSql({
  transition: 'retry',
  event: 'operation.retried',
  which: `o.state = 'FAILED' AND NOT ${DELETES_INDICES}`,
  inTheWay: `SELECT o.id FROM operation o, target t WHERE o.backup_key = t.backup_key AND o.ended_at IS NULL
  UNION ALL
  SELECT r.id FROM target t, LATERAL (SELECT cluster_uuid FROM backup WHERE key = t.backup_key LIMIT 1) b, operation r
  WHERE r.restore_cluster = CASE t.kind WHEN 'restore' THEN t.restore_cluster WHEN 'create' THEN b.cluster_uuid END
    AND ${isActive('r')} AND (t.kind = 'restore' OR (r.detail -> 'inPlace')::boolean)`,
  backupCondition: 'b.deleted_at IS NULL',
  change: `create_slot = NULL, failure = NULL, ended_at = NULL,
    detail = CASE WHEN o.kind IN ('restore', 'rehearse') THEN o.detail || jsonb_build_object('progressAt', now()) ELSE o.detail END`,
  code: `t.failure ->> 'code'`,
  backup: 'finished_at = NULL, failure = NULL',
  more: {
    failed: isTrue("o.state = 'FAILED'"),
    deletesIndices: isTrue(DELETES_INDICES),
    deleted: lookup(isTrue('b.deleted_at IS NOT NULL'), 'FROM backup b WHERE b.key = o.backup_key'),
  },
});

type Against = AnswerOf<typeof RETRY>;

const refusal = ({ failed, deletesIndices, deleted }: Against) => {
  if (!failed) return 'not-failed' as const;
  if (deletesIndices) return 'deletes-indices' as const;
  return deleted ? ('deleted' as const) : undefined;
};

export const retryOperation =
  (database: Database) =>
  async (operationId: string, command: Command): Promise<Retried> =>
    (await reopen(database, RETRY, operationId, command, refusal)) ?? { done: false, why: 'busy' };
