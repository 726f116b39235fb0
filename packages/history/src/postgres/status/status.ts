import type { Reason } from '@tandem/shared/domain/failure/reason.ts';
import type { OperationEnd } from '@tandem/shared/domain/operation/operation.ts';
import type { PresenceCounts } from '@tandem/shared/domain/reconciliation/reconciliation.ts';
import type { StatusFigures, StatusHistory } from '../../ports/status.ts';
import type { Database } from '../connection/open-database.ts';
import { HAS_PASSED } from '../ledger/due-rows.ts';
import { answer, columns, count, given, json, list, lookup, sql, statement } from '../sql/statement.ts';

const MAX_COUNTED = 100;

const b = columns<'Backup'>('b');
const o = columns<'Operation'>('o');
const ageMs = (time: string) => sql<number>(`greatest(0, round(extract(epoch FROM now() - ${time}) * 1000))::float8`);
// finished_at IS NOT NULL: in descending order nulls would come first
const LIVING = 'b.deleted_at IS NULL AND b.safety_of IS NULL AND b.finished_at IS NOT NULL';
const completed = (limit: string) =>
  `SELECT * FROM backup b WHERE b.state = 'COMPLETED' AND ${LIVING} ORDER BY b.finished_at DESC, b.key DESC LIMIT ${limit}`;
const provenAt = sql<string>(`b.proof ->> 'at'`);

const STATUS = statement`SELECT ${answer(
  json({
    completed: sql<readonly Completed[]>(
      `(SELECT ${list(
        json({
          ...{ backupId: b.backupId, optimizeVersion: b.optimizeVersion },
          ...{ endedAt: given(b.finishedAt), ageMs: ageMs('b.finished_at') },
        }),
        'b.finished_at DESC, b.key DESC',
      )} FROM (${completed('$1::int')}) b)`,
    ),
    proven: lookup(
      json({ backupId: b.backupId, provenAt, ageMs: ageMs(`(${provenAt})::timestamptz`) }),
      `FROM backup b WHERE b.deleted_at IS NULL AND b.proof IS NOT NULL AND b.safety_of IS NULL
        ORDER BY b.requested_at DESC, b.key DESC LIMIT 1`,
    ),
    failed: lookup(
      json({
        backupId: sql<string>('(array_agg(f.backup_id ORDER BY f.finished_at DESC, f.key DESC))[1]'),
        count: count(),
      }),
      `FROM (SELECT * FROM backup b WHERE b.state = 'FAILED' AND ${LIVING}
        AND b.finished_at >= coalesce((SELECT c.finished_at FROM (${completed('1')}) c), '-infinity')
        AND NOT EXISTS (SELECT FROM (${completed('1')}) c WHERE (c.finished_at, c.key) > (b.finished_at, b.key))
        ORDER BY b.finished_at DESC, b.key DESC LIMIT ${MAX_COUNTED}) f HAVING count(*) > 0`,
    ),
    lastRestore: lookup(
      json({
        ...{ operationId: o.id, backupId: b.backupId, state: sql<OperationEnd>(o.state) },
        failure: sql<Reason | null>(o.failure),
      }),
      `FROM (SELECT e.* FROM unnest('{SUCCEEDED,FAILED,CANCELLED}'::text[]) s, LATERAL (
          SELECT * FROM operation WHERE ended_at IS NOT NULL AND state = s AND kind = 'restore' ORDER BY position DESC LIMIT 1
        ) e ORDER BY e.position DESC LIMIT 1) o JOIN backup b ON b.key = o.backup_key`,
    ),
    parts: lookup(
      sql<PresenceCounts>(`r.result -> 'parts'`),
      `FROM reconciliation r WHERE ${HAS_PASSED('r.ended_at')} ORDER BY r.ended_at DESC LIMIT 1`,
    ),
  }),
)}`;

type Completed = {
  readonly backupId: string;
  readonly optimizeVersion: string;
  readonly endedAt: string;
  readonly ageMs: number;
};

export const status = (database: Database): StatusHistory => ({
  statusFigures: async (limit): Promise<StatusFigures> => {
    const found = await database.ask(STATUS, limit);
    return {
      completed: (found?.completed ?? []).map((one) => ({ ...one, endedAt: new Date(one.endedAt) })),
      proven: found?.proven ? { ...found.proven, provenAt: new Date(found.proven.provenAt) } : undefined,
      failed: found?.failed ?? undefined,
      lastRestore: found?.lastRestore
        ? { ...found.lastRestore, failure: found.lastRestore.failure ?? undefined }
        : undefined,
      parts: found?.parts ?? undefined,
    };
  },
});
