import { mkdirSync } from 'node:fs';
import { chmod, readdir, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { cached } from '../cached.ts';
import { startContainerPart } from '../container/container-part.ts';
import { anyJava, findJdks } from '../engine/java.ts';
import { downloadJars, hasMaven } from '../engine/maven.ts';
import { ToolsMissing } from '../engine/three-ways-out.ts';
import { installTools, type MissingTools } from '../engine/toolchain.ts';
import { type Part, startProcessPart } from '../part.ts';
import { findProgram } from '../process/find-program.ts';
import { runCommand } from '../process/run-command.ts';
import { environment } from '../settings.ts';
import { StackFailure } from '../stack-failure.ts';
import { zipEntry } from '../zip-entry.ts';

export type RedisOptions = {
  directory: string;
  /** A fixed port; default: the one of the last start, 6379, or a free one. */
  port?: number | undefined;
  /** false: a throw-away server on any free port. */
  durable?: boolean;
  /** Added to those of its configuration file. */
  settings?: Readonly<Record<string, string>>;
  report?: (line: string) => void;
};

const ARTIFACT = 'com.github.codemonstur:embedded-redis:1.4.3';
const OLDEST = [6, 2] as const;

/** Whether the text of `redis-server --version` names a version that BullMQ recommends: 6.2 or newer. */
export const isRecentRedis = (text: string): boolean => {
  const [, major = '0', minor = '0'] = /v=(\d+)\.(\d+)/.exec(text) ?? [];
  return Number(major) > OLDEST[0] || (Number(major) === OLDEST[0] && Number(minor) >= OLDEST[1]);
};

const fromPath = async (): Promise<string | undefined> => {
  const program = findProgram('redis-server');
  if (program === undefined) return undefined;
  const { output } = await runCommand(program, ['--version'], { env: environment(), limitMs: 5_000 });
  return isRecentRedis(output) ? program : undefined;
};

/** The static binaries inside the artifact, by platform and architecture. */
const binaries: Record<string, string> = {
  'linux-x64': 'redis-server-6.2.6-v5-linux-amd64',
  'linux-arm64': 'redis-server-6.2.7-linux-arm64',
  'darwin-x64': 'redis-server-6.2.6-v5-darwin-amd64',
  'darwin-arm64': 'redis-server-6.2.6-v5-darwin-arm64',
};

/** Where Maven or its Java are missing they are installed if possible. */
const requireMaven = async (report: (line: string) => void): Promise<void> => {
  const lacking = async (): Promise<MissingTools> => {
    const hasJdk = (await findJdks()).length > 0;
    return { jdk: hasJdk ? undefined : anyJava, maven: !hasMaven() };
  };
  const { jdk, maven } = await installTools(lacking, report);
  if (jdk === undefined && !maven) return;
  const text =
    'Redis is neither on the PATH (redis-server, 6.2 or newer) nor can it be fetched, for that needs a JDK and Maven.';
  throw new ToolsMissing('NO_MAVEN', text, 'REDIS_URL=redis://localhost:6379', anyJava);
};

const fromMaven = async (report: (line: string) => void): Promise<string> => {
  const machine = `${process.platform}-${process.arch}`;
  const binary = binaries[machine];
  if (binary === undefined)
    throw new StackFailure('NO_BINARIES', `${ARTIFACT} has no Redis for ${machine}; set REDIS_URL`);
  const folder = await cached(`redis-${machine}`, async (building) => {
    await requireMaven(report);
    report('fetching Redis with Maven');
    await downloadJars([ARTIFACT], building, { transitive: false });
    const jar = (await readdir(building)).find((name) => name.endsWith('.jar'));
    const content = jar === undefined ? undefined : await zipEntry(join(building, jar), binary);
    if (content === undefined) throw new StackFailure('NO_BINARIES', `${ARTIFACT} has no ${binary}`);
    await writeFile(join(building, 'redis-server'), content);
    await chmod(join(building, 'redis-server'), 0o755);
  });
  return join(folder, 'redis-server');
};

/** One inline command and the beginning of its answer as text, an error too. */
export const askRedis = (port: number, command: string, password?: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, timeout: 1_000 });
    const commands = password === undefined ? [command] : [`AUTH ${password}`, command];
    const next = () => socket.write(`${commands.shift()}\r\n`);
    socket.once('connect', next);
    socket.on('data', (chunk) => {
      if (commands.length > 0) return void next();
      socket.destroy();
      resolve(chunk.toString('utf8'));
    });
    socket.once('timeout', () => socket.destroy(new Error('no answer')));
    socket.once('error', reject);
  });

/** As `askRedis`; rejects with an error that Redis answers with. */
export const tellRedis = async ({ url }: Pick<Part, 'url'>, command: string, password?: string): Promise<string> => {
  const answer = (await askRedis(Number(new URL(url).port), command, password)).trim();
  if (answer.startsWith('-')) throw new Error(`${command.slice(0, 40)}: ${answer}`);
  return answer;
};

const probeAny = async (port: number, password?: string): Promise<void> => {
  const pong = await askRedis(port, 'PING', password);
  if (!pong.startsWith('+PONG')) throw new Error(pong.trim());
};

export const probeRedis = async (port: number, pid: number, password?: string): Promise<void> => {
  const answer = await askRedis(port, 'INFO server', password);
  if (!answer.includes(`process_id:${pid}\r\n`)) throw new Error(`another process answers on port ${port}`);
  // while it reads its file it answers INFO, but LOADING to this
  await probeAny(port, password);
};

/** The same from the official image. Rejects when the image is not available. */
export const startRedisContainer = ({ directory, durable = true }: RedisOptions): Promise<Part> =>
  startContainerPart({
    name: 'redis',
    directory,
    durable,
    image: 'redis:8.2-alpine',
    innerPort: 6379,
    usualPort: durable ? 6379 : undefined,
    environment: {},
    command: ['redis-server', '--appendonly', 'yes', '--maxmemory-policy', 'noeviction', '--protected-mode', 'no'],
    dataFolder: '/data',
    probe: (port) => probeAny(port),
    url: (port) => `redis://127.0.0.1:${port}`,
    stopSeconds: 5,
  });

/** The path of `redis-server`. */
export const redisProgram = async (report: (line: string) => void = () => undefined): Promise<string> =>
  (await fromPath()) ?? (await fromMaven(report));

/** Starts Redis on the loopback address: `redis-server` of the PATH, else a static binary from Maven. It never evicts and appends to a file. */
export const startRedis = async ({
  directory,
  port,
  durable = true,
  settings: more = {},
  report,
}: RedisOptions): Promise<Part> => {
  const program = await redisProgram(report);
  const data = join(directory, 'data', 'redis');
  mkdirSync(data, { recursive: true });
  const settings = {
    bind: '127.0.0.1',
    dir: data,
    appendonly: 'yes',
    appendfsync: durable ? 'everysec' : 'no',
    save: '',
    'maxmemory-policy': 'noeviction',
    daemonize: 'no',
    ...more,
  };
  return startProcessPart({
    name: 'redis',
    directory,
    port,
    usualPort: durable ? 6379 : undefined,
    command: (chosen) => ({
      command: program,
      args: Object.entries({ ...settings, port: String(chosen) }).flatMap(([name, value]) => [`--${name}`, value]),
      env: environment(),
    }),
    probe: (at, pid) => probeRedis(at, pid),
    url: (chosen) => `redis://127.0.0.1:${chosen}`,
    stopSignal: 'SIGTERM',
    stopMs: 5_000,
    startMs: 30_000,
  });
};
