import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Host } from '../program/host.ts';

export type RunningStack = { readonly apiUrl: string; readonly file: string };

const LOOPBACK = /^http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?\/?$/;

/**
 * The stack that `npm start` runs in the checkout of the working directory. Only a file of this user that names an address of this machine counts,
 * so that nobody leads a command astray by leaving one in a folder above. Undefined: none runs.
 */
export const stackOfCheckout = ({
  workingDirectory,
  userId,
}: Pick<Host, 'workingDirectory' | 'userId'>): RunningStack | undefined => {
  for (let folder = workingDirectory; ; folder = dirname(folder)) {
    const stack = readStack(join(folder, '.tandem/stack.json'), userId);
    if (stack !== undefined || folder === dirname(folder)) return stack;
  }
};

const readStack = (file: string, userId: number | undefined): RunningStack | undefined => {
  try {
    if (userId !== undefined && statSync(file).uid !== userId) return undefined;
    const { apiUrl, pids } = JSON.parse(readFileSync(file, 'utf8')) as { apiUrl?: unknown; pids?: { start?: unknown } };
    const isUsable = typeof apiUrl === 'string' && LOOPBACK.test(apiUrl) && isRunning(pids?.start);
    return isUsable ? { apiUrl, file } : undefined;
  } catch {
    // there is no file, or it is being written
    return undefined;
  }
};

const isRunning = (pid: unknown): boolean => {
  if (typeof pid !== 'number') return false;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};
