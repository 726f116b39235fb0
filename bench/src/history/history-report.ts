import type { Size } from '../benchmarks/benchmark.ts';
import { median, quantile } from '../measure/figures.ts';
import type { Bar, Report, Table } from '../report/report.ts';
import { EXPORTS } from './export-rate.ts';
import type { HistoryMeasurement } from './measurement.ts';
import type { StandingCost } from './standing-cost.ts';
import type { WriteTimes } from './write-cost.ts';

const milliseconds = (ms: number): string => `${ms.toFixed(2)} ms`;
const times = (ratio: number): string => `${ratio.toFixed(2)} ×`;

const pairsTable = ({ pairs, http }: HistoryMeasurement): Table => ({
  columns: ['pair', 'bare', 'Tandem', 'ratio', 'deepest', 'to page 1', 'in a month', 'ratio', 'HTTP', 'HTTP, deepest'],
  rows: pairs.map((pair, at) => [
    pair.name,
    milliseconds(pair.bareFirstMs),
    milliseconds(pair.firstMs),
    times(pair.firstMs / pair.bareFirstMs),
    milliseconds(pair.deepestMs),
    times(pair.deepestMs / pair.firstMs),
    milliseconds(pair.rangeMs),
    times(pair.rangeMs / pair.bareRangeMs),
    milliseconds(http[at]?.firstMs ?? Number.NaN),
    milliseconds(http[at]?.deepestMs ?? Number.NaN),
  ]),
});

const writesTable = ({ writes: { full, empty } }: HistoryMeasurement): Table => {
  const row = (what: string, pick: (times: WriteTimes) => readonly number[]) => [
    what,
    ...[0.5, 0.95].flatMap((share) => [quantile(pick(empty), share), quantile(pick(full), share)].map(milliseconds)),
    times(quantile(pick(full), 0.5) / quantile(pick(empty), 0.5)),
  ];
  return {
    columns: ['written', 'p50, empty', 'p50, full', 'p95, empty', 'p95, full', 'p50'],
    rows: [row('accepted', ({ acceptMs }) => acceptMs), row('from request to end', ({ lifeMs }) => lifeMs)],
  };
};

const standingTable = ({ standing }: HistoryMeasurement): Table => ({
  columns: ['query', 'young', 'full', 'ratio'],
  rows: standing.map(({ name, youngMs, fullMs }) => [
    name,
    milliseconds(youngMs),
    milliseconds(fullMs),
    times(fullMs / youngMs),
  ]),
});

