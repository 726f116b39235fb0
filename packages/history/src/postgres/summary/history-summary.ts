import { BACKUP_STATES } from '@tandem/shared/domain/backup/backup.ts';
import { CANCELLED_CODE } from '@tandem/shared/domain/operation/cancellation.ts';
import type {
  HistorySummary,
  PastRestore,
  Percentiles,
  PeriodFigures,
  Recovery,
  SummaryHistory,
} from '../../ports/summary.ts';
import type { Database } from '../connection/open-database.ts';
import { BYTES } from '../search/backup-clauses.ts';
import { answer, sql, statement } from '../sql/statement.ts';

const COMPLETED = `b.state = 'COMPLETED'`;
// The index of figures holds no safety backup either.
const LIVING = `${COMPLETED} AND b.deleted_at IS NULL AND b.safety_of IS NULL AND b.finished_at IS NOT NULL`;

const percentiles = (value: string): string =>
  `percentile_cont(ARRAY[0.5, 0.95]) WITHIN GROUP (ORDER BY ${value}) FILTER (WHERE ${value} IS NOT NULL)`;

const COMPLETED_JSON = `jsonb_build_object('backupId', b.backup_id, 'endedAt', b.finished_at,
  'ageMs', extract(epoch FROM now() - b.finished_at) * 1000)`;

const PAST = `jsonb_build_object('operationId', o.id, 'backupId', b.backup_id, 'endedAt', o.ended_at,
  'durationMs', extract(epoch FROM o.ended_at - o.requested_at) * 1000)`;

const lastOf = (kind: string): string => `(
  SELECT ${PAST} FROM (
    SELECT * FROM operation WHERE kind IN ('restore', 'rehearse') AND state = 'SUCCEEDED' AND kind = '${kind}'
    ORDER BY ended_at DESC, position DESC LIMIT 1
  ) o JOIN backup b ON b.key = o.backup_key)`;

const RESTORED = `operation o JOIN backup b ON b.key = o.backup_key
  WHERE o.kind IN ('restore', 'rehearse') AND o.state = 'SUCCEEDED' AND o.ended_at >= $2::timestamptz AND o.ended_at < $3::timestamptz`;

const SUMMARY_JSON = sql<Answer>(`jsonb_build_object(
  'periods', coalesce((SELECT periods FROM summarized WHERE complete), '[]'),
  'recovery', jsonb_build_object(
    'lastCompleted', (SELECT ${COMPLETED_JSON} FROM backup b WHERE ${LIVING} ORDER BY b.finished_at DESC, b.key DESC LIMIT 1),
    'lastRestore', ${lastOf('restore')}, 'lastRehearsal', ${lastOf('rehearse')}),
  'versions', (
    SELECT coalesce(jsonb_agg(jsonb_build_object('optimizeVersion', v.version,
      'periods', coalesce((SELECT t.periods FROM summarized t WHERE NOT t.complete AND t.version = v.version), '[]'),
      'recovery', jsonb_build_object(
        'lastCompleted', (SELECT c.last FROM completed c WHERE c.version = v.version),
        'lastRestore', (SELECT r.last FROM restored r WHERE r.version = v.version AND r.kind = 'restore'),
        'lastRehearsal', (SELECT r.last FROM restored r WHERE r.version = v.version AND r.kind = 'rehearse'))
    ) ORDER BY v.version COLLATE "C"), '[]')
    FROM versions v
  )
)`);

