import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { PartName } from '@tandem/local-stack/part.ts';
import { startStack } from '@tandem/local-stack/stack.ts';
import type { TestProject } from 'vitest/node';
import { programs } from '../paths.ts';
import type { SharedStack } from '../stack.ts';
import { createMigratedDatabase } from './database.ts';

const TEMPLATE = 'tandem_e2e_template';

type Servers = { readonly stack: Omit<SharedStack, 'compileCache'>; readonly stop: () => Promise<void> };

const startServers = async (directory: string, parts: readonly PartName[]): Promise<Servers> => {
  const stack = await startStack({ directory, parts, durable: false, sampleData: false, heapMb: 1024 });
  try {
    await createMigratedDatabase(stack.databaseOwnerUrl, TEMPLATE);
    if (parts.includes('engine') && stack.repositoriesPath === undefined)
      throw new Error('The engine of the tests must be one that was started here.');
  } catch (error) {
    await stack.stop();
    throw error;
  }
  const { databaseOwnerUrl: databaseUrl, redisUrl, engineUrl, repositoriesPath = '', stop } = stack;
  return { stack: { databaseUrl, templateDatabase: TEMPLATE, redisUrl, engineUrl, repositoriesPath }, stop };
};

/** Compiles the programs once: a process that is killed keeps nothing for the next. */
const fillCompileCache = (folder: string) =>
  Promise.all(
    [programs.api, programs.worker].map((program) =>
      promisify(execFile)(process.execPath, [program, '--help'], {
        env: { PATH: process.env.PATH, NODE_COMPILE_CACHE: folder },
      }),
    ),
  );

const started = <T>(results: readonly PromiseSettledResult<T>[]): readonly T[] =>
  results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));

/**
 * Starts servers for the files of a project: `sets` of them, each for the workers that share it. Each file has its own database, key prefix,
 * repository and indices. Returns the way to end them.
 */
export const startSharedServers = async (
  project: TestProject,
  parts: readonly PartName[],
  sets = 1,
): Promise<() => Promise<void>> => {
  const directory = mkdtempSync(join(tmpdir(), 'tandem-e2e-'));
  // PostgreSQL runs as another user when the tests run as root
  chmodSync(directory, 0o755);
  const compileCache = join(directory, 'compile-cache');
  mkdirSync(compileCache);
  const starting = Array.from({ length: sets }, (_, nth) => startServers(join(directory, `set-${nth + 1}`), parts));
  const results = await Promise.allSettled([fillCompileCache(compileCache), ...starting]);
  const servers = started(await Promise.allSettled(starting));
  const teardown = async () => {
    await Promise.all(servers.map(({ stop }) => stop()));
    rmSync(directory, { recursive: true, force: true });
  };
  const failed = results.find(({ status }) => status === 'rejected');
  if (failed !== undefined) {
    await teardown();
    throw (failed as PromiseRejectedResult).reason;
  }
  project.provide(
    'stacks',
    servers.map(({ stack }) => ({ ...stack, compileCache })),
  );
  return teardown;
};
