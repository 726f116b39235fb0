import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEngine } from '@tandem/local-stack/engine/start-engine.ts';
import type { Part } from '@tandem/local-stack/part.ts';
import { startPostgres } from '@tandem/local-stack/postgres/postgres.ts';
import type { PostgresBinaries } from '@tandem/local-stack/postgres/postgres-binaries.ts';
import { startRedis } from '@tandem/local-stack/redis/redis.ts';
import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import type { Environment } from '../harness/app-process.ts';
import { createMigratedDatabase, forApps, openDatabase, type Row, withDatabase } from '../harness/services/database.ts';
import { type Engine, engineAt } from '../harness/services/engine.ts';
import { putSmallOptimize, VERSION } from '../harness/services/small-optimize.ts';
import type { World } from '../harness/world.ts';

/** Servers that only one test file uses, so that they may be stopped, frozen and killed. They end with the world. */

export const ownFolder = (world: World): string => {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-faults-'));
  chmodSync(folder, 0o755);
  world.onEnd(async () => rmSync(folder, { recursive: true, force: true }));
  return folder;
};

export const endsWith = <P extends Part>(world: World, part: P): P => {
  world.onEnd(async () => {
    part.signal('SIGCONT');
    await part.kill();
  });
  return part;
};

/** Its processes start with these from now on. */
const withEnvironment = (world: World, standard: Environment): void => {
  const { startApi, startWorker, environment } = world;
  Object.assign(world, {
    environment: (changes: Environment = {}) => environment({ ...standard, ...changes }),
    startApi: (changes: Environment = {}) => startApi({ ...standard, ...changes }),
    startWorker: (changes: Environment = {}) => startWorker({ ...standard, ...changes }),
  } satisfies Partial<World>);
};

export const useOwnRedis = async (world: World): Promise<Part> => {
  const redis = endsWith(world, await startRedis({ directory: ownFolder(world), durable: false }));
  withEnvironment(world, { REDIS_URL: redis.url });
  return redis;
};

export const useOwnPostgres = async (world: World, binaries?: PostgresBinaries): Promise<Part> => {
  const postgres = await startOwnPostgres(world, binaries);
  await createMigratedDatabase(postgres.url, world.name);
  useDatabaseOf(world, postgres);
  return postgres;
};

/** Without the world's database. `binaries` undefined: npm's. */
export const startOwnPostgres = async (world: World, binaries?: PostgresBinaries): Promise<Part> => {
  const options = { directory: ownFolder(world), durable: false, ...omitUndefined({ binaries }) };
  return endsWith(world, await startPostgres(options));
};

/** The world's processes and its own queries use the database of its name on that server from now on. */
export const useDatabaseOf = (world: World, postgres: Part): void => {
  const databaseUrl = withDatabase(postgres.url, world.name);
  const { sql, close } = openDatabase(databaseUrl);
  world.onEnd(close);
  withEnvironment(world, { DATABASE_URL: forApps(postgres.url, world.name) });
  const events: World['events'] = (backupId) => sql('select * from event where backup_id = $1 order by id', backupId);
  const untilEvent: World['untilEvent'] = async (backupId, kind) => {
    const ofKind = async () => (await events(backupId)).find((event) => event.kind === kind);
    return (await world.until(`${backupId} has an event ${kind}`, ofKind, (event) => event !== undefined)) as Row;
  };
  Object.assign(world, { databaseUrl, sql, events, untilEvent } satisfies Partial<World>);
};

export type OwnEngine = Awaited<ReturnType<typeof startEngine>>;

/** The world's processes and its own calls use that engine from now on. */
export const useEngine = (world: World, engine: Engine, engineUrl: string): void => {
  withEnvironment(world, { ELASTICSEARCH_URL: engineUrl });
  const snapshots: World['snapshots'] = (repository = world.name) => engine.snapshots(repository);
  const snapshotsOf: World['snapshotsOf'] = async (backupId, repository) => {
    const ofBackup = (name: string) => name.startsWith(`camunda_optimize_${backupId}_${VERSION}_part_`);
    const mine = (await snapshots(repository)).filter(({ snapshot }) => ofBackup(snapshot));
    return mine.sort((one, other) => (one.snapshot < other.snapshot ? -1 : 1));
  };
  Object.assign(world, { engine, engineUrl, snapshots, snapshotsOf } satisfies Partial<World>);
};

/** With a small Optimize in it and an empty repository, both by the world's name. */
export const useOwnEngine = async (world: World): Promise<OwnEngine> => {
  const part = endsWith(world, await startEngine({ directory: ownFolder(world), durable: false, heapMb: 512 }));
  const engine = engineAt(part.url);
  useEngine(world, engine, part.url);
  await Promise.all([
    engine.putRepository(world.name, join(part.repositoriesPath, world.name)),
    putSmallOptimize(engine, world.prefix),
  ]);
  return part;
};
