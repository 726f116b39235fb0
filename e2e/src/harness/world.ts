import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { type StackEngine, urlSettingOf } from '@tandem/local-stack/engine/engine-kinds.ts';
import { putSampleData } from '@tandem/local-stack/sample/sample-data.ts';
import { afterAll, beforeAll } from 'vitest';
import { type AppProcess, type Environment, startProgram } from './app-process.ts';
import { type Api, startApi } from './requests/api.ts';
import {
  copyDatabase,
  type Database,
  dropDatabase,
  forApps,
  openDatabase,
  type Row,
  withDatabase,
} from './services/database.ts';
import { type Engine, type EngineSnapshot, engineAt } from './services/engine.ts';
import { flushPrefix } from './services/redis.ts';
import { putSmallOptimize } from './services/small-optimize.ts';
import { sharedStack } from './stack.ts';
import { type Patience, until } from './until.ts';

export type WorldOptions = {
  /** sample: all indices of Optimize with documents; small: six of them; none. Default small. */
  readonly data?: 'sample' | 'small' | 'none';
  /** Whether an API and a worker run from the start, as `world.api` and `world.worker`. Default true. */
  readonly apps?: boolean;
  readonly environment?: Environment;
  /** An engine of the file's own, running before the world opens; default: the one that all files share. */
  readonly engine?: () => WorldEngine;
};

export type WorldEngine = { readonly kind: StackEngine; readonly url: string; readonly repositoriesPath: string };

/** What one test file has for itself: a database, Redis keys, a repository, indices, and the processes that it starts. */
export type World = {
  readonly name: string;
  /** The prefix of its indices. */
  readonly prefix: string;
  readonly repository: string;
  /** As the owner, who may do everything; the processes connect as the apps' role. */
  readonly databaseUrl: string;
  readonly redisUrl: string;
  readonly redisPrefix: string;
  readonly engineUrl: string;
  readonly engine: Engine;
  readonly api: Api;
  readonly worker: AppProcess;
  /** The environment of its processes, with changes; undefined takes a variable out. */
  readonly environment: (changes?: Environment) => Environment;
  readonly startApi: (changes?: Environment) => Promise<Api>;
  readonly startWorker: (changes?: Environment) => Promise<AppProcess>;
  /** `world.worker` by SIGTERM, so that the next one need not wait for the leases of its background tasks; resolves once it is gone. */
  readonly stopWorker: () => Promise<void>;
  /** As the operating system starts it, ready or not. */
  readonly startProgram: typeof startProgram;
  readonly newRepository: (suffix: string, settings?: object) => Promise<string>;
  readonly snapshots: (repository?: string) => Promise<readonly EngineSnapshot[]>;
  /** Those of one backup, part by part. */
  readonly snapshotsOf: (backupId: string, repository?: string) => Promise<readonly EngineSnapshot[]>;
  readonly sql: Database['sql'];
  readonly events: (backupId: string) => Promise<readonly Row[]>;
  readonly untilEvent: (backupId: string, kind: string) => Promise<Row>;
  /** Within 60 s, unless `withinMs` says otherwise. */
  readonly until: <T>(
    what: string,
    ask: () => Promise<T> | T,
    isWanted: (answer: T) => boolean,
    withinMs?: number,
  ) => Promise<T>;
  /** The last lines of every process, for messages. */
  readonly logs: () => string;
  /** Run before the world ends, last first. */
  readonly onEnd: (task: () => Promise<unknown>) => void;
};

/** Fast enough for tests; everything else as shipped. */
const fast: Environment = {
  HOST: '127.0.0.1',
  PORT: '0',
  LOG_LEVEL: 'debug',
  POLL_INTERVAL_MIN: '20ms',
  POLL_INTERVAL_MAX: '200ms',
  INTERRUPTED_RETRY_DELAY: '500ms',
  SWEEP_INTERVAL: '300ms',
  SEAL_INTERVAL: '300ms',
  RECONCILE_INTERVAL: 'off',
  LEASE_DURATION: '2s',
  // with the lease, the quiet period of every deletion
  ENGINE_MASTER_TIMEOUT: '1s',
  JOB_LOCK_DURATION: '2s',
  STALLED_CHECK_INTERVAL: '1s',
  RETRY_TRANSIENT_INITIAL_BACKOFF: '50ms',
  RETRY_TRANSIENT_MAX_BACKOFF: '300ms',
  RETRY_OPERATOR_INITIAL_BACKOFF: '100ms',
  RETRY_OPERATOR_MAX_BACKOFF: '500ms',
};

/** To be called at the top of a test file: its world is open before the first test and gone after the last, failed or not. */
export const useWorld = (options: WorldOptions = {}): World => {
  const world = {} as World;
  const tasks: (() => Promise<unknown>)[] = [];
  beforeAll(async () => {
    await openWorld(world, options, tasks);
  });
  afterAll(async () => {
    const failures: unknown[] = [];
    for (const task of tasks.reverse()) await task().catch((error: unknown) => failures.push(error));
    if (failures.length > 0) throw new AggregateError(failures, 'The world of this file could not be cleared away.');
  });
  return world;
};

