import { setTimeout as sleep } from 'node:timers/promises';
import { fail, isFailure } from '@tandem/shared/domain/failure/failure.ts';
import type { ExportHistory, ExportSpan } from '../../ports/exports.ts';
import { bound } from '../search/bound.ts';
import { type ExportSource, exportSource } from './export-source.ts';
import type { Exports } from './open-exports.ts';

// Writers of a table hold this lock on it from before an id is assigned until the commit is visible.
const writersOf = (table: string): string => `SELECT DISTINCT virtualtransaction FROM pg_locks
  WHERE locktype = 'relation' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
    AND relation = '${table}'::regclass AND mode = 'RowExclusiveLock' AND granted`;

const LOOK_AGAIN_MS = 20;

type Seen = { readonly last: string; readonly writers: readonly string[] };

export const exportSpan =
  (exports: Exports, patienceMs: number): ExportHistory['exportSpan'] =>
  async (exported, signal) => {
    const source = exportSource(exported);
    const { table, alias, id } = source;
    const seen = await exports.ask<Seen>(
      `SELECT (SELECT coalesce(max(${id}), 0)::text FROM ${table} ${alias}) AS last, ARRAY(${writersOf(table)}) AS writers`,
      [],
      signal,
    );
    const { last, writers } = seen ?? { last: '0', writers: [] };
    await untilEnded(exports, table, writers, patienceMs, signal);
    return inRange(exports, source, last, signal);
  };

const untilEnded = async (
  exports: Exports,
  table: string,
  writers: readonly string[],
  patienceMs: number,
  signal: AbortSignal,
): Promise<void> => {
  const still = `SELECT EXISTS (${writersOf(table)} AND virtualtransaction = ANY ($1::text[])) AS any`;
  const until = performance.now() + patienceMs;
  for (let isAny = writers.length > 0; isAny; ) {
    isAny = (await exports.ask<{ readonly any: boolean }>(still, [writers], signal))?.any === true;
    if (isAny && performance.now() > until) throw stillWriting(table, patienceMs);
    if (isAny) await sleep(LOOK_AGAIN_MS, undefined, { signal });
  }
};

const stillWriting = (table: string, patienceMs: number) =>
  fail(
    'HISTORY_UNREACHABLE',
    `A transaction has been writing to the table ${table} for more than ${patienceMs / 1000} s, and its rows may belong to the export: look for it in pg_stat_activity.`,
    { cause: 'OPEN_TRANSACTION' },
  );

/** From the lowest to the highest id of a range of time. If finding them takes too long, all ids: the filter is then applied by the pages. */
const inRange = async (
  exports: Exports,
  source: ExportSource,
  last: string,
  signal: AbortSignal,
): Promise<ExportSpan> => {
  const { bind, parameters } = bound();
  const ids = source.inRange(bind);
  const all = { after: '0', upTo: last };
  if (ids === undefined) return all;
  // + 0: otherwise the planner would search for the lowest id along all ids
  const ends = `SELECT coalesce(min(i.id + 0) - 1, 0)::text AS after, coalesce(max(i.id + 0), 0)::text AS "upTo"
    FROM (${ids}) i WHERE i.id <= ${bind(last, 'bigint')}`;
  try {
    return (await exports.ask<ExportSpan>(ends, parameters, signal)) ?? all;
  } catch (error) {
    if (isFailure(error, 'QUERY_TOO_LONG')) return all;
    throw error;
  }
};
