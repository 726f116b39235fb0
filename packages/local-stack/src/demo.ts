import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { narrator } from './demo/narrator.ts';
import { tellStory } from './demo/story.ts';
import { engineLabel } from './engine/engine-kinds.ts';
import { requestedStackEngine } from './engine/requested-engine.ts';
import { endAllWatched } from './process/guard.ts';
import { homeDirectory } from './settings.ts';
import { StackFailure } from './stack-failure.ts';
import { listenForStop } from './start/stop-request.ts';
import { startTandem } from './start/tandem.ts';

const begun = performance.now();

/** Starts a stack of its own, also while `npm start` runs; services the user configured are not touched. */
const demonstrate = async (directory: string): Promise<void> => {
  const { values } = parseArgs({ options: { engine: { type: 'string' } } });
  const engine = requestedStackEngine(values.engine);
  const tell = narrator();
  const label = engine ? engineLabel(engine) : 'Elasticsearch';
  tell.step(`start PostgreSQL, Redis and ${label}, load a small Optimize data set, migrate, start API and worker`);
  const tandem = await startTandem({
    directory,
    host: '127.0.0.1',
    port: 0,
    engine,
    durable: false,
    sampleData: true,
    ownSettings: true,
    report: tell.show,
  });
  try {
    tell.check(`the API is ready at ${tandem.apiUrl}`, true);
    await tellStory(tandem, tell);
    tell.step('stop everything');
  } finally {
    await tandem.stop();
  }
  tell.check('no process is left running', Object.keys(tandem.pids).length === 0, tandem.pids);
};

const main = async (): Promise<number> => {
  const parent = join(homeDirectory, 'demo');
  mkdirSync(parent, { recursive: true });
  const directory = mkdtempSync(join(parent, 'run-'));
  const stop = listenForStop();
  try {
    const outcome = await Promise.race([demonstrate(directory), stop.requested]);
    if (typeof outcome === 'string') throw new Error(`interrupted (${outcome})`);
    console.log(`\nAll checks passed, in ${((performance.now() - begun) / 1000).toFixed(1)} s.`);
    rmSync(directory, { recursive: true, force: true });
    return 0;
  } catch (error) {
    const message = error instanceof StackFailure || error instanceof Error ? error.message : String(error);
    console.error(`\nThe demo failed: ${message}\nIts logs are in ${directory}/logs`);
    return 1;
  } finally {
    await endAllWatched();
  }
};

main().then((code) => process.exit(code));
