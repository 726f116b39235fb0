import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { hasDocker } from './container/docker.ts';
import { engineLabel, type StackEngine, slugOf } from './engine/engine-kinds.ts';
import { startEngine, startEngineContainer } from './engine/start-engine.ts';
import { oneReason } from './engine/three-ways-out.ts';
import { givenPart, type Part, type PartName } from './part.ts';
import { asAppRole, startPostgres, startPostgresContainer } from './postgres/postgres.ts';
import { startRedis, startRedisContainer } from './redis/redis.ts';
import { putRepository, REPOSITORY } from './repository.ts';
import { putSampleData } from './sample/sample-data.ts';
import type { GivenServices } from './settings.ts';
import { StackFailure } from './stack-failure.ts';

export type StackOptions = {
  /** Where data and logs of this stack live. One stack per directory at a time. */
  directory: string;
  /** Default: 8.19 on Java 17 to 20, 9.5 on Java 21 and newer. */
  engine?: StackEngine | undefined;
  /** Services that run already: used as they are, never stopped, and nothing is put into them. */
  given?: Partial<GivenServices>;
  /** The parts to start; default all. The URL of a part left out is ''. */
  parts?: readonly PartName[];
  /** Whether an engine that we start gets the Optimize indices with generated documents. Default false. */
  sampleData?: boolean;
  /** false: throw-away parts on any free ports that start faster. Default true: kept data, the usual ports where free. */
  durable?: boolean;
  /** Heap of the engine in MB, default 512. */
  heapMb?: number;
  /** Receives progress lines. */
  report?: (line: string) => void;
};

export type Stack = {
  /** For the apps. */
  readonly databaseUrl: string;
  /** For migrations: the owner of the tables, and of a server that we started. Equals `databaseUrl` where no other was given. */
  readonly databaseOwnerUrl: string;
  readonly redisUrl: string;
  readonly engineUrl: string;
  /** Name and folder of the snapshot repository in an engine that we started; undefined in a given one. */
  readonly repository: string | undefined;
  readonly repositoryPath: string | undefined;
  /** The engine's `path.repo`: further fs repositories may be registered below it. */
  readonly repositoriesPath: string | undefined;
  /** Of an engine that we started; undefined for a given one. */
  readonly engine: { kind: StackEngine; version: string } | undefined;
  readonly parts: Readonly<Partial<Record<PartName, Part>>>;
  /** The processes that run here now, by part. */
  readonly pids: Record<string, number>;
  /** The log files by part. */
  readonly logs: Record<string, string>;
  /** Ends what was started, engine first, each within a few seconds. Idempotent. */
  stop(): Promise<void>;
};

const collect = <T>(parts: Partial<Record<PartName, Part>>, pick: (part: Part) => T | undefined): Record<string, T> =>
  Object.fromEntries(
    Object.entries(parts)
      .map(([name, part]) => [name, pick(part)] as const)
      .filter((entry): entry is [string, T] => entry[1] !== undefined),
  );

/**
 * Brings up PostgreSQL, Redis and an engine at the same time and resolves when all answer. Rejects with a StackFailure when one does not
 * come up; the others are ended first, so nothing is left.
 */
export const startStack = async (options: StackOptions): Promise<Stack> => {
  const {
    given = {},
    parts: requested = ['postgres', 'redis', 'engine'],
    durable = true,
    sampleData = false,
  } = options;
  const directory = resolve(options.directory);
  const report = options.report ?? (() => undefined);
  mkdirSync(directory, { recursive: true });

  const parts: Partial<Record<PartName, Part>> = {};
  let engine: Stack['engine'];
  let repositoriesPath: string | undefined;
  const stop = async () => {
    for (const name of ['engine', 'redis', 'postgres'] as const) await parts[name]?.stop();
  };

  /** From a container where Docker answers, unless a local process has kept data here; when that fails, as a local process. */
  const either = async <P>(data: string, container: () => Promise<P>, local: () => Promise<P>): Promise<P> => {
    if (existsSync(join(directory, 'data', data)) || !(await hasDocker())) return local();
    try {
      return await container();
    } catch (error) {
      if (error instanceof StackFailure) throw error;
      report(
        `no container for ${data.split('/')[0]} (${(error as Error).message.split('\n')[0]}); trying a local process`,
      );
      return local();
    }
  };
  const bring = async (name: PartName, label: string, url: string | undefined, start: () => Promise<Part>) => {
    if (!requested.includes(name)) return;
    const begun = performance.now();
    const part = url === undefined ? await start() : givenPart(url);
    parts[name] = part;
    const how = url === undefined ? `up after ${((performance.now() - begun) / 1000).toFixed(1)} s` : 'given by URL';
    report(`${label}: ${how}`);
  };
  const common = { directory, durable, report };
  const bringPostgres = () =>
    either(
      'postgres/cluster',
      () => startPostgresContainer(common),
      () => startPostgres(common),
    );
  const bringRedis = () =>
    either(
      'redis',
      () => startRedisContainer(common),
      () => startRedis(common),
    );
  const bringEngine = async () => {
    const engineOptions = { ...common, kind: options.engine, heapMb: options.heapMb };
    const folder = `${slugOf(options.engine ?? 'elasticsearch@8')}/data`;
    const started = await either(
      folder,
      () => startEngineContainer(engineOptions),
      () => startEngine(engineOptions),
    );
    engine = { kind: started.kind, version: started.version };
    repositoriesPath = started.repositoriesPath;
    return started;
  };
  const outcomes = await Promise.allSettled([
    bring('postgres', 'PostgreSQL', given.databaseUrl, bringPostgres),
    bring('redis', 'Redis', given.redisUrl, bringRedis),
    bring('engine', options.engine ? engineLabel(options.engine) : 'Elasticsearch', given.engineUrl, bringEngine),
  ]);
  const failed = outcomes.filter((outcome) => outcome.status === 'rejected');
  if (failed.length > 0) {
    await stop();
    throw oneReason(failed.map(({ reason }) => reason as unknown));
  }
  try {
    if (engine && parts.engine) {
      await putRepository(parts.engine.url, repositoriesPath ?? '');
      if (sampleData) {
        report('sample data: checking the indices of Optimize');
        const { indices, documents } = await putSampleData(parts.engine.url);
        report(
          documents === 0
            ? `sample data: kept from the last start`
            : `sample data: ${documents} documents in ${indices} indices`,
        );
      }
    }
  } catch (error) {
    await stop();
    throw error;
  }
  // a container's folders are not readable from the host
  const hostPath = parts.engine?.origin === 'process' ? repositoriesPath : undefined;
  return {
    databaseUrl: given.databaseUrl ?? asAppRole(parts.postgres?.url ?? ''),
    databaseOwnerUrl: given.databaseOwnerUrl ?? parts.postgres?.url ?? '',
    redisUrl: parts.redis?.url ?? '',
    engineUrl: parts.engine?.url ?? '',
    repository: engine && REPOSITORY,
    repositoryPath: hostPath && join(hostPath, REPOSITORY),
    repositoriesPath: hostPath,
    engine,
    parts,
    get pids() {
      return collect(parts, (part) => part.pid);
    },
    get logs() {
      return collect(parts, (part) => part.logFile);
    },
    stop,
  };
};
