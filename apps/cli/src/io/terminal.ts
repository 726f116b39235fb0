import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { interrupted } from '../command-failure.ts';
import { printable } from '../output/printable.ts';
import { styleOf } from '../output/style.ts';
import type { Host } from '../program/host.ts';
import type { Io } from './io.ts';

/** The terminal, clock and signals of a process. */
export const terminalIo = ({ stdin, stdout, stderr, environment, now, signal }: Host): Io => {
  const style = styleOf(Boolean(stderr.isTTY), environment);
  return {
    say: (line) => void stderr.write(`${printable(line, style)}\n`),
    write: async (chunk) => {
      if (!stdout.write(chunk)) await once(stdout, 'drain', { signal });
    },
    isInteractive: Boolean(stdin.isTTY && stderr.isTTY),
    ask: (question) => ask(stdin, stderr, printable(question, style), signal),
    bar: stderr.isTTY ? stderr : undefined,
    style,
    now,
    pause: async (ms) => {
      try {
        await sleep(ms, undefined, { signal });
      } catch (error) {
        throw signal.aborted ? signal.reason : error;
      }
    },
    signal,
  };
};

const ask = async (
  input: NodeJS.ReadStream,
  output: NodeJS.WriteStream,
  question: string,
  signal: AbortSignal,
): Promise<string> => {
  const reader = createInterface({ input, output });
  // the terminal is in raw mode meanwhile, so that Ctrl-C arrives here instead of as a signal
  const stop = new AbortController();
  reader.once('SIGINT', () => stop.abort());
  reader.once('close', () => stop.abort());
  try {
    return (await reader.question(question, { signal: AbortSignal.any([signal, stop.signal]) })).trim();
  } catch (error) {
    output.write('\n');
    throw signal.aborted || stop.signal.aborted ? interrupted() : error;
  } finally {
    reader.close();
  }
};
