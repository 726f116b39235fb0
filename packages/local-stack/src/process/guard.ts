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
  // a guard alone is no reason for its starter to stay
  started.unref();
  (started.stdin as Socket).unref();
  return started;
};

const send = (line: string) => {
  guard ??= startGuard();
  guard.stdin?.write(`${line}\n`);
};

/** From now on this process is ended, first by the signal, 8 s later by SIGKILL, when ours dies in whatever way. */
export const watch = (pid: number, signal: NodeJS.Signals): void => send(`add ${pid} ${signal.slice('SIG'.length)}`);

/** The process is gone, or no longer ours to end. */
export const unwatch = (pid: number): void => {
  if (guard !== undefined) send(`drop ${pid}`);
};

/** From now on this file is removed when our process dies in whatever way. Its name may not hold a line break. */
export const removeAtDeath = (file: string): void => send(`remove ${file}`);

/** The file is gone, or no longer ours to remove. */
export const keepAtDeath = (file: string): void => {
  if (guard !== undefined) send(`keep ${file}`);
};

/** From now on this container is removed, where there is a `docker` command, when our process dies in whatever way. */
export const removeContainerAtDeath = (name: string): void => send(`container ${name}`);

/** Has everything ended and removed as if our process had died; resolves when that is done, at most some 9 s later. */
export const endAllWatched = (): Promise<void> =>
  new Promise((resolve) => {
    const ending = guard;
    if (ending === undefined) return resolve();
    ending.ref();
    ending.once('exit', () => resolve());
    ending.stdin?.end();
  });
