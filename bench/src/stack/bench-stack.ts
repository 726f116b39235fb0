import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { PartName } from '@tandem/local-stack/part.ts';
import { putSampleData } from '@tandem/local-stack/sample/sample-data.ts';
import { bareEnvironment, homeDirectory } from '@tandem/local-stack/settings.ts';
import { type Stack, startStack } from '@tandem/local-stack/stack.ts';
import { migrate } from '@tandem/local-stack/start/migrate.ts';
import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import { Redis } from 'ioredis';
import { Client } from 'pg';

export type Progress = (line: string) => void;

export type BenchStackOptions = {
  readonly parts?: readonly PartName[];
  /** How many process instances the engine's small Optimize has; undefined: no Optimize data. */
  readonly processInstances?: number;
  /** As for production: PostgreSQL waits for the disk, the engine reaches full speed. */
  readonly durable: boolean;
  readonly heapMb?: number;
  /** Where data is kept between runs; undefined: it is not kept. */
  readonly keptIn?: string | undefined;
  readonly progress: Progress;
};

export type BenchStack = {
  readonly stack: Stack;
  readonly directory: string;
  /** The settings with which a process of Tandem finds this stack, and no others. */
  readonly environment: NodeJS.ProcessEnv;
  readonly versions: Readonly<Record<string, string>>;
  /** Registers what to end before the stack, in reverse order. */
  readonly atEnd: (end: () => unknown) => void;
};

const versionsOf = async (stack: Stack): Promise<Record<string, string>> => {
  const client = new Client({ connectionString: stack.databaseOwnerUrl });
  await client.connect();
  const { rows } = await client.query<{ server_version: string }>('SHOW server_version');
  await client.end();
  const redis = new Redis(stack.redisUrl);
  const info = await redis.info('server');
  redis.disconnect();
  return {
    PostgreSQL: rows[0]?.server_version.split(' ')[0] ?? 'unknown',
    Redis: /redis_version:(\S+)/.exec(info)?.[1] ?? 'unknown',
    ...omitUndefined({ Elasticsearch: stack.engine?.version }),
  };
};

const inUse = new Set<string>();

const temporaryDirectory = (): string => {
  const parent = join(homeDirectory, 'bench');
  mkdirSync(parent, { recursive: true });
  const directory = mkdtempSync(join(parent, 'run-'));
  inUse.add(directory);
  return directory;
};

/** For an interrupted run, once its processes have ended: removes its gigabytes of data and keeps the logs. */
export const removeLeftData = (): void => {
  for (const directory of inUse) rmSync(join(directory, 'data'), { recursive: true, force: true });
};

const keptDirectory = (path: string): string => {
  const directory = resolve(path);
  mkdirSync(directory, { recursive: true });
  return directory;
};

/**
 * A stack, migrated, of this run alone unless its data is kept. Everything is ended with the work, also after a failure; then the logs
 * are kept.
 */
export const withBenchStack = async <Result>(
  options: BenchStackOptions,
  work: (bench: BenchStack) => Promise<Result>,
): Promise<Result> => {
  const { keptIn } = options;
  const directory = keptIn === undefined ? temporaryDirectory() : keptDirectory(keptIn);
  const scope = new AsyncDisposableStack();
  try {
    const stack = await startStack({ ...options, directory, report: options.progress });
    scope.defer(() => stack.stop());
    const environment = { ...bareEnvironment(), DATABASE_URL: stack.databaseUrl, REDIS_URL: stack.redisUrl };
    await migrate({
      ...environment,
      DATABASE_OWNER_URL: stack.databaseOwnerUrl,
      ELASTICSEARCH_URL: stack.engineUrl || 'http://127.0.0.1:9',
    });
    if (options.processInstances !== undefined) {
      const { documents, indices } = await putSampleData(stack.engineUrl, options);
      options.progress(`a small Optimize: ${documents} documents in ${indices} indices`);
    }
    const versions = await versionsOf(stack);
    const atEnd: BenchStack['atEnd'] = (end) =>
      scope.defer(async () => {
        await end();
      });
    const result = await work({ stack, directory, environment, versions, atEnd });
    await scope.disposeAsync();
    if (keptIn === undefined) rmSync(directory, { recursive: true, force: true });
    inUse.delete(directory);
    return result;
  } catch (error) {
    await scope.disposeAsync();
    removeLeftData();
    options.progress(`failed: the logs are in ${join(directory, 'logs')}`);
    throw error;
  }
};
