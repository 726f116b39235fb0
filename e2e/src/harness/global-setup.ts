import type { TestProject } from 'vitest/node';
import { startSharedServers } from './services/shared-servers.ts';

/** One real PostgreSQL, Redis and engine for all files. */
const setup = (project: TestProject): Promise<() => Promise<void>> =>
  startSharedServers(project, ['postgres', 'redis', 'engine']);

export default setup;
