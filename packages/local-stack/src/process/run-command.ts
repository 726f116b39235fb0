import { spawn } from 'node:child_process';
import { unwatch, watch } from './guard.ts';

export type CommandResult = { code: number | null; output: string };

export type CommandOptions = {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** After this time it is killed, and the result has code null. */
  limitMs?: number;
  /** Receives each line as it comes. */
  report?: ((line: string) => void) | undefined;
};

/**
 * Runs a program to its end, which is also our own end; output and errors in one text. A program that is not there answers code null and the
 * reason.
 */
export const runCommand = (
  command: string,
  args: readonly string[],
  { cwd, env, limitMs = 60_000, report }: CommandOptions = {},
): Promise<CommandResult> =>
  new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const { pid } = child;
    if (pid !== undefined) watch(pid, 'SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), limitMs);
    let output = '';
    const take = (chunk: Buffer) => {
      const text = chunk.toString('utf8');
      output += text;
      if (report) for (const line of text.split('\n')) if (line.trim() !== '') report(line.trim());
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.once('error', (error) => {
      clearTimeout(timer);
      resolve({ code: null, output: error.message });
    });
    child.once('close', (code) => {
      clearTimeout(timer);
      if (pid !== undefined) unwatch(pid);
      resolve({ code, output });
    });
  });
