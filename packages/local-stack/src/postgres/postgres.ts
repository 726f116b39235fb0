import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { startContainerPart } from '../container/container-part.ts';
import { type Part, startProcessPart } from '../part.ts';
import { birthOf, commandOf } from '../process/identity.ts';
import { runCommand } from '../process/run-command.ts';
import { endProcess } from '../process/run-record.ts';
import { environment } from '../settings.ts';
import { StackFailure } from '../stack-failure.ts';
import { majorOf, type PostgresBinaries, postgresBinaries } from './postgres-binaries.ts';
import { type PostgresUser, postgresUser } from './postgres-user.ts';

export type PostgresOptions = {
  directory: string;
  /** A fixed port; default: the one of the last start, 5432, or a free one. */
  port?: number | undefined;
  /** false: a throw-away server on any free port that does not wait for the disk. Its data survives a crash of the server, not of the machine. */
  durable?: boolean;
  /** Those of another installation; default: npm's. */
  binaries?: PostgresBinaries;
  report?: (line: string) => void;
};

const NAME = 'tandem';
const APP_ROLE = 'tandem_app';

/** The owner's URL with the name of the apps' role, which migrating makes. Its password is the owner's: both are in one file here. */
export const asAppRole = (ownerUrl: string): string => ownerUrl.replace(`//${NAME}:`, `//${APP_ROLE}:`);

const runEnvironment = () => ({ ...environment(), LC_ALL: 'C', TZ: 'UTC' });

const passwordOf = (folder: string): string => {
  const file = join(folder, 'password');
  if (!existsSync(file)) writeFileSync(file, randomBytes(18).toString('hex'), { mode: 0o600 });
  return readFileSync(file, 'utf8').trim();
};

const urlsWith =
  (password: string) =>
  (port: number, database = NAME): string =>
    `postgresql://${NAME}:${password}@127.0.0.1:${port}/${database}`;

const asUser = ({ prefix }: PostgresUser, program: string, args: readonly string[]) => {
  const [command = '', ...rest] = [...prefix, program, ...args];
  return { command, args: rest };
};

/** The collation that does not depend on the machine came with 17. */
const localeFlags = async (initdb: string): Promise<readonly string[]> =>
  ((await majorOf(initdb)) ?? 0) >= 17 ? ['--locale-provider=builtin', '--builtin-locale=C.UTF-8'] : [];

/** Built in another folder and moved when complete: an interrupted initdb leaves nothing that looks like data. */
const initialise = async (folder: string, { initdb }: PostgresBinaries, user: PostgresUser): Promise<void> => {
  const building = join(folder, `cluster.new-${process.pid}`);
  rmSync(building, { recursive: true, force: true });
  const { command, args } = asUser(user, initdb, [
    `--pgdata=${building}`,
    `--username=${NAME}`,
    `--pwfile=${join(folder, 'password')}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    ...(await localeFlags(initdb)),
    '--no-sync',
    '--no-instructions',
  ]);
  const { code, output } = await runCommand(command, args, { env: runEnvironment(), limitMs: 120_000 });
  if (code !== 0) throw new StackFailure('PART_DID_NOT_START', `initdb failed:\n${output.trim()}`);
  renameSync(building, join(folder, 'cluster'));
};

/** A start as root may follow one that ran PostgreSQL under another id; the server insists on owning its folder. */
const takeOver = async (cluster: string, { uid }: PostgresUser): Promise<void> => {
  if (uid === undefined || statSync(cluster).uid === uid) return;
  await runCommand('chown', ['-R', `${uid}`, cluster]);
};

/** A killed server leaves its pid file. If that pid is still this server, it is ended; otherwise only the file is removed. */
const clearPidFile = async (cluster: string): Promise<void> => {
  const file = join(cluster, 'postmaster.pid');
  if (!existsSync(file)) return;
  const pid = Number.parseInt(readFileSync(file, 'utf8'), 10);
  const birth = Number.isNaN(pid) ? undefined : birthOf(pid);
  if (birth !== undefined && commandOf(pid)?.includes(cluster)) await endProcess({ pid, birth }, 'SIGINT', 10_000);
  rmSync(file, { force: true });
};

const withClient = async <T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3_000, query_timeout: 10_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end();
  }
};

const createDatabase = async (client: pg.Client): Promise<void> => {
  const { rowCount } = await client.query('select from pg_database where datname = $1', [NAME]);
  if (rowCount === 0) await client.query(`create database ${NAME}`);
};

/** The same from the official image. Rejects when the image is not available. */
export const startPostgresContainer = async ({ directory, durable = true }: PostgresOptions): Promise<Part> => {
  const folder = join(directory, 'data', 'postgres');
  mkdirSync(folder, { recursive: true });
  const password = passwordOf(folder);
  const urlOf = urlsWith(password);
  return startContainerPart({
    name: 'postgres',
    directory,
    durable,
    image: 'postgres:18-alpine',
    innerPort: 5432,
    usualPort: durable ? 5432 : undefined,
    environment: { POSTGRES_USER: NAME, POSTGRES_PASSWORD: password, POSTGRES_DB: NAME },
    command: ['postgres', '-c', 'max_connections=200', '-c', 'timezone=UTC'],
    dataFolder: '/var/lib/postgresql',
    probe: (port) => withClient(urlOf(port, 'postgres'), createDatabase),
    url: (port) => urlOf(port),
    stopSeconds: 8,
  });
};

/** Starts PostgreSQL on the loopback address with a database `tandem` and a random password, which its URL carries. */
export const startPostgres = async (options: PostgresOptions): Promise<Part> => {
  const { directory, port, durable = true, binaries = await postgresBinaries() } = options;
  const user = await postgresUser(binaries.initdb);
  const folder = join(directory, 'data', 'postgres');
  const cluster = join(folder, 'cluster');
  mkdirSync(folder, { recursive: true });
  const password = passwordOf(folder);
  const urlOf = (chosen: number, database = NAME) => `postgresql://${NAME}:${password}@127.0.0.1:${chosen}/${database}`;
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...(durable ? {} : { fsync: 'off', full_page_writes: 'off' }),
  };
  return startProcessPart({
    name: 'postgres',
    directory,
    port,
    usualPort: durable ? 5432 : undefined,
    beforeStart: async () => {
      if (!existsSync(cluster)) await initialise(folder, binaries, user);
      await takeOver(cluster, user);
      await clearPidFile(cluster);
    },
    command: (chosen) => {
      const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
      return {
        ...asUser(user, binaries.postgres, ['-D', cluster, '-p', `${chosen}`, ...flags]),
        env: runEnvironment(),
      };
    },
    probe: (chosen) => withClient(urlOf(chosen, 'postgres'), createDatabase),
    url: (port) => urlOf(port),
    // "fast": open connections are ended; SIGTERM would wait for them
    stopSignal: 'SIGINT',
    stopMs: 8_000,
    startMs: 60_000,
  });
};
