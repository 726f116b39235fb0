import { connectEngine } from '@tandem/engine/registry.ts';
import { openPrismaHistory } from '@tandem/history/postgres/prisma-history.ts';
import { takeManifest } from '@tandem/planning/manifests/take-manifest.ts';
import { Client } from 'pg';
import { type BenchEngine, benchEngine, UNLIMITED } from '../engine/bench-engine.ts';
import { quantile, timed } from '../measure/figures.ts';
import type { Report } from '../report/report.ts';
import { type Progress, withBenchStack } from '../stack/bench-stack.ts';
import type { Benchmark, Size } from './benchmark.ts';

const PREFIX = 'optimize';
/** How many are created one by one. */
const FEW = 100;

const sizes = {
  full: { indices: 2_000, rounds: 5, durable: true, heapMb: 2_048 },
  small: { indices: 120, rounds: 1, durable: false, heapMb: 512 },
};

/** Like the mapping of a process instance: about sixty fields. */
const properties = Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`field${at}`, { type: 'keyword' }]));

const REPOSITORY = 'bench-manifest';
const SNAPSHOT = 'few';

/** Creates a few and restores the others from them under other names: an engine accepts a hundred of those in one step. */
const makeIndices = async (engine: BenchEngine, count: number, progress: Progress): Promise<readonly string[]> => {
  await engine.call('PUT', '_cluster/settings', { persistent: { 'cluster.max_shards_per_node': 10_000 } });
  await engine.makeRepository(REPOSITORY, UNLIMITED);
  const few = Array.from({ length: Math.min(FEW, count) }, (_, at) => `${PREFIX}-process-instance-p${at}_v8`);
  for (const name of few) {
    const aliases = { [`${PREFIX}-process-instance`]: {} };
    const settings = { number_of_shards: 1, number_of_replicas: 0 };
    await engine.call('PUT', name, { settings, mappings: { dynamic: false, properties }, aliases });
    await engine.call('PUT', `${name}/_doc/1`, { field0: name });
  }
  await engine.takeSnapshot(REPOSITORY, SNAPSHOT, few);
  const names = [...few];
  for (let round = 1; names.length < count; round += 1) {
    const indices = few.slice(0, count - names.length);
    const rename = { rename_pattern: '_v8$', rename_replacement: `-r${round}_v8` };
    const path = `_snapshot/${REPOSITORY}/${SNAPSHOT}/_restore?wait_for_completion=true&master_timeout=120s`;
    await engine.call('POST', path, { indices: indices.join(), include_global_state: false, ...rename });
    names.push(...indices.map((name) => name.replace(/_v8$/, `-r${round}_v8`)));
    progress(`${names.length} indices`);
  }
  return names.sort();
};

export type ManifestMeasurement = {
  readonly indices: number;
  /** Of one manifest; a part has two. */
  readonly takenMs: readonly number[];
  /** The engine's own time for the same facts, in three bare requests. */
  readonly bareMs: readonly number[];
  /** In PostgreSQL, of the first manifest and of each later one. */
  readonly firstBytes: number;
  readonly laterBytes: number;
  readonly versions: Readonly<Record<string, string>>;
};

export const measureManifest = (size: Size, progress: Progress): Promise<ManifestMeasurement> => {
  const scale = sizes[size];
  return withBenchStack({ ...scale, progress }, async (bench) => {
    const bare = benchEngine(bench.stack);
    bench.atEnd(bare.close);
    const names = await makeIndices(bare, scale.indices, progress);
    const settings = {
      url: bench.stack.engineUrl,
      requestTimeoutMs: 120_000,
      masterTimeoutMs: 30_000,
    };
    const engine = connectEngine(settings);
    bench.atEnd(() => engine.close());
    const times = { poolSize: 2, connectTimeoutMs: 5_000, queryTimeoutMs: 30_000, preparedStatements: true };
    const history = openPrismaHistory({ url: bench.stack.databaseUrl, ...times });
    bench.atEnd(() => history.close());
    const takenMs: number[] = [];
    const bareMs: number[] = [];
    const bytes: number[] = [];
    for (let round = 0; round < scale.rounds; round += 1) {
      bareMs.push((await timed(() => askBare(bare))).ms);
      // one document written in between, as Optimize does: only the counts differ
      await bare.call('POST', `${names[0]}/_doc?refresh=true`, { field0: 'more' });
      takenMs.push((await timed(() => takeManifest({ engine, history }, PREFIX, names, 'before'))).ms);
      bytes.push(await bytesKept(bench.stack.databaseUrl));
    }
    const [firstBytes = 0] = bytes;
    const laterBytes = scale.rounds === 1 ? 0 : ((bytes.at(-1) ?? 0) - firstBytes) / (scale.rounds - 1);
    return { indices: names.length, takenMs, bareMs, firstBytes, laterBytes, versions: bench.versions };
  });
};

const askBare = async (engine: BenchEngine): Promise<void> => {
  await engine.call('GET', `${PREFIX}-*?flat_settings=true`);
  await engine.call('GET', `${PREFIX}-*/_stats/docs,store?level=shards`);
  const aggs = { indices: { terms: { field: '_index', size: 10_000 } } };
  await engine.call('POST', `${PREFIX}-*/_search?size=0`, { aggs });
};

const bytesKept = async (databaseUrl: string): Promise<number> => {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query<{ bytes: string }>('SELECT coalesce(sum(length(body)), 0) AS bytes FROM content');
  await client.end();
  return Number(rows[0]?.bytes);
};

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(2)} s`;
const kilobytes = (bytes: number): string => `${(bytes / 1_000).toFixed(0)} kB`;
const MAX_MS = 5_000;
const MAX_BYTES = 4_000_000;

const report = (measured: ManifestMeasurement, size: Size): Report => {
  const { indices, takenMs, bareMs, firstBytes, laterBytes, versions } = measured;
  const median = quantile(takenMs, 0.5);
  const bars = [
    { what: 'a manifest', limit: seconds(MAX_MS), measured: seconds(median), holds: median <= MAX_MS },
    { what: 'size', limit: kilobytes(MAX_BYTES), measured: kilobytes(firstBytes), holds: firstBytes <= MAX_BYTES },
  ];
  return {
    about: [
      `A manifest of ${indices} indices: described, measured and stored once, against reading the same facts from the engine in three bare requests whose responses are discarded. Medians of ${takenMs.length} rounds; one document is written between rounds.`,
    ],
    tables: [
      {
        columns: ['', 'median'],
        rows: [
          ['bare requests', seconds(quantile(bareMs, 0.5))],
          ['a manifest', seconds(median)],
          ['size of the first, compressed', kilobytes(firstBytes)],
          ['size of each after it', kilobytes(laterBytes)],
        ],
      },
    ],
    bars: size === 'full' ? bars : [],
    versions,
  };
};

export const manifest: Benchmark = {
  about: 'the manifest of a part, with 2,000 indices',
  run: async (size, progress) => report(await measureManifest(size, progress), size),
};
