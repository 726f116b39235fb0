import { chooseEngine } from '@tandem/local-stack/engine/choose-engine.ts';
import { stackEngineKinds } from '@tandem/local-stack/engine/engine-kinds.ts';
import { findJdks, missingJdk } from '@tandem/local-stack/engine/java.ts';
import type { TestProject } from 'vitest/node';
import { startSharedServers } from '../harness/services/shared-servers.ts';

/** One line for each engine that no JDK of this machine fits. */
const skipped = async (): Promise<readonly string[]> => {
  const jdks = await findJdks();
  return stackEngineKinds.map((kind) => missingJdk(jdks, kind)).filter((why) => why !== undefined);
};

/** PostgreSQL and Redis for all files, each of which starts its engine. Engines without a JDK are named, at the start and at the end. */
const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  const log = (line: string) => console.log(`tandem: ${line}`);
  // installs a JDK and Maven where there is none and that is possible, as the other tests do
  await chooseEngine(undefined, log);
  const lines = (await skipped()).map((why) => `skipped: ${why}`);
  lines.forEach(log);
  const teardown = await startSharedServers(project, ['postgres', 'redis']);
  return async () => {
    await teardown();
    lines.forEach(log);
  };
};

export default setup;