// Every state, so that the range goes by the index of states and requests.
const SUMMARY = statement`
WITH b AS MATERIALIZED (
  SELECT b.key, b.backup_id, b.optimize_version AS version, b.state, b.deleted_at, b.safety_of, b.finished_at,
    b.state <> 'COMPLETED' AND coalesce(b.failure ->> 'code' = '${CANCELLED_CODE}', false) AS cancelled,
    date_trunc($1::text, b.requested_at AT TIME ZONE 'UTC') AT TIME ZONE 'UTC' AS start,
    CASE WHEN ${COMPLETED} THEN extract(epoch FROM b.finished_at - b.requested_at)::float8 * 1000 END AS ms,
    CASE WHEN ${COMPLETED} THEN ${BYTES}::float8 END AS bytes
  FROM backup b
  WHERE b.state = ANY ('{${BACKUP_STATES.join(',')}}') AND b.requested_at >= $2::timestamptz AND b.requested_at < $3::timestamptz AND b.safety_of IS NULL
), figures AS (
  SELECT version, grouping(version) = 1 AS complete, start, count(*) FILTER (WHERE NOT cancelled) AS taken,
    count(*) FILTER (WHERE cancelled) AS cancelled, count(*) FILTER (WHERE b.state = 'FAILED' AND NOT cancelled) AS failed,
    count(b.deleted_at) FILTER (WHERE NOT cancelled) AS deleted, ${percentiles('ms')} AS ms, ${percentiles('bytes')} AS bytes
  FROM b GROUP BY GROUPING SETS ((start), (version, start))
), summarized AS (
  SELECT version, complete, jsonb_agg(jsonb_build_object('start', start, 'taken', taken, 'cancelled', cancelled, 'failed', failed, 'deleted', deleted,
    'durationMs', to_jsonb(ms), 'bytes', to_jsonb(bytes)) ORDER BY start) AS periods
  FROM figures GROUP BY version, complete
), completed AS (
  SELECT DISTINCT ON (version) version, ${COMPLETED_JSON} AS last FROM b WHERE ${LIVING}
  ORDER BY version, b.finished_at DESC, b.key DESC
), restored AS (
  SELECT DISTINCT ON (b.optimize_version, o.kind) b.optimize_version AS version, o.kind, ${PAST} AS last FROM ${RESTORED}
  ORDER BY b.optimize_version, o.kind, o.ended_at DESC, o.position DESC
), versions AS (
  SELECT version FROM summarized WHERE NOT complete UNION SELECT version FROM restored
)
SELECT ${answer(SUMMARY_JSON)}`;

type Pair = readonly [p50: number, p95: number] | null;
type FiguresJson = Pick<PeriodFigures, 'taken' | 'cancelled' | 'failed' | 'deleted'> & {
  readonly start: string;
  readonly durationMs: Pair;
  readonly bytes: Pair;
};
type RestoreJson = Omit<PastRestore, 'endedAt'> & { readonly endedAt: string };
type RecoveryJson = {
  readonly lastCompleted: { readonly backupId: string; readonly endedAt: string; readonly ageMs: number } | null;
  readonly lastRestore: RestoreJson | null;
  readonly lastRehearsal: RestoreJson | null;
};
type Summarized = { readonly periods: readonly FiguresJson[]; readonly recovery: RecoveryJson };
type Answer = Summarized & { readonly versions: readonly (Summarized & { readonly optimizeVersion: string })[] };

const asPercentiles = (pair: Pair): Percentiles | undefined =>
  pair === null ? undefined : { p50: Math.round(pair[0]), p95: Math.round(pair[1]) };

const asPastRestore = (json: RestoreJson | null): PastRestore | undefined =>
  json === null ? undefined : { ...json, endedAt: new Date(json.endedAt), durationMs: Math.round(json.durationMs) };

const asRecovery = ({ lastCompleted, lastRestore, lastRehearsal }: RecoveryJson): Recovery => ({
  lastCompleted:
    lastCompleted === null
      ? undefined
      : { ...lastCompleted, endedAt: new Date(lastCompleted.endedAt), ageMs: Math.round(lastCompleted.ageMs) },
  lastRestore: asPastRestore(lastRestore),
  lastRehearsal: asPastRestore(lastRehearsal),
});

const asSummarized = ({ periods, recovery }: Summarized) => ({
  periods: periods.map(({ start, durationMs, bytes, ...counts }) => ({
    ...{ start: new Date(start), ...counts },
    ...{ durationMs: asPercentiles(durationMs), bytes: asPercentiles(bytes) },
  })),
  recovery: asRecovery(recovery),
});

export const historySummary =
  (database: Database): SummaryHistory['historySummary'] =>
  async (by, from, to): Promise<HistorySummary> => {
    const found = await database.ask(SUMMARY, by, from.toISOString(), to.toISOString());
    if (found === undefined) throw new Error('The summary has no row.');
    return {
      ...asSummarized(found),
      versions: found.versions.map(({ optimizeVersion, ...summarized }) => ({
        optimizeVersion,
        ...asSummarized(summarized),
      })),
    };
  };