const openWorld = async (
  world: World,
  { data = 'small', apps = true, environment = {}, engine: own }: WorldOptions,
  tasks: (() => Promise<unknown>)[],
): Promise<void> => {
  const shared = sharedStack();
  const ownEngine = own?.();
  const stack = ownEngine ? { ...shared, ...engineOf(ownEngine) } : { ...shared, engineSetting: 'ELASTICSEARCH_URL' };
  const name = `w${randomBytes(4).toString('hex')}`;
  const onEnd: World['onEnd'] = (task) => void tasks.push(task);
  const engine = engineAt(stack.engineUrl);

  await copyDatabase(stack.databaseUrl, stack.templateDatabase, name);
  onEnd(() => dropDatabase(stack.databaseUrl, name));
  const database = openDatabase(withDatabase(stack.databaseUrl, name));
  onEnd(database.close);
  const redisPrefix = `{${name}}`;
  onEnd(() => flushPrefix(stack.redisUrl, redisPrefix));
  onEnd(() => removeIndices(engine, name));
  const repositories: string[] = [];
  onEnd(async () => {
    for (const repository of repositories) await removeRepository(engine, repository);
  });
  const processes: AppProcess[] = [];
  onEnd(() => Promise.all(processes.map((process) => process.kill())));

  const settings: Environment = {
    ...fast,
    DATABASE_URL: forApps(stack.databaseUrl, name),
    REDIS_URL: stack.redisUrl,
    REDIS_PREFIX: redisPrefix,
    [stack.engineSetting]: stack.engineUrl,
    CAMUNDA_OPTIMIZE_BACKUP_REPOSITORY_NAME: name,
    CAMUNDA_OPTIMIZE_INDEX_PREFIX: name,
    ...environment,
  };
  const logs = () => processes.map((process) => lastLines(process)).join('\n');
  const patience: Patience = { logs };
  const environmentWith: World['environment'] = (changes = {}) => ({ ...settings, ...changes });
  const watched = <Process extends AppProcess>(process: Process): Process => {
    processes.push(process);
    return process;
  };
  const newRepository: World['newRepository'] = async (suffix, more = {}) => {
    const repository = suffix === '' ? name : `${name}-${suffix}`;
    const location = join(stack.repositoriesPath, repository);
    await engine.call('PUT', `_snapshot/${repository}`, { type: 'fs', settings: { location, ...more } });
    repositories.push(repository);
    return repository;
  };
  const snapshots: World['snapshots'] = (repository = name) => engine.snapshots(repository);
  const events: World['events'] = (backupId) =>
    database.sql('select * from event where backup_id = $1 order by id', backupId);

  Object.assign(world, {
    name,
    prefix: name,
    repository: name,
    databaseUrl: database.url,
    redisUrl: stack.redisUrl,
    redisPrefix,
    engineUrl: stack.engineUrl,
    engine,
    environment: environmentWith,
    startApi: async (changes?: Environment) => watched(await startApi(environmentWith(changes), logs)),
    startWorker: async (changes?: Environment) => {
      const worker = watched(startProgram('worker', environmentWith(changes)));
      await until('the worker is ready', worker.isReady, (ready) => ready, patience);
      return worker;
    },
    stopWorker: async () => {
      world.worker.signal('SIGTERM');
      await world.worker.exited;
    },
    startProgram: (...args: Parameters<typeof startProgram>) => watched(startProgram(...args)),
    newRepository,
    snapshots,
    snapshotsOf: async (backupId, repository) => {
      const mine = (await snapshots(repository)).filter(({ snapshot }) => idIn(snapshot) === backupId);
      return [...mine].sort((one, other) => (one.snapshot < other.snapshot ? -1 : 1));
    },
    sql: database.sql,
    events,
    untilEvent: async (backupId, kind) => {
      const ofKind = async () => (await events(backupId)).find((event) => event.kind === kind);
      const found = await until(`${backupId} has an event ${kind}`, ofKind, (event) => event !== undefined, patience);
      return found as Row;
    },
    until: (what, ask, isWanted, withinMs = 60_000) => until(what, ask, isWanted, { ...patience, withinMs }),
    logs,
    onEnd,
  } satisfies Omit<World, 'api' | 'worker'>);

  await newRepository('');
  if (data === 'sample') await putSampleData(stack.engineUrl, { prefix: name, processInstances: 50 });
  if (data === 'small') await putSmallOptimize(engine, name);
  if (!apps) return;
  const [api, worker] = await Promise.all([world.startApi(), world.startWorker()]);
  Object.assign(world, { api, worker });
};

const engineOf = ({ kind, url, repositoriesPath }: WorldEngine) => ({
  engineUrl: url,
  engineSetting: urlSettingOf(kind),
  repositoriesPath,
});

const idIn = (snapshot: string): string | undefined =>
  /^camunda_optimize_(.+)_[^_]+_part_\d+_of_\d+$/.exec(snapshot)?.[1];

/** Its folder goes with the stack. What still runs in it is ended, for it holds indices. */
const removeRepository = async (engine: Engine, repository: string): Promise<void> => {
  const running = await engine.call<{ snapshots: { snapshot: string }[] }>('GET', `_snapshot/${repository}/_current`);
  for (const { snapshot } of running.snapshots) await engine.call('DELETE', `_snapshot/${repository}/${snapshot}`);
  await engine.call('DELETE', `_snapshot/${repository}`);
};

/** Those of the world and those that were restored from its snapshots. Wildcards in deletes are not allowed by default. */
const removeIndices = async (engine: Engine, name: string): Promise<void> => {
  const { indices } = await engine.call<{ indices: { name: string }[] }>(
    'GET',
    `_resolve/index/*${name}*?expand_wildcards=all`,
  );
  const names = indices.map((index) => index.name);
  for (let at = 0; at < names.length; at += 40) {
    await engine.call('DELETE', names.slice(at, at + 40).join(','));
  }
};

const lastLines = (process: AppProcess): string =>
  `--- ${process.program} ${process.pid}\n${process.output().split('\n').slice(-30).join('\n')}`;
