import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** The start time distinguishes a process from a later one with the same pid. */
export type ProcessIdentity = { pid: number; birth: string };

const readOrUndefined = (file: string): string | undefined => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
};

const bootId = () => readOrUndefined('/proc/sys/kernel/random/boot_id')?.trim() ?? '';

const birthFromProc = (pid: number): string | undefined => {
  const text = readOrUndefined(`/proc/${pid}/stat`);
  if (text === undefined) return undefined;
  // the name in parentheses may itself hold spaces and parentheses; state is field 3, the start time field 22
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' || fields[0] === 'X' ? undefined : `${bootId()}/${fields[19]}`;
};

const fromPs = (pid: number, column: string): string | undefined => {
  try {
    return execFileSync('ps', ['-o', `${column}=`, '-p', String(pid)], { encoding: 'utf8' }).trim() || undefined;
  } catch {
    return undefined;
  }
};

/** The birth mark of a running process; undefined when there is none with this pid, or only its zombie. */
export const birthOf = (pid: number): string | undefined =>
  process.platform === 'linux' ? birthFromProc(pid) : fromPs(pid, 'lstart');

/** The command line of a running process, arguments separated by blanks; undefined when it cannot be read. */
export const commandOf = (pid: number): string | undefined =>
  process.platform === 'linux'
    ? readOrUndefined(`/proc/${pid}/cmdline`)?.replaceAll('\0', ' ')
    : fromPs(pid, 'command');

/** Whether exactly this process, not a successor under its pid, is running. */
export const isAlive = ({ pid, birth }: ProcessIdentity): boolean => birthOf(pid) === birth;

/** The current process. */
export const ownIdentity = (): ProcessIdentity => ({ pid: process.pid, birth: birthOf(process.pid) ?? '' });

/** Sends a signal; false when the process is gone already. Rejects nothing else: a signal we may not send throws EPERM. */
export const sendSignal = (pid: number, signal: NodeJS.Signals): boolean => {
  try {
    return process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
};
