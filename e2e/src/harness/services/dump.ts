import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { sharedStack } from '../stack.ts';
import { copyDatabase, dropDatabase, migrateDatabase, openDatabase, withDatabase } from './database.ts';
import { toolsFor } from './postgres-tools.ts';

const run = promisify(execFile);

/** Puts a database in the place of the one that is there now. */
export type Dump = {
  readonly how: string;
  readonly bringBack: () => Promise<void>;
  readonly remove: () => Promise<void>;
};

const onServer = async <T>(work: (sql: ReturnType<typeof openDatabase>['sql']) => Promise<T>): Promise<T> => {
  const server = openDatabase(sharedStack().databaseUrl);
  try {
    return await work(server.sql);
  } finally {
    await server.close();
  }
};

/** A database can be copied while nobody is connected to it. */
const disconnectAll = (name: string) =>
  onServer((sql) => sql('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', name));

/** As docs/disaster-recovery.md has it: with pg_dump where this machine has one for the server, else as a copy on the same server. */
export const dumpDatabase = async (name: string): Promise<Dump> => {
  const [row] = await onServer((sql) => sql("select current_setting('server_version_num')::int / 10000 as version"));
  const tools = await toolsFor(Number(row?.version));
  return tools === undefined ? copyBeside(name) : dumpToFile(name, tools);
};

const dumpToFile = async (name: string, tools: string): Promise<Dump> => {
  const { databaseUrl } = sharedStack();
  const directory = await mkdtemp(join(tmpdir(), 'tandem-dump-'));
  const file = join(directory, 'tandem.dump');
  await run(join(tools, 'pg_dump'), ['--format=custom', `--file=${file}`, withDatabase(databaseUrl, name)]);
  return {
    how: 'pg_dump',
    bringBack: async () => {
      await dropDatabase(databaseUrl, name);
      await onServer((sql) => sql(`create database "${name}"`));
      await run(join(tools, 'pg_restore'), [
        '--exit-on-error',
        '--single-transaction',
        '--no-privileges',
        `--dbname=${withDatabase(databaseUrl, name)}`,
        file,
      ]);
      await migrateDatabase(databaseUrl, name);
    },
    remove: () => rm(directory, { recursive: true }),
  };
};

let copies = 0;

const copyBeside = async (name: string): Promise<Dump> => {
  const { databaseUrl } = sharedStack();
  copies += 1;
  const copy = `${name}_dump${copies}`;
  await disconnectAll(name);
  await copyDatabase(databaseUrl, name, copy);
  return {
    how: 'copy',
    bringBack: async () => {
      await dropDatabase(databaseUrl, name);
      await copyDatabase(databaseUrl, copy, name);
    },
    remove: () => dropDatabase(databaseUrl, copy),
  };
};

/** A database as the migrations leave it, in the place of the one that is there now. */
export const emptyDatabase = async (name: string): Promise<void> => {
  const { databaseUrl, templateDatabase } = sharedStack();
  await dropDatabase(databaseUrl, name);
  await copyDatabase(databaseUrl, templateDatabase, name);
};
