import { migrate } from '@tandem/history/migrate/migrate.ts';
import { SEAL_OF_TAIL } from '@tandem/history/testing/fill/events.ts';
import { fillHistory } from '@tandem/history/testing/fill/fill-history.ts';
import { Client } from 'pg';
import type { BenchStack, Progress } from '../stack/bench-stack.ts';

export type FilledHistory = {
  /** The URL of the owner. */
  readonly fullUrl: string;
  /** Two more on the same server: an empty one, and one like the full one when it was days old. */
  readonly emptyUrl: string;
  readonly youngUrl: string;
  /** The size of the full one on disk. */
  readonly bytes: number;
  /** How long the fill took, in this run or an earlier one. */
  readonly filledMs: number;
};

/** How many backups a history had when it was young: a few days' of five million in eight years. */
const YOUNG = 10_000;

/** A fill need not survive a power cut: an incomplete one is repeated. */
const WHILE_FILLING = {
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'off',
  autovacuum: 'off',
  max_wal_size: '8GB',
  checkpoint_timeout: '30min',
};

const connected = async <Result>(url: string, count: number, work: (clients: readonly Client[]) => Promise<Result>) => {
  const clients = Array.from({ length: count }, () => new Client({ connectionString: url }));
  try {
    for (const client of clients) await client.connect();
    return await work(clients);
  } finally {
    await Promise.all(clients.map((client) => client.end()));
  }
};

const ask = async <Row extends object>(url: string, sql: string): Promise<readonly Row[]> =>
  connected(url, 1, async ([client]) => (await client?.query<Row>(sql))?.rows ?? []);

/** Stored with the database when a fill has ended. */
type Mark = { readonly backups: number; readonly filledMs: number };

const markOf = async (url: string): Promise<Mark | undefined> => {
  const [row] = await ask<{ mark: string | null }>(
    url,
    `SELECT shobj_description(oid, 'pg_database') AS mark FROM pg_database WHERE datname = current_database()`,
  );
  return row?.mark ? (JSON.parse(row.mark) as Mark) : undefined;
};

const fill = async (url: string, backups: number, progress: Progress): Promise<Mark> => {
  const start = performance.now();
  const [begun] = await ask(url, 'SELECT key FROM backup LIMIT 1');
  if (begun !== undefined) throw new Error('The fill of this history is incomplete. Remove its folder and run again.');
  const name = new URL(url).pathname.slice(1);
  for (const [setting, value] of Object.entries(WHILE_FILLING))
    await ask(url, `ALTER SYSTEM SET ${setting} = '${value}'`);
  await ask(url, 'SELECT pg_reload_conf()');
  await connected(url, 2, async (clients) => {
    for (const client of clients) await client.query(`SET maintenance_work_mem = '1GB'`);
    await fillHistory({ backups, clients, progress });
  });
  await ask(url, 'ALTER SYSTEM RESET ALL');
  await ask(url, 'SELECT pg_reload_conf()');
  await ask(url, 'CHECKPOINT');
  const mark = { backups, filledMs: performance.now() - start };
  await ask(url, `COMMENT ON DATABASE ${name} IS '${JSON.stringify(mark)}'`);
  return mark;
};

const freshDatabase = async (ownerUrl: string, name: string): Promise<string> => {
  await ask(ownerUrl, `DROP DATABASE IF EXISTS ${name}`);
  await ask(ownerUrl, `CREATE DATABASE ${name}`);
  const url = new URL(ownerUrl);
  url.pathname = `/${name}`;
  await migrate(url.href, { log: () => undefined });
  return url.href;
};

/** Fills the database of the stack, unless it was filled with as many before. */
export const filledHistory = async (
  { stack }: BenchStack,
  backups: number,
  progress: Progress,
): Promise<FilledHistory> => {
  const fullUrl = stack.databaseOwnerUrl;
  const mark = (await markOf(fullUrl)) ?? (await fill(fullUrl, backups, progress));
  if (mark.backups !== backups)
    throw new Error(`The history in this folder has ${mark.backups} backups. Use another folder for --keep.`);
  // of earlier runs
  await ask(fullUrl, SEAL_OF_TAIL);
  const emptyUrl = await freshDatabase(fullUrl, 'tandem_empty');
  const youngUrl = await freshDatabase(fullUrl, 'tandem_young');
  await connected(youngUrl, 1, (clients) => fillHistory({ backups, first: Math.max(1, backups - YOUNG + 1), clients }));
  const [size] = await ask<{ bytes: string }>(fullUrl, 'SELECT pg_database_size(current_database()) AS bytes');
  return { fullUrl, emptyUrl, youngUrl, bytes: Number(size?.bytes), filledMs: mark.filledMs };
};
