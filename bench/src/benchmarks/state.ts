import { benchEngine, UNLIMITED } from '../engine/bench-engine.ts';
import { apiSettings } from '../engine/both-ways.ts';
import { indexListsOf, snapshotNames } from '../engine/parts-by-hand.ts';
import { takeBackup } from '../engine/tandem-backup.ts';
import { inTurn, quantile, timed } from '../measure/figures.ts';
import { keepAliveClient } from '../measure/keep-alive-client.ts';
import type { Report } from '../report/report.ts';
import { type Progress, withBenchStack } from '../stack/bench-stack.ts';
import { startApi, startWorker } from '../stack/tandem-process.ts';
import type { Benchmark, Size } from './benchmark.ts';

const REPOSITORY = 'bench-state';
const ID = 'nightly-2';

const sizes = {
  full: { processInstances: 3_000, others: 40, warmUp: 1_000, requests: 3_000, durable: true, heapMb: 1_024 },
  small: { processInstances: 50, others: 3, warmUp: 5, requests: 40, durable: false, heapMb: 512 },
};

export type StateMeasurement = {
  readonly snapshots: number;
  readonly tandemMs: readonly number[];
  readonly engineMs: readonly number[];
  readonly versions: Readonly<Record<string, string>>;
};

/** What each of the two responses must contain every time. */
const isCompleted = (body: unknown): boolean => (body as { state?: string }).state === 'COMPLETED';
const isBoth = (body: unknown): boolean => {
  const { snapshots = [] } = body as { snapshots?: { state: string }[] };
  return snapshots.length === 2 && snapshots.every(({ state: one }) => one === 'SUCCESS');
};

const requestAlternately = async (apiUrl: string, engineUrl: string, { warmUp, requests }: (typeof sizes)[Size]) => {
  const client = keepAliveClient();
  const targets = {
    tandem: { url: `${apiUrl}/actuator/backup/${ID}`, isRight: isCompleted, ms: [] as number[] },
    engine: {
      url: `${engineUrl}/_snapshot/${REPOSITORY}/${snapshotNames(ID).join(',')}`,
      isRight: isBoth,
      ms: [] as number[],
    },
  };
  for (let count = 0; count < warmUp + requests; count += 1) {
    for (const who of inTurn(Object.values(targets), count)) {
      const { result, ms } = await timed(() => client.send('GET', who.url));
      if (result.status !== 200 || !who.isRight(result.body))
        throw new Error(`${who.url}: ${result.status} ${JSON.stringify(result.body)}`);
      if (count >= warmUp) who.ms.push(ms);
    }
  }
  client.close();
  return { tandemMs: targets.tandem.ms, engineMs: targets.engine.ms };
};

export const measureState = async (size: Size, progress: Progress): Promise<StateMeasurement> => {
  const scale = sizes[size];
  return withBenchStack({ ...scale, progress }, async (bench) => {
    const engine = benchEngine(bench.stack);
    bench.atEnd(engine.close);
    await engine.makeRepository(REPOSITORY, UNLIMITED);
    const [positions = []] = await indexListsOf(engine);
    for (let count = 0; count < scale.others; count += 1) {
      await engine.takeSnapshot(REPOSITORY, `camunda_optimize_other-${count}_3.9.0_part_1_of_2`, positions);
    }
    const settings = { ...apiSettings(engine), CAMUNDA_OPTIMIZE_BACKUP_REPOSITORY_NAME: REPOSITORY };
    await startWorker(bench, settings, progress);
    const api = await startApi(bench, settings, progress);
    await takeBackup(api.url, ID);
    const snapshots = (await engine.snapshotsIn(REPOSITORY)).length;
    progress(`${snapshots} snapshots; requesting`);
    const times = await requestAlternately(api.url, engine.url, scale);
    return { ...times, snapshots, versions: bench.versions };
  });
};

const milliseconds = (ms: number): string => `${ms.toFixed(2)} ms`;

const row = (name: string, ms: readonly number[]) => [
  name,
  String(ms.length),
  ...[0.5, 0.95, 0.99].map((share) => milliseconds(quantile(ms, share))),
];

const report = ({ snapshots, tandemMs, engineMs, versions }: StateMeasurement, size: Size): Report => {
  const measured = quantile(tandemMs, 0.5);
  const limit = quantile(engineMs, 0.5) * 1.3 + 2;
  const bar = {
    what: 'p50: at most 1.3 × the engine + 2 ms',
    limit: milliseconds(limit),
    measured: milliseconds(measured),
    holds: measured <= limit,
  };
  return {
    about: [
      `GET /actuator/backup/{id} of a COMPLETED backup against the engine's own GET _snapshot/{repository}/{name1},{name2}, in a repository of ${snapshots} snapshots. One client, a keep-alive connection to each, one request at a time, alternating.`,
    ],
    tables: [
      {
        columns: ['target', 'requests', 'p50', 'p95', 'p99'],
        rows: [row('the engine', engineMs), row('Tandem', tandemMs)],
      },
    ],
    bars: size === 'full' ? [bar] : [],
    versions,
  };
};

export const state: Benchmark = {
  about: 'GET of a state against the bare call to the engine',
  run: async (size, progress) => report(await measureState(size, progress), size),
};
