import { BACKUP_STATES, type BackupState } from '@tandem/shared/domain/backup/backup.ts';
import { storableJson } from '../../ports/storable.ts';
import type { HistoryFigures } from '../../ports/summary.ts';
import type { Database } from '../connection/open-database.ts';
import { HAS_PASSED, IS_TOO_FAR_AHEAD } from '../ledger/due-rows.ts';
import { UNSEALED_FIGURES } from '../seals/unsealed-events.ts';
import { answer, sql, statement } from '../sql/statement.ts';

// With cached counts, nothing is counted.
const FIGURES_JSON = sql<Answer>(`jsonb_build_object(
  'backups', coalesce($1::jsonb, (
    SELECT coalesce(jsonb_object_agg(state, backups), '{}')
    FROM (SELECT state, count(*) AS backups FROM backup WHERE deleted_at IS NULL AND safety_of IS NULL GROUP BY state) s
  )),
  'lastCompletedAgeSeconds', (
    SELECT extract(epoch FROM now() - max(finished_at)) FROM backup
    WHERE deleted_at IS NULL AND safety_of IS NULL AND state = 'COMPLETED'
  ),
  'lastFullProofAgeSeconds', (
    SELECT extract(epoch FROM now() - max((proof ->> 'at')::timestamptz)) FROM backup WHERE deleted_at IS NULL AND proof IS NOT NULL
  ),
  'openOperations', (
    SELECT coalesce(jsonb_agg(jsonb_build_object('kind', kind, 'state', state, 'errorClass', class, 'count', operations,
        'oldestSeconds', extract(epoch FROM now() - oldest))
      ORDER BY kind, state, class), '[]')
    FROM (
      SELECT kind, state, coalesce(error_class, 'none') AS class, count(*) AS operations, min(requested_at) AS oldest
      FROM operation WHERE ended_at IS NULL GROUP BY 1, 2, 3
    ) o
  ),
  'oldestDueSeconds', (
    SELECT extract(epoch FROM max(CASE WHEN next_tick_at <= now() THEN now() - next_tick_at
      ELSE next_tick_at - make_interval(secs => wait_ms / 1000) - now() END)) FROM operation
    WHERE ended_at IS NULL AND suspended_at IS NULL AND (next_tick_at <= now() OR ${IS_TOO_FAR_AHEAD('operation')})
      AND (lease_until IS NULL OR lease_until <= now())
  ),
  'oldestSuspendedSeconds', (
    SELECT extract(epoch FROM now() - min(suspended_at)) FROM operation WHERE ended_at IS NULL AND suspended_at IS NOT NULL
  ),
  'reconciliation', (
    SELECT jsonb_build_object('parts', result -> 'parts', 'ageSeconds', extract(epoch FROM now() - ended_at),
      'unreadRepositories', jsonb_array_length(jsonb_path_query_array(result, '$.repositories[*] ? (exists(@.unread))')))
    FROM reconciliation WHERE ${HAS_PASSED('ended_at')} ORDER BY ended_at DESC LIMIT 1
  ),
  'lastCompleteReconciliationSeconds', (SELECT extract(epoch FROM now() - max(ended_at)) FROM reconciliation WHERE complete AND ${HAS_PASSED('ended_at')}),
  'changedRepositories', (SELECT count(*) FROM changed_repository WHERE accepted_at IS NULL),
  'partDurations', (
    SELECT coalesce(jsonb_agg(jsonb_build_object('part', number, 'count', parts, 'p50Seconds', p50, 'p95Seconds', p95)
      ORDER BY number), '[]')
    FROM (
      SELECT number, count(*) AS parts, percentile_cont(0.5) WITHIN GROUP (ORDER BY took) AS p50,
        percentile_cont(0.95) WITHIN GROUP (ORDER BY took) AS p95
      FROM (
        SELECT number, extract(epoch FROM ended_at - started_at)::float8 AS took FROM part p
        WHERE state = 'SUCCESS' AND ended_at > now() - interval '24 hours' AND started_at IS NOT NULL
          AND NOT EXISTS (SELECT FROM backup b WHERE b.key = p.backup_key AND b.safety_of IS NOT NULL)
      ) t GROUP BY number
    ) d
  ),
  'seals', ${UNSEALED_FIGURES}
)`);

const FIGURES = statement`SELECT ${answer(FIGURES_JSON)}`;

type Answer = {
  readonly backups: Readonly<Partial<Record<BackupState, number>>>;
  readonly lastCompletedAgeSeconds: number | null;
  readonly lastFullProofAgeSeconds: number | null;
  readonly openOperations: HistoryFigures['openOperations'];
  readonly oldestDueSeconds: number | null;
  readonly oldestSuspendedSeconds: number | null;
  readonly reconciliation: NonNullable<HistoryFigures['reconciliation']> | null;
  readonly lastCompleteReconciliationSeconds: number | null;
  readonly changedRepositories: number;
  readonly partDurations: HistoryFigures['partDurations'];
  readonly seals: { readonly unsealed: number; readonly oldestSeconds: number | null };
};

/** Every state has a number, even if no backup has it. */
const byState = (backups: Answer['backups']): HistoryFigures['backups'] =>
  Object.fromEntries(BACKUP_STATES.map((state) => [state, backups[state] ?? 0])) as Record<BackupState, number>;

/** Counts that take only a few milliseconds are not cached. */
const FEW = 100_000;
const MS_PER_BACKUP = 1 / 100;

/**
 * How long counts are cached, as a multiple of their duration: counting five million takes half a second, so they are counted every 50
 * seconds, and counting uses at most 1% of one processor.
 */
export const keptMs = (backups: Answer['backups']): number => {
  const all = Object.values(backups).reduce((sum, count) => sum + count, 0);
  return all < FEW ? 0 : all * MS_PER_BACKUP;
};

type Counted = { readonly backups: Answer['backups']; readonly until: number };

/** `now`: monotonic milliseconds. */
export const figures = (database: Database, now = () => performance.now()) => {
  let counted: Counted | undefined;
  return async (): Promise<HistoryFigures> => {
    const readAt = now();
    const kept = counted !== undefined && readAt < counted.until ? counted.backups : undefined;
    const found = await database.ask(FIGURES, kept === undefined ? null : storableJson(kept));
    if (kept === undefined && found) counted = { backups: found.backups, until: readAt + keptMs(found.backups) };
    return asFigures(found);
  };
};

const asFigures = (found: Answer | undefined): HistoryFigures => ({
  backups: byState(found?.backups ?? {}),
  lastCompletedAgeSeconds: found?.lastCompletedAgeSeconds ?? undefined,
  lastFullProofAgeSeconds: found?.lastFullProofAgeSeconds ?? undefined,
  openOperations: found?.openOperations ?? [],
  oldestDueSeconds: found?.oldestDueSeconds ?? undefined,
  oldestSuspendedSeconds: found?.oldestSuspendedSeconds ?? undefined,
  reconciliation: found?.reconciliation ?? undefined,
  lastCompleteReconciliationSeconds: found?.lastCompleteReconciliationSeconds ?? undefined,
  changedRepositories: found?.changedRepositories ?? 0,
  partDurations: found?.partDurations ?? [],
  unsealedEvents: found?.seals.unsealed ?? 0,
  oldestUnsealedSeconds: found?.seals.oldestSeconds ?? undefined,
});
