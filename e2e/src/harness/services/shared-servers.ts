import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PartName } from '@tandem/local-stack/part.ts';
import { startStack } from '@tandem/local-stack/stack.ts';
import type { TestProject } from 'vitest/node';
import type {} from '../stack.ts';
import { createMigratedDatabase } from './database.ts';

const TEMPLATE = 'tandem_e2e_template';

/** Starts servers for all files of a project; each file has its own database, key prefix, repository and indices. Returns the way to end them. */
export const startSharedServers = async (
  project: TestProject,
  parts: readonly PartName[],
): Promise<() => Promise<void>> => {
  const directory = mkdtempSync(join(tmpdir(), 'tandem-e2e-'));
  // PostgreSQL runs as another user when the tests run as root
  chmodSync(directory, 0o755);
  const stack = await startStack({ directory, parts, durable: false, sampleData: false, heapMb: 1024 });
  const teardown = async () => {
    await stack.stop();
    rmSync(directory, { recursive: true, force: true });
  };
  try {
    await createMigratedDatabase(stack.databaseOwnerUrl, TEMPLATE);
    if (parts.includes('engine') && stack.repositoriesPath === undefined)
      throw new Error('The engine of the tests must be one that was started here.');
    project.provide('stack', {
      databaseUrl: stack.databaseOwnerUrl,
      templateDatabase: TEMPLATE,
      redisUrl: stack.redisUrl,
      engineUrl: stack.engineUrl,
      repositoriesPath: stack.repositoriesPath ?? '',
    });
    return teardown;
  } catch (error) {
    await teardown();
    throw error;
  }
};
