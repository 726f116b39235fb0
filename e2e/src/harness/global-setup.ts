import type { TestProject } from 'vitest/node';
import { startSharedServers } from './services/shared-servers.ts';

/** A real PostgreSQL, Redis and engine for each worker: some files change the settings of the engine's cluster. */
const setup = (project: TestProject): Promise<() => Promise<void>> => {
  const files = project.vitest.state.getPaths().length;
  const workers = Math.min(project.config.maxWorkers, files);
  return startSharedServers(project, ['postgres', 'redis', 'engine'], workers);
};

export default setup;
