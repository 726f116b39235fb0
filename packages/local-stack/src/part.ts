import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ManagedProcess, type ProcessSpec, startManaged } from './process/managed-process.ts';
import { findPort, isFree, rememberedPorts, rememberPort } from './process/ports.ts';
import { endStale } from './process/run-record.ts';
import { StackFailure } from './stack-failure.ts';

export type PartName = 'postgres' | 'redis' | 'engine';

/** One service of a stack. The faults (`signal`, `kill`) are for tests; a part that runs elsewhere ignores them. */
export type Part = {
  readonly url: string;
  readonly pid: number | undefined;
  readonly logFile: string | undefined;
  readonly origin: 'given' | 'process' | 'container';
  /** SIGSTOP makes it hang, SIGCONT resumes it. */
  signal(signal: NodeJS.Signals): void;
  /** SIGKILL; resolves once it is gone. Data and port are kept for `start`. */
  kill(): Promise<void>;
  /** Starts it again on the same port with the same data; resolves once it answers. Does nothing while it runs. */
  start(): Promise<void>;
  /** Graceful for at most a few seconds, then by force. Idempotent. */
  stop(): Promise<void>;
};

const nothing = async () => undefined;

/** A service of the user's own: used as it is, never started or stopped. */
export const givenPart = (url: string): Part => ({
  url,
  pid: undefined,
  logFile: undefined,
  origin: 'given',
  signal: () => undefined,
  kill: nothing,
  start: nothing,
  stop: nothing,
});

export type PartDefinition = {
  name: string;
  directory: string;
  /** The default port of such a service; undefined: any free one. */
  usualPort: number | undefined;
  /** A fixed port; the part does not start while it is taken. */
  port?: number | undefined;
  command(port: number): Pick<ProcessSpec, 'command' | 'args' | 'env'>;
  /** Resolves when exactly this process is ready; rejects until then. */
  probe(port: number, pid: number): Promise<void>;
  url(port: number): string;
  stopSignal: NodeJS.Signals;
  stopMs: number;
  startMs: number;
  /** Runs before each start, after leftovers of a killed stack were ended. */
  beforeStart?(): Promise<void>;
};

/** Transient, or fixed by another port: another process took the port, children of a killed server are still ending. */
const transient =
  /address already in use|could not bind|BindException|BindTransportException|EADDRINUSE|BindHttpException|pre-existing shared memory block/i;

type Started = { process: ManagedProcess } | { failed: string; lines: string[]; mayRetry: boolean };

const untilReady = async (definition: PartDefinition, port: number, running: ManagedProcess): Promise<Started> => {
  const end = performance.now() + definition.startMs;
  let lastError: unknown;
  for (;;) {
    if (!running.isRunning()) {
      const exit = await running.exited;
      const how = exit.error?.message ?? `it ended with ${exit.signal ?? `code ${exit.code}`}`;
      // the reason comes before a long stack trace
      const mayRetry = running.lastLines(300).some((line) => transient.test(line));
      return { failed: how, lines: running.lastLines(), mayRetry };
    }
    try {
      await definition.probe(port, running.pid);
      return { process: running };
    } catch (error) {
      lastError = error;
    }
    if (performance.now() > end) {
      const lines = running.lastLines();
      await running.kill();
      const reason = lastError instanceof Error ? lastError.message : String(lastError);
      return { failed: `no answer within ${definition.startMs / 1000} s (${reason})`, lines, mayRetry: false };
    }
    await sleep(60);
  }
};

const launch = async (definition: PartDefinition, port: number): Promise<Started> => {
  const { name, directory, stopSignal, stopMs } = definition;
  const running = startManaged({
    ...definition.command(port),
    cwd: directory,
    logFile: join(directory, 'logs', `${name}.log`),
    recordFile: recordFileOf(definition),
    stopSignal,
    stopMs,
  });
  return untilReady(definition, port, running);
};

const recordFileOf = ({ directory, name }: PartDefinition) => join(directory, 'run', `${name}.json`);

/** Ports of parts that this process is starting: nothing listens on them yet, and no other part may have them. */
const promised = new Set<number>();

const choosePort = async (definition: PartDefinition): Promise<number> => {
  const { directory, name, usualPort } = definition;
  const preferred = usualPort === undefined ? [] : [rememberedPorts(directory)[name], usualPort];
  let port = await findPort(preferred.filter((candidate) => candidate !== undefined));
  while (promised.has(port)) port = await findPort([]);
  return port;
};

const didNotStart = (name: string, failed: string, lines: readonly string[], logFile: string) => {
  const tail = lines.length === 0 ? '' : `\n${lines.map((line) => `  | ${line}`).join('\n')}`;
  return new StackFailure('PART_DID_NOT_START', `${name} did not come up: ${failed}. Its log is ${logFile}${tail}`);
};

const ATTEMPTS = 4;

/**
 * Starts a service as a local process and waits until it answers. Rejects PART_DID_NOT_START with its last log lines, ALREADY_RUNNING
 * when another stack uses the directory. When another process takes the port between choosing and binding, another one is chosen.
 */
export const startProcessPart = async (definition: PartDefinition): Promise<Part> => {
  const { name, directory } = definition;
  const logFile = join(directory, 'logs', `${name}.log`);
  let port = definition.port;
  let running: ManagedProcess | undefined;

  const start = async () => {
    if (running?.isRunning()) return;
    await endStale(recordFileOf(definition), name, definition.stopSignal);
    await definition.beforeStart?.();
    for (let attempt = 1; ; attempt += 1) {
      const chosen = port ?? (await choosePort(definition));
      // a fixed port may be held for a moment by the one that was killed just now
      for (let wait = 0; port !== undefined && wait < 50 && !(await isFree(port)); wait += 1) await sleep(100);
      promised.add(chosen);
      const started = await launch(definition, chosen).finally(() => promised.delete(chosen));
      if ('process' in started) {
        running = started.process;
        port = chosen;
        if (definition.usualPort !== undefined) rememberPort(directory, name, chosen);
        return;
      }
      if (!started.mayRetry || attempt === ATTEMPTS) throw didNotStart(name, started.failed, started.lines, logFile);
      await sleep(200 * attempt);
    }
  };

  await start();
  return {
    url: definition.url(port ?? 0),
    get pid() {
      return running?.isRunning() ? running.pid : undefined;
    },
    logFile,
    origin: 'process',
    signal: (signal) => running?.signal(signal),
    kill: async () => running?.kill(),
    start,
    stop: async () => running?.stop(),
  };
};
