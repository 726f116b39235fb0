import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { StackEngine } from './engine/engine-kinds.ts';
import { refuseTwoEngines, requestedStackEngine } from './engine/requested-engine.ts';
import { takeLock } from './process/directory-lock.ts';
import { endAllWatched, keepAtDeath, removeAtDeath } from './process/guard.ts';
import { givenServices, homeDirectory, listenAddress } from './settings.ts';
import { StackFailure } from './stack-failure.ts';
import { readStackFile, removeStackFile, stackFileOf, writeStackFile } from './start/stack-file.ts';
import { listenForStop } from './start/stop-request.ts';
import { summary } from './start/summary.ts';
import { startTandem, type Tandem } from './start/tandem.ts';

const begun = performance.now();

const say = (line: string) => console.log(`${((performance.now() - begun) / 1000).toFixed(1).padStart(5)} s  ${line}`);

type Arguments = { directory: string; engine: StackEngine | undefined };

const readArguments = (): Arguments => {
  const options = { engine: { type: 'string' }, directory: { type: 'string', default: homeDirectory } } as const;
  const { values } = parseArgs({ options });
  const engine = requestedStackEngine(values.engine);
  refuseTwoEngines(engine, givenServices().engineUrl);
  return { directory: resolve(values.directory), engine };
};

const lockOrRefuse = (directory: string) => {
  const lock = takeLock(join(directory, 'lock'));
  if (lock.taken) return lock;
  const apiUrl = readStackFile(directory)?.apiUrl;
  const where = apiUrl === undefined ? 'and is not ready yet' : `at ${apiUrl}`;
  throw new StackFailure(
    'ALREADY_RUNNING',
    `npm start already runs in this checkout: pid ${lock.holder.pid}, ${where}`,
  );
};

const publish = (directory: string, tandem: Tandem): void => {
  const { stack, apiUrl, engineSetting, repository, pids } = tandem;
  const { databaseUrl, databaseOwnerUrl, redisUrl, engineUrl } = stack;
  writeStackFile(directory, {
    ...{ apiUrl, databaseUrl, databaseOwnerUrl, redisUrl, engineUrl, engineSetting, repository },
    pids: { start: process.pid, ...pids },
  });
};

/** Runs until a stop is requested; returns the exit code. */
const main = async (): Promise<number> => {
  const { directory, engine } = readArguments();
  const stop = listenForStop();
  const lock = lockOrRefuse(directory);
  removeStackFile(directory);
  removeAtDeath(stackFileOf(directory));
  try {
    let tandem: Tandem | undefined;
    const starting = startTandem({
      ...listenAddress(),
      directory,
      engine,
      given: givenServices(),
      sampleData: true,
      report: say,
      onRestart: () => tandem && publish(directory, tandem),
    });
    const outcome = await Promise.race([starting, stop.requested]);
    if (typeof outcome === 'string') {
      // a half-started stack cannot stop gracefully; the guard ends whatever was started
      starting.catch(() => undefined);
      say(`stopping during start (${outcome})`);
      return 0;
    }
    tandem = outcome;
    publish(directory, tandem);
    console.log(summary(tandem, directory));
    const why = await stop.requested;
    say(`stopping (${why}); press Ctrl-C again to stop at once`);
    await Promise.race([tandem.stop(), stop.requestedTwice]);
    return 0;
  } finally {
    await endAllWatched();
    removeStackFile(directory);
    keepAtDeath(stackFileOf(directory));
    lock.release();
  }
};

/** What parseArgs throws for an unknown option. */
const isWrongArgument = (error: unknown): error is Error =>
  error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');

main().then(
  (code) => {
    say('stopped');
    process.exit(code);
  },
  (error: unknown) => {
    const isForPeople = error instanceof StackFailure || isWrongArgument(error);
    console.error(isForPeople ? `tandem: ${error.message}` : error);
    process.exit(1);
  },
);
