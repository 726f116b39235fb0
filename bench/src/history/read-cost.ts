import { AUDIT_PAIRS, type AuditPair } from '@tandem/history/testing/audit-pairs.ts';
import { quantile } from '../measure/figures.ts';
import type { Progress } from '../stack/bench-stack.ts';
import { barePage, lastPlace, type Range } from './bare-page.ts';
import { inTurns } from './in-turns.ts';
import type { OneConnection } from './one-connection.ts';

/** Medians in milliseconds. */
export type PairCost = {
  readonly name: string;
  readonly firstMs: number;
  readonly bareFirstMs: number;
  readonly deepestMs: number;
  readonly bareDeepestMs: number;
  /** With the time that it is sorted by, from and to. */
  readonly rangeMs: number;
  readonly bareRangeMs: number;
};

export const PAGE = 50;
const DAY_MS = 86_400_000;

/** So many days from the middle of the history on. */
export const middle = async ({ pool }: OneConnection, days: number): Promise<Range> => {
  const { rows } = await pool.query<{ at: Date }>(
    'SELECT requested_at AS at FROM backup WHERE key = (SELECT max(key) / 2 FROM backup WHERE key < 1000000000)',
  );
  const at = rows[0]?.at ?? new Date();
  return [at, new Date(at.getTime() + days * DAY_MS)];
};

/** Both sides of a pair answer the same backups, in the same order. */
const checkSame = async (connection: OneConnection, pair: AuditPair, place: string | undefined): Promise<void> => {
  const { history, pool } = connection;
  const found = await history.searchBackups(pair.filter, { by: pair.by, newestFirst: true }, place, PAGE);
  const { rows } = await pool.query<{ key: string; number: number }>(barePage(pair, PAGE, { place }));
  const ours = found.flatMap(({ key, parts }) => parts.map(({ number }) => `${key}/${number}`));
  const theirs = rows.map(({ key, number }) => `${key}/${number}`);
  if (ours.length === 0 || ours.join() !== theirs.join())
    throw new Error(`${pair.name}: the history answers ${ours.join()}, the bare query ${theirs.join()}`);
};

const pairCost = async (connection: OneConnection, pair: AuditPair, range: Range, times: number): Promise<PairCost> => {
  const { history, pool } = connection;
  const sort = { by: pair.by, newestFirst: true };
  const place = await lastPlace(pool, pair, PAGE);
  for (const at of [undefined, place]) await checkSame(connection, pair, at);
  const [from, to] = range;
  const ranged =
    pair.by === 'requested' ? { requestedFrom: from, requestedTo: to } : { finishedFrom: from, finishedTo: to };
  const ms = await inTurns(
    {
      first: () => history.searchBackups(pair.filter, sort, undefined, PAGE),
      bareFirst: () => pool.query(barePage(pair, PAGE, {})),
      deepest: () => history.searchBackups(pair.filter, sort, place, PAGE),
      bareDeepest: () => pool.query(barePage(pair, PAGE, { place })),
      range: () => history.searchBackups({ ...pair.filter, ...ranged }, sort, undefined, PAGE),
      bareRange: () => pool.query(barePage(pair, PAGE, { range })),
    },
    times,
  );
  const p50 = (name: keyof typeof ms) => quantile(ms[name], 0.5);
  return {
    name: pair.name,
    firstMs: p50('first'),
    bareFirstMs: p50('bareFirst'),
    deepestMs: p50('deepest'),
    bareDeepestMs: p50('bareDeepest'),
    rangeMs: p50('range'),
    bareRangeMs: p50('bareRange'),
  };
};

export const readCosts = async (
  connection: OneConnection,
  times: number,
  progress: Progress,
): Promise<readonly PairCost[]> => {
  const range = await middle(connection, 30);
  const costs: PairCost[] = [];
  for (const pair of AUDIT_PAIRS) {
    const cost = await pairCost(connection, pair, range, times);
    const { firstMs, bareFirstMs, deepestMs, rangeMs, bareRangeMs } = cost;
    progress(
      `${pair.name}: ${firstMs.toFixed(2)} ms, bare ${bareFirstMs.toFixed(2)}, deepest ${deepestMs.toFixed(2)}, range ${rangeMs.toFixed(2)}, bare ${bareRangeMs.toFixed(2)}`,
    );
    costs.push(cost);
  }
  return costs;
};