const perSecond = (rate: number): string => `${Math.round(rate).toLocaleString('en')}/s`;
const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`;

const exportsTable = ({ exports: { rates, long } }: HistoryMeasurement): Table => ({
  columns: ['exported', 'rows', 'COPY', 'Tandem', 'of COPY'],
  rows: [
    ...EXPORTS.map((name) => {
      const [copy, ours] = [median(rates[name].copyPerSecond), median(rates[name].perSecond)];
      return [name, rates[name].rows.toLocaleString('en'), perSecond(copy), perSecond(ours), (ours / copy).toFixed(2)];
    }),
    ['events as ndjson, long', long.rows.toLocaleString('en'), '', perSecond(long.perSecond), ''],
  ],
});

const MIN_SHARE_OF_COPY = 1 / 3;
const MAX_MEMORY_BYTES = 50e6;

const exportBars = ({ exports: { rates, moreMemory = 0 } }: HistoryMeasurement): readonly Bar[] => [
  ...EXPORTS.map((name) => {
    const ratio = median(rates[name].perSecond) / median(rates[name].copyPerSecond);
    return {
      what: `${name}: at least a third of COPY`,
      limit: MIN_SHARE_OF_COPY.toFixed(2),
      measured: ratio.toFixed(2),
      holds: ratio >= MIN_SHARE_OF_COPY,
    };
  }),
  {
    what: 'memory of the API in the long export: more than in a short one by',
    limit: megabytes(MAX_MEMORY_BYTES),
    measured: megabytes(moreMemory),
    holds: moreMemory <= MAX_MEMORY_BYTES,
  },
];

type Ratio = { readonly name: string; readonly ratio: number };

/** The ratio that is nearest to the limit, or furthest beyond it. */
const worst = (what: string, limit: number, ratios: readonly Ratio[]): Bar => {
  const { name, ratio } = ratios.reduce((one, other) => (other.ratio > one.ratio ? other : one));
  return { what, limit: times(limit), measured: `${times(ratio)} (${name})`, holds: ratio <= limit };
};

/** With rich statistics PostgreSQL plans some statements again on each execution. */
const PLANNING_MS = 0.5;

const standingBar = (standing: readonly StandingCost[]): Bar => {
  const excess = ({ fullMs, youngMs }: StandingCost) => (fullMs - PLANNING_MS) / youngMs;
  const slowest = standing.reduce((one, other) => (excess(other) > excess(one) ? other : one));
  return {
    what: 'what processes ask: at slowest 1.3 × a young history + 0.5 ms',
    limit: milliseconds(slowest.youngMs * 1.3 + PLANNING_MS),
    measured: `${milliseconds(slowest.fullMs)} (${slowest.name})`,
    holds: excess(slowest) <= 1.3,
  };
};

const barsOf = ({ pairs, writes: { full, empty }, standing }: HistoryMeasurement): readonly Bar[] => {
  const of = (pick: (pair: (typeof pairs)[number]) => number) =>
    pairs.map((pair) => ({ name: pair.name, ratio: pick(pair) }));
  const write = (pick: (times: WriteTimes) => readonly number[]) => [
    { name: 'p50', ratio: quantile(pick(full), 0.5) / quantile(pick(empty), 0.5) },
  ];
  return [
    worst(
      'page 1 of each pair: to the bare query',
      2,
      of(({ firstMs, bareFirstMs }) => firstMs / bareFirstMs),
    ),
    worst(
      'the deepest page of each pair: to the bare query',
      2,
      of(({ deepestMs, bareDeepestMs }) => deepestMs / bareDeepestMs),
    ),
    worst(
      'each pair in a month: to the bare query',
      2,
      of(({ rangeMs, bareRangeMs }) => rangeMs / bareRangeMs),
    ),
    worst(
      'the deepest page of each pair: to page 1',
      1.1,
      of(({ firstMs, deepestMs }) => deepestMs / firstMs),
    ),
    worst(
      'a backup accepted: to an empty history',
      1.3,
      write(({ acceptMs }) => acceptMs),
    ),
    worst(
      'a backup from request to end: to an empty history',
      1.3,
      write(({ lifeMs }) => lifeMs),
    ),
    standingBar(standing),
  ];
};

export const historyReport = (measurement: HistoryMeasurement, size: Size): Report => {
  const { backups, filled, versions } = measurement;
  return {
    about: [
      `A history of ${backups} backups with all that happened to them, ${(filled.bytes / 1e9).toFixed(1)} GB, filled in ${(filled.filledMs / 60_000).toFixed(0)} minutes; bench/history/README.md says what is in it and what the pairs are.`,
      'Searches: 50 backups with their parts through the history against plain SQL with the same plan that returns the same rows, on the same connection, alternating, medians. Deepest is the last page of the list. HTTP is the same page through the API.',
      'Written: the same backups into this history and into an empty one on the same server, alternating. Background: the queries of workers and monitoring, on this history and on the same one when it had 10,000 backups; both return the same.',
      'Exported: the same rows through the API and by `COPY … TO STDOUT`, alternating, to a client that only counts them; backups with their parts.',
    ],
    tables: [pairsTable, writesTable, standingTable, exportsTable].map((table) => table(measurement)),
    bars: size === 'full' ? [...barsOf(measurement), ...exportBars(measurement)] : [],
    versions,
  };
};
