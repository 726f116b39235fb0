import { fileURLToPath } from 'node:url';
import { REPOSITORY } from '../accept/optimize-engine.ts';
import { OPTIMIZE_VERSION } from '../engine/parts-by-hand.ts';
import { type FilledHistory, filledHistory } from '../history/filled-history.ts';
import { historyReport } from '../history/history-report.ts';
import { oneConnection } from '../history/one-connection.ts';
import { type HttpCost, httpCosts } from '../history/over-http.ts';
import { type PairCost, readCosts } from '../history/read-cost.ts';
import { type StandingCost, standingCosts } from '../history/standing-cost.ts';
import { type Side, type WriteTimes, writeTimes } from '../history/write-cost.ts';
import { type BenchStack, type Progress, withBenchStack } from '../stack/bench-stack.ts';
import { startProgram } from '../stack/program.ts';
import { startApi } from '../stack/tandem-process.ts';
import type { Benchmark, Options, Size } from './benchmark.ts';

const sizes = {
  full: { backups: 5_000_000, times: 300, lives: 300, durable: true },
  small: { backups: 10_000, times: 5, lives: 5, durable: false },
};

export type HistoryMeasurement = {
  readonly backups: number;
  readonly filled: FilledHistory;
  readonly pairs: readonly PairCost[];
  readonly http: readonly HttpCost[];
  readonly writes: Readonly<Record<Side, WriteTimes>>;
  readonly standing: readonly StandingCost[];
  readonly versions: Readonly<Record<string, string>>;
};

const startTandem = async (bench: BenchStack, progress: Progress): Promise<{ readonly url: string }> => {
  const file = fileURLToPath(new URL('../accept/stub-engine.ts', import.meta.url));
  const stub = await startProgram(bench, { name: 'stub-engine', file, env: bench.environment });
  const settings = {
    ELASTICSEARCH_URL: stub.url,
    CAMUNDA_OPTIMIZE_VERSION: OPTIMIZE_VERSION,
    CAMUNDA_OPTIMIZE_BACKUP_REPOSITORY_NAME: REPOSITORY,
  };
  return startApi(bench, settings, progress);
};

export const measureHistory = async (
  size: Size,
  progress: Progress,
  { backups = sizes[size].backups, keep }: Options = {},
): Promise<HistoryMeasurement> => {
  const { times, lives, durable } = sizes[size];
  return withBenchStack({ parts: ['postgres', 'redis'], durable, keptIn: keep, progress }, async (bench) => {
    const filled = await filledHistory(bench, backups, progress);
    progress(`${backups} backups in ${(filled.bytes / 1e9).toFixed(1)} GB`);
    const full = oneConnection(filled.fullUrl);
    bench.atEnd(full.close);
    const empty = oneConnection(filled.emptyUrl);
    bench.atEnd(empty.close);
    const young = oneConnection(filled.youngUrl);
    bench.atEnd(young.close);
    const pairs = await readCosts(full, times, progress);
    const writes = await writeTimes({ full: full.history, empty: empty.history }, lives);
    progress(`${lives} backups taken and ended on both sides`);
    const standing = await standingCosts({ full: full.history, young: young.history }, times);
    const api = await startTandem(bench, progress);
    const http = await httpCosts(api.url, full.pool, times);
    return { backups, filled, pairs, http, writes, standing, versions: bench.versions };
  });
};

export const history: Benchmark = {
  about: 'searches, exports and new backups at five million backups',
  run: async (size, progress, options) => historyReport(await measureHistory(size, progress, options), size),
};
