import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ManagedProcess, startManaged } from '../process/managed-process.ts';
import { endStale } from '../process/run-record.ts';
import { checkout } from '../settings.ts';
import { StackFailure } from '../stack-failure.ts';
import { countDeath, restartDelayMs } from './backoff.ts';

export type AppOptions = {
  name: 'api' | 'worker';
  directory: string;
  env: NodeJS.ProcessEnv;
  report(line: string): void;
  /** Called after each restart. */
  onRestart?(): void;
};

export type App = {
  readonly pid: number | undefined;
  readonly logFile: string;
  stop(): Promise<void>;
  kill(): Promise<void>;
};

const READY_MS = 60_000;
const STOP_MS = 10_000;

/** Waits for the message that the program sends over IPC. Undefined once ready, otherwise the reason why not. */
const untilReady = ({ child, exited }: ManagedProcess): Promise<string | undefined> =>
  new Promise((resolve) => {
    const timer = setTimeout(() => resolve(`not ready within ${READY_MS / 1000} s`), READY_MS);
    const settle = (outcome: string | undefined) => {
      clearTimeout(timer);
      resolve(outcome);
    };
    child.on('message', (message) => {
      if (message === 'ready') settle(undefined);
    });
    void exited.then(({ code, signal }) => settle(`ended with ${signal ?? `code ${code}`}`));
  });

const quoted = (lines: readonly string[]) => lines.map((line) => `  | ${line}`).join('\n');

/**
 * Starts the API or the worker and resolves when it is ready. Rejects PART_DID_NOT_START with its last lines when it ends or stays silent
 * instead. Later deaths are reported with the last lines, and it is restarted, with growing delays.
 */
export const startApp = async (options: AppOptions): Promise<App> => {
  const { name, directory, env, report, onRestart } = options;
  const file = join(checkout, 'apps', name, 'src/main.ts');
  if (!existsSync(file)) throw new StackFailure('PART_DID_NOT_START', `there is no ${file}`);
  const logFile = join(directory, 'logs', `${name}.log`);
  const recordFile = join(directory, 'run', `${name}.json`);
  let running: ManagedProcess | undefined;
  const stopping = new AbortController();

  const launch = (): ManagedProcess =>
    startManaged({
      command: process.execPath,
      args: [file],
      env,
      cwd: checkout,
      logFile,
      recordFile,
      stopSignal: 'SIGTERM',
      stopMs: STOP_MS,
      ipc: true,
    });

  const restart = async (deaths: number): Promise<void> => {
    const delayMs = restartDelayMs(deaths);
    report(`restarting the ${name} in ${delayMs / 1000} s`);
    await sleep(delayMs, undefined, { signal: stopping.signal });
    const started = launch();
    running = started;
    supervise(started, deaths, performance.now());
    if ((await untilReady(started)) === undefined) {
      report(`the ${name} is running again (pid ${started.pid})`);
      onRestart?.();
    }
  };

  const supervise = (watched: ManagedProcess, deaths: number, startedAt: number) => {
    void watched.exited.then(({ code, signal }) => {
      if (stopping.signal.aborted) return;
      report(
        `the ${name} died (${signal ?? `code ${code}`}); its last lines, from ${logFile}:\n${quoted(watched.lastLines(8))}`,
      );
      restart(countDeath(deaths, performance.now() - startedAt)).catch((error: Error) => {
        if (error.name !== 'AbortError') report(`the ${name} cannot be restarted: ${error.message}`);
      });
    });
  };

  await endStale(recordFile, name, 'SIGTERM');
  const first = launch();
  running = first;
  const startedAt = performance.now();
  const problem = await untilReady(first);
  if (problem !== undefined) {
    await first.kill();
    const lines = quoted(first.lastLines(25));
    throw new StackFailure(
      'PART_DID_NOT_START',
      `the ${name} did not come up: ${problem}. Its log is ${logFile}\n${lines}`,
    );
  }
  supervise(first, 0, startedAt);
  return {
    get pid() {
      return running?.isRunning() ? running.pid : undefined;
    },
    logFile,
    stop: async () => {
      stopping.abort();
      await running?.stop();
    },
    kill: async () => {
      stopping.abort();
      await running?.kill();
    },
  };
};
