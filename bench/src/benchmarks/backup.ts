import { AS_DELIVERED, benchEngine, UNLIMITED } from '../engine/bench-engine.ts';
import { apiSettings, bothWays, type Round } from '../engine/both-ways.ts';
import { putLargeIndices } from '../engine/large-indices.ts';
import { median } from '../measure/figures.ts';
import type { Bar, Report } from '../report/report.ts';
import { type Progress, withBenchStack } from '../stack/bench-stack.ts';
import { startWorker } from '../stack/tandem-process.ts';
import type { Benchmark, Size } from './benchmark.ts';

const MEGABYTE = 1024 ** 2;

const sizes = {
  full: {
    processInstances: 3_000,
    bytes: 1_200 * MEGABYTE,
    minBytes: 1_000_000_000,
    rounds: { tiny: 7, large: 5, limited: 3 },
    warmUp: true,
    durable: true,
    heapMb: 1_536,
  },
  small: {
    processInstances: 50,
    bytes: 5 * MEGABYTE,
    minBytes: 5_000_000,
    rounds: { tiny: 1, large: 1, limited: 1 },
    warmUp: false,
    durable: false,
    heapMb: 512,
  },
};

export type BackupMeasurement = {
  readonly tiny: readonly Round[];
  readonly large: readonly Round[];
  /** The same data into repositories with the engine's own rate limit: the snapshots take long. */
  readonly limited: readonly Round[];
  readonly versions: Readonly<Record<string, string>>;
};

export const measureBackup = async (size: Size, progress: Progress): Promise<BackupMeasurement> => {
  const scale = sizes[size];
  const { bytes, minBytes, rounds, warmUp } = scale;
  return withBenchStack({ ...scale, progress }, async (bench) => {
    const engine = benchEngine(bench.stack);
    bench.atEnd(engine.close);
    await startWorker(bench, apiSettings(engine), progress);
    const run = (name: keyof typeof rounds, perSecond: string) =>
      bothWays(
        bench,
        engine,
        { name, perSecond, rounds: rounds[name], warmUp: warmUp && name !== 'limited', settleDisk: warmUp },
        progress,
      );
    const tiny = await run('tiny', UNLIMITED);
    const stored = await putLargeIndices(engine, bytes);
    progress(`${(stored / MEGABYTE).toFixed(0)} MB of index data`);
    const large = await run('large', UNLIMITED);
    const limited = await run('limited', AS_DELIVERED);
    const smallest = Math.min(...large.map((round) => round.bytes));
    if (smallest < minBytes)
      throw new Error(`a backup contains ${smallest} bytes, the benchmark needs at least ${minBytes}`);
    return { tiny, large, limited, versions: bench.versions };
  });
};

const limitMs = (byHandMs: number): number => byHandMs * 1.05 + 1_000;
const seconds = (ms: number): string => `${(ms / 1_000).toFixed(2)} s`;

const row = (name: string, rounds: readonly Round[]) => {
  const tandem = rounds.map(({ tandemMs }) => tandemMs);
  const byHand = rounds.map((round) => round.byHandMs);
  const added = rounds.map(({ tandemMs, byHandMs }) => tandemMs - byHandMs);
  return [
    name,
    `${((rounds[0]?.bytes ?? 0) / 1e6).toFixed(1)} MB`,
    String(rounds.length),
    seconds(median(byHand)),
    seconds(median(tandem)),
    (median(tandem) / median(byHand)).toFixed(3),
    seconds(median(added)),
    seconds(Math.max(...added)),
  ];
};

const bar = (what: string, rounds: readonly Round[]): Bar => {
  const limit = limitMs(median(rounds.map(({ byHandMs }) => byHandMs)));
  const measured = median(rounds.map(({ tandemMs }) => tandemMs));
  return {
    what: `${what}: at most 1.05 × by hand + 1 s`,
    limit: seconds(limit),
    measured: seconds(measured),
    holds: measured <= limit,
  };
};

const report = ({ tiny, large, limited, versions }: BackupMeasurement, size: Size): Report => ({
  about: [
    'Wall time of a complete backup through Tandem (POST until GET answers COMPLETED, polled every 20 ms) against the same two snapshot calls by hand, one after the other, `wait_for_completion=true`. Each time into an empty fs repository; alternating, medians of the rounds. The last line is the same data with the default rate limit of a repository, 40 MB/s.',
  ],
  tables: [
    {
      columns: ['data', 'in the snapshots', 'rounds', 'by hand', 'Tandem', 'ratio', 'added', 'added at most'],
      rows: [row('a small Optimize', tiny), row('with large indices', large), row('the same, 40 MB/s', limited)],
    },
  ],
  bars:
    size === 'full'
      ? [bar('a small Optimize', tiny), bar('with large indices', large), bar('the same, 40 MB/s', limited)]
      : [],
  versions,
});

export const backup: Benchmark = {
  about: 'a complete backup against the same two snapshot calls by hand',
  run: async (size, progress) => report(await measureBackup(size, progress), size),
};
