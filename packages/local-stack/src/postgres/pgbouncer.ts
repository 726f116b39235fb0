import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { type Part, startProcessPart } from '../part.ts';
import { environment } from '../settings.ts';

export type PgBouncerOptions = {
  readonly directory: string;
  readonly program: string;
  /** Of a database of the server behind it: clients name the same ones. */
  readonly postgresUrl: string;
  /** Further roles that may log in, in addition to the user of that URL. */
  readonly roles?: readonly { readonly name: string; readonly password: string }[];
  /** PgBouncer's own settings; those not named keep its defaults. Default: transaction mode. */
  readonly settings?: Readonly<Record<string, string>>;
};

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/** PgBouncer in front of a PostgreSQL, for tests. */
export const startPgBouncer = async (options: PgBouncerOptions): Promise<Part> => {
  const { directory, program, postgresUrl, roles = [], settings = { pool_mode: 'transaction' } } = options;
  const { hostname, port: serverPort, username, password, pathname } = new URL(postgresUrl);
  const folder = join(directory, 'data', 'pgbouncer');
  mkdirSync(folder, { recursive: true });
  const users = [{ name: decodeURIComponent(username), password: decodeURIComponent(password) }, ...roles];
  const usersFile = join(folder, 'userlist.txt');
  writeFileSync(usersFile, users.map((user) => `${quoted(user.name)} ${quoted(user.password)}\n`).join(''));
  const written = (port: number): string => {
    const file = join(folder, 'pgbouncer.ini');
    const lines = Object.entries({
      listen_addr: '127.0.0.1',
      listen_port: String(port),
      unix_socket_dir: '',
      auth_file: usersFile,
      ...settings,
    }).map(([name, value]) => `${name} = ${value}`);
    writeFileSync(file, `[databases]\n* = host=${hostname} port=${serverPort}\n[pgbouncer]\n${lines.join('\n')}\n`);
    // it drops root, and reads them again
    for (const path of [file, usersFile]) chmodSync(path, 0o644);
    return file;
  };
  const url = (port: number): string => {
    const address = new URL(postgresUrl);
    address.port = String(port);
    return address.href;
  };
  const probe = async (port: number): Promise<void> => {
    const client = new pg.Client({ connectionString: url(port), connectionTimeoutMillis: 3_000, query_timeout: 3_000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query('SELECT 1');
    } finally {
      await client.end();
    }
  };
  const asNobody = process.getuid?.() === 0 ? ['-u', 'nobody'] : [];
  return startProcessPart({
    name: `pgbouncer-${pathname.slice(1)}`,
    directory,
    usualPort: undefined,
    command: (chosen) => ({ command: program, args: [...asNobody, written(chosen)], env: environment() }),
    probe,
    url,
    // at once; SIGINT would wait for its clients
    stopSignal: 'SIGTERM',
    stopMs: 3_000,
    startMs: 20_000,
  });
};
