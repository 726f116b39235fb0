import { type ChildProcess, spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import { join } from 'node:path';

let guard: ChildProcess | undefined;

const startGuard = (): ChildProcess => {
  const script = join(import.meta.dirname, 'guard.sh');
  const started = spawn('/bin/sh', [script], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  const forget = () => {
    if (guard === started) guard = undefined;
  };
  started.once('error', forget);
  started.once('exit', forget);
  started.stdin.on('error', forget);
  // the guard must not keep its parent alive
  started.unref();
  (started.stdin as Socket).unref();
  return started;
};

const send = (line: string) => {
  guard ??= startGuard();
  guard.stdin?.write(`${line}\n`);
};

/** From now on this process is ended when ours dies, for whatever reason: by the signal, 8 s later by SIGKILL. */
export const watch = (pid: number, signal: NodeJS.Signals): void => send(`add ${pid} ${signal.slice('SIG'.length)}`);

/** The process is gone, or no longer ours to end. */
export const unwatch = (pid: number): void => {
  if (guard !== undefined) send(`drop ${pid}`);
};

/** From now on this file is removed when our process dies, for whatever reason. Its name may not hold a line break. */
export const removeAtDeath = (file: string): void => send(`remove ${file}`);

/** The file is gone, or no longer ours to remove. */
export const keepAtDeath = (file: string): void => {
  if (guard !== undefined) send(`keep ${file}`);
};

/** From now on this container is removed, where there is a `docker` command, when our process dies, for whatever reason. */
export const removeContainerAtDeath = (name: string): void => send(`container ${name}`);

/** Ends and removes everything as if our process had died; resolves when that is done, after about 9 s at most. */
export const endAllWatched = (): Promise<void> =>
  new Promise((resolve) => {
    const ending = guard;
    if (ending === undefined) return resolve();
    ending.ref();
    ending.once('exit', () => resolve());
    ending.stdin?.end();
  });
