import { AUDIT_PAIRS, type AuditPair } from '@tandem/history/testing/audit-pairs.ts';
import { quantile } from '../measure/figures.ts';
import type { Progress } from '../stack/bench-stack.ts';
import { barePage, lastCursor, type Range } from './bare-page.ts';
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

/** That many days from the middle of the history. */
export const middle = async ({ pool }: OneConnection, days: number): Promise<Range> => {
  const { rows } = await pool.query<{ at: Date }>(
    'SELECT requested_at AS at FROM backup WHERE key = (SELECT max(key) / 2 FROM backup WHERE key < 1000000000)',
  );
  const at = rows[0]?.at ?? new Date();
  return [at, new Date(at.getTime() + days * DAY_MS)];
};

/** Both sides of a pair must return the same backups, in the same order. */
const checkSame = async (connection: OneConnection, pair: AuditPair, cursor: string | undefined): Promise<void> => {
  const { history, pool } = connection;
  const found = await history.searchBackups(pair.filter, { by: pair.by, newestFirst: true }, cursor, PAGE);
  const { rows } = await pool.query<{ key: string; number: number }>(barePage(pair, PAGE, { cursor }));
  const ours = found.flatMap(({ key, parts }) => parts.map(({ number }) => `${key}/${number}`));
  const theirs = rows.map(({ key, number }) => `${key}/${number}`);
  if (ours.length === 0 || ours.join() !== theirs.join())
    throw new Error(`${pair.name}: the history answers ${ours.join()}, the bare query ${theirs.join()}`);
};

const contendersOf = async (connection: OneConnection, pair: AuditPair, range: Range) => {
  const { history, pool } = connection;
  const sort = { by: pair.by, newestFirst: true };
  const cursor = await lastCursor(pool, pair, PAGE);
  for (const at of [undefined, cursor]) await checkSame(connection, pair, at);
  const [from, to] = range;
  const ranged = pair.by === 'requested' ? { requestedFrom: from, requestedTo: to } : { endedFrom: from, endedTo: to };
  return {
    first: () => history.searchBackups(pair.filter, sort, undefined, PAGE),
    bareFirst: () => pool.query(barePage(pair, PAGE, {})),
    deepest: () => history.searchBackups(pair.filter, sort, cursor, PAGE),
    bareDeepest: () => pool.query(barePage(pair, PAGE, { cursor })),
    range: () => history.searchBackups({ ...pair.filter, ...ranged }, sort, undefined, PAGE),
    bareRange: () => pool.query(barePage(pair, PAGE, { range })),
  };
};

type Name = keyof Awaited<ReturnType<typeof contendersOf>>;
type Samples = Readonly<Record<Name, readonly number[]>>;

const costOf = (name: string, samples: readonly Samples[]): PairCost => {
  const p50 = (way: Name) =>
    quantile(
      samples.flatMap((one) => one[way]),
      0.5,
    );
  return {
    name,
    firstMs: p50('first'),
    bareFirstMs: p50('bareFirst'),
    deepestMs: p50('deepest'),
    bareDeepestMs: p50('bareDeepest'),
    rangeMs: p50('range'),
    bareRangeMs: p50('bareRange'),
  };
};

/** Each pair is measured in several rounds of all pairs: a disturbance of seconds is not one pair's alone. */
const PASSES = 3;

export const readCosts = async (
  connection: OneConnection,
  times: number,
  progress: Progress,
): Promise<readonly PairCost[]> => {
  const range = await middle(connection, 30);
  const samples = new Map<AuditPair, Samples[]>(AUDIT_PAIRS.map((pair) => [pair, []]));
  for (let pass = 1; pass <= PASSES; pass += 1) {
    for (const [pair, taken] of samples) {
      taken.push(await inTurns(await contendersOf(connection, pair, range), Math.ceil(times / PASSES)));
    }
    progress(`the pairs: pass ${pass} of ${PASSES}`);
  }
  return [...samples].map(([{ name }, taken]) => costOf(name, taken));
};
