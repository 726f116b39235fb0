import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import { unwatch, watch } from './guard.ts';
import { sendSignal } from './identity.ts';
import { lastLines, openLog } from './log-file.ts';
import { removeRecord, writeRecord } from './run-record.ts';

export type ProcessSpec = {
  command: string;
  args: readonly string[];
  env: NodeJS.ProcessEnv;
  cwd: string;
  logFile: string;
  recordFile: string;
  /** The signal that stops this program gracefully. */
  stopSignal: NodeJS.Signals;
  /** How long a graceful stop may take before SIGKILL. */
  stopMs: number;
  /** An IPC channel, for programs of ours that send a message when they are ready. */
  ipc?: boolean;
};

export type Exit = { code: number | null; signal: NodeJS.Signals | null; error?: Error };

export type ManagedProcess = {
  readonly pid: number;
  readonly child: ChildProcess;
  readonly exited: Promise<Exit>;
  isRunning(): boolean;
  /** The last lines of this run. */
  lastLines(count?: number): string[];
  signal(signal: NodeJS.Signals): void;
  /** SIGKILL to the process and those of its group; resolves once it is gone. */
  kill(): Promise<void>;
  /** Graceful, then SIGKILL after `stopMs`; resolves once it is gone. Idempotent. */
  stop(): Promise<void>;
};

const within = (exited: Promise<Exit>, limitMs: number): Promise<boolean> =>
  new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), limitMs);
    void exited.then(() => {
      clearTimeout(timer);
      resolve(true);
    });
  });

/** A process that cannot be started has no pid; its error comes with the exit. */
const exitOf = (child: ChildProcess): Promise<Exit> =>
  new Promise((resolve) => {
    child.once('error', (error) => resolve({ code: null, signal: null, error }));
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });

/**
 * Starts a program in a session of its own, so that a Ctrl-C in the terminal reaches us alone and we end things in order. Its output
 * goes to the log file. It is recorded for the next start and ended by the guard should we die first.
 */
export const startManaged = (spec: ProcessSpec): ManagedProcess => {
  const log = openLog(spec.logFile);
  const stdio: StdioOptions = ['ignore', log.fd, log.fd, ...(spec.ipc ? (['ipc'] as const) : [])];
  const child = spawn(spec.command, spec.args, { cwd: spec.cwd, env: spec.env, detached: true, stdio });
  const exited = exitOf(child);
  log.close();
  const pid = child.pid ?? 0;
  let running = child.pid !== undefined;
  if (running) {
    watch(pid, spec.stopSignal);
    writeRecord(spec.recordFile, pid);
    void exited.then(() => {
      running = false;
      unwatch(pid);
      removeRecord(spec.recordFile);
    });
  }

  const signal = (name: NodeJS.Signals) => {
    if (running) sendSignal(pid, name);
  };
  const kill = async () => {
    if (!running) return;
    if (!sendSignal(-pid, 'SIGKILL')) sendSignal(pid, 'SIGKILL');
    await exited;
  };
  const stop = async () => {
    signal(spec.stopSignal);
    signal('SIGCONT');
    if (running && !(await within(exited, spec.stopMs))) await kill();
  };
  const lines = (count = 15) => lastLines(spec.logFile, log.from, count);
  return { pid, child, exited, isRunning: () => running, lastLines: lines, signal, kill, stop };
};
