import { fileURLToPath } from 'node:url';
import { REPOSITORY } from '../accept/optimize-engine.ts';
import { OPTIMIZE_VERSION } from '../engine/parts-by-hand.ts';
import { exportRates } from '../history/export-rate.ts';
import { filledHistory } from '../history/filled-history.ts';
import { historyReport } from '../history/history-report.ts';
import type { HistoryMeasurement } from '../history/measurement.ts';
import { type OneConnection, oneConnection } from '../history/one-connection.ts';
import { httpCosts } from '../history/over-http.ts';
import { middle, readCosts } from '../history/read-cost.ts';
import { standingCosts } from '../history/standing-cost.ts';
import { writeTimes } from '../history/write-cost.ts';
import { type BenchStack, type Progress, withBenchStack } from '../stack/bench-stack.ts';
import { startProgram } from '../stack/program.ts';
import { type Server, startApi } from '../stack/tandem-process.ts';
import type { Benchmark, Options, Size } from './benchmark.ts';

const sizes = {
  full: { backups: 5_000_000, times: 300, lives: 300, exports: 3, durable: true },
  small: { backups: 10_000, times: 5, lives: 5, exports: 1, durable: false },
};

const startTandem = async (bench: BenchStack, progress: Progress): Promise<Server> => {
  const file = fileURLToPath(new URL('../accept/stub-engine.ts', import.meta.url));
  const stub = await startProgram(bench, { name: 'stub-engine', file, env: bench.environment });
  const settings = {
    ELASTICSEARCH_URL: stub.url,
    CAMUNDA_OPTIMIZE_VERSION: OPTIMIZE_VERSION,
    CAMUNDA_OPTIMIZE_BACKUP_REPOSITORY_NAME: REPOSITORY,
  };
  return startApi(bench, settings, progress);
};

/** Of five million backups in eight years: 400,000 events, and five million. */
const spansOf = async (connection: OneConnection) => {
  const [from, to] = await middle(connection, 60);
  const [since, until] = await middle(connection, 710);
  return { short: { from, to }, long: { from: since, to: until } };
};

export const measureHistory = async (
  size: Size,
  progress: Progress,
  { backups = sizes[size].backups, keep }: Options = {},
): Promise<HistoryMeasurement> => {
  const { times, lives, exports: rounds, durable } = sizes[size];
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
    const standing = await standingCosts({ full: full.history, young: young.history }, times);
    const writes = await writeTimes({ full: full.history, empty: empty.history }, lives);
    progress(`${lives} backups taken and ended on both sides`);
    const api = await startTandem(bench, progress);
    const http = await httpCosts(api.url, full.pool, times);
    progress('exports');
    const exports = await exportRates(api, full.pool, await spansOf(full), rounds);
    return { backups, filled, pairs, http, writes, standing, exports, versions: bench.versions };
  });
};

export const history: Benchmark = {
  about: 'searches, exports and new backups at five million backups',
  run: async (size, progress, options) => historyReport(await measureHistory(size, progress, options), size),
};
