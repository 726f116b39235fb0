import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import type { Pool } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { inTurn, timed } from '../measure/figures.ts';
import type { Server } from '../stack/tandem-process.ts';

export const EXPORTS = ['events as ndjson', 'events as csv', 'backups as ndjson', 'backups as csv'] as const;
export type ExportName = (typeof EXPORTS)[number];

export type ExportRate = {
  readonly rows: number;
  /** Rows a second, of each round. */
  readonly perSecond: readonly number[];
  readonly copyPerSecond: readonly number[];
};

export type ExportRates = {
  readonly rates: Readonly<Record<ExportName, ExportRate>>;
  /** Of one long export of events. */
  readonly long: { readonly rows: number; readonly perSecond: number };
  /** How much higher the peak memory of the API was in the long export than in a short one; undefined where the system does not report it. */
  readonly moreMemory: number | undefined;
};

export type Span = { readonly from: Date; readonly to: Date };

/** The peak of resident bytes that a process had during some work, as Linux reports it. */
const peakDuring = async (pid: number, work: () => Promise<unknown>): Promise<number | undefined> => {
  const forgetPeak = () => writeFileSync(`/proc/${pid}/clear_refs`, '5');
  const isKnown = existsSync(`/proc/${pid}/clear_refs`);
  if (isKnown) forgetPeak();
  await work();
  if (!isKnown) return undefined;
  const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) * 1024;
};

const NEW_LINE = 10;

const newLines = (chunk: Buffer): number => {
  let count = 0;
  for (let at = chunk.indexOf(NEW_LINE); at !== -1; at = chunk.indexOf(NEW_LINE, at + 1)) count += 1;
  return count;
};

/** Counts the lines of a response and discards them. */
const linesOf = (url: string): Promise<number> =>
  new Promise((resolve, reject) => {
    get(url, (response) => {
      let lines = 0;
      response.on('data', (chunk: Buffer) => {
        lines += newLines(chunk);
      });
      response.on('error', reject);
      response.on('end', () =>
        response.statusCode === 200 ? resolve(lines) : reject(new Error(`${url}: ${response.statusCode}`)),
      );
    }).on('error', reject);
  });

const copied = async (pool: Pool, sql: string): Promise<void> => {
  const client = await pool.connect();
  try {
    for await (const _ of client.query(copyTo(sql)));
  } finally {
    client.release();
  }
};

const queries = ({ from, to }: Span) => {
  const between = (column: string) => `${column} >= '${from.toISOString()}' AND ${column} < '${to.toISOString()}'`;
  const events = `SELECT * FROM event WHERE ${between('at')}`;
  // an exported backup has its parts
  const backups = `SELECT b.*, (SELECT json_agg(p) FROM part p WHERE p.backup_key = b.key) FROM backup b WHERE ${between('requested_at')}`;
  return { events, backups };
};

const exportOf = (name: ExportName, apiUrl: string, span: Span) => {
  const [what = '', , format = ''] = name.split(' ');
  const isEvents = what === 'events';
  const range = isEvents ? ['from', 'to'] : ['requestedFrom', 'requestedTo'];
  const query = new URLSearchParams({
    format,
    [range[0] ?? '']: span.from.toISOString(),
    [range[1] ?? '']: span.to.toISOString(),
  });
  const copy = queries(span)[isEvents ? 'events' : 'backups'];
  return {
    url: `${apiUrl}/api/v1/${what}/export?${query}`,
    copy: `COPY (${copy}) TO STDOUT${format === 'csv' ? ' WITH (FORMAT csv, HEADER)' : ''}`,
    count: `SELECT count(*)::int AS count FROM (${copy}) rows`,
  };
};

/** Rejects unless the export has that many rows. */
const exported = async (url: string, rows: number): Promise<void> => {
  // the header of CSV and the last line of NDJSON are not rows
  const lines = (await linesOf(url)) - 1;
  if (lines !== rows) throw new Error(`${url} answered ${lines} rows instead of ${rows}`);
};

const rowsOf = async (pool: Pool, count: string): Promise<number> =>
  (await pool.query<{ count: number }>(count)).rows[0]?.count ?? 0;

const rateOf = async (name: ExportName, api: Server, pool: Pool, span: Span, rounds: number): Promise<ExportRate> => {
  const { url, copy, count } = exportOf(name, api.url, span);
  const rows = await rowsOf(pool, count);
  const rate = { rows, perSecond: [] as number[], copyPerSecond: [] as number[] };
  const ways = { perSecond: () => exported(url, rows), copyPerSecond: () => copied(pool, copy) };
  for (let round = 0; round <= rounds; round += 1) {
    for (const way of inTurn(['perSecond', 'copyPerSecond'] as const, round)) {
      const { ms } = await timed(ways[way]);
      if (round > 0) rate[way].push((rows / ms) * 1_000);
    }
  }
  return rate;
};

const longExport = async (api: Server, pool: Pool, span: Span): Promise<ExportRates['long']> => {
  const { url, count } = exportOf('events as ndjson', api.url, span);
  const rows = await rowsOf(pool, count);
  const { ms } = await timed(() => exported(url, rows));
  return { rows, perSecond: (rows / ms) * 1_000 };
};

/** The same rows, exported by the API and copied by PostgreSQL, alternating; the first round does not count. */
export const exportRates = async (
  api: Server,
  pool: Pool,
  spans: { readonly short: Span; readonly long: Span },
  rounds: number,
): Promise<ExportRates> => {
  const rates = {} as Record<ExportName, ExportRate>;
  for (const name of EXPORTS) rates[name] = await rateOf(name, api, pool, spans.short, rounds);
  // by now V8 has allocated what it keeps for such work
  const few = await peakDuring(api.pid, () => longExport(api, pool, spans.short));
  let long: ExportRates['long'] | undefined;
  const many = await peakDuring(api.pid, async () => {
    long = await longExport(api, pool, spans.long);
  });
  return {
    rates,
    long: long ?? { rows: 0, perSecond: Number.NaN },
    moreMemory: few === undefined || many === undefined ? undefined : many - few,
  };
};
