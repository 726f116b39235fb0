import { ApiError } from '@tandem/client/api-error.ts';
import { NetworkError } from '@tandem/client/network-error.ts';
import { describe, expect, it } from 'vitest';
import { interrupted } from '../command-failure.ts';
import type { Io } from '../io/io.ts';
import { PLAIN } from '../output/style.ts';
import { onlyStep } from './progress.ts';
import { waitFor } from './wait-for.ts';

/** A terminal-less process whose clock moves by its pauses alone. */
const process = () => {
  const stop = new AbortController();
  let ms = 0;
  const lines: string[] = [];
  const io: Io = {
    say: (line) => lines.push(line),
    write: async () => undefined,
    isInteractive: false,
    ask: async () => '',
    bar: undefined,
    style: PLAIN,
    now: () => new Date(ms),
    pause: async (wanted) => {
      ms += Math.max(wanted, 1);
      stop.signal.throwIfAborted();
    },
    signal: stop.signal,
  };
  return { io, lines, stop, elapsed: () => ms };
};

/** Reads these states one after the other, the last one again and again; an error is thrown. */
const waited = (states: readonly (string | Error)[], timeoutMs?: number) => {
  let reads = 0;
  return {
    read: async () => {
      const state = states[Math.min(reads++, states.length - 1)];
      if (state === undefined || state instanceof Error) throw state;
      return state;
    },
    holds: false,
    hasEnded: (state: string) => state === 'DONE',
    progress: onlyStep,
    follow: 'tandem backup wait a',
    timeoutMs,
  };
};

describe('waiting', () => {
  it('resolves with what was read at the end, and says each step once', async () => {
    const { io, lines } = process();
    expect(await waitFor(waited(['QUEUED', 'QUEUED', 'RUNNING', 'DONE']), io)).toBe('DONE');
    expect(lines).toEqual(['QUEUED', 'RUNNING']);
  });

  it('ends when the time has passed, not much later, and says how to follow', async () => {
    const { io, elapsed } = process();
    const failure = { exit: 'timedOut', remedy: 'To follow it: tandem backup wait a' };
    await expect(waitFor(waited(['RUNNING'], 12_000), io)).rejects.toMatchObject(failure);
    expect(elapsed()).toBeGreaterThanOrEqual(12_000);
    expect(elapsed()).toBeLessThan(12_100);
  });

  it('reads once more at the end of the time', async () => {
    const { io } = process();
    expect(await waitFor(waited(['RUNNING', 'RUNNING', 'DONE'], 6_000), io)).toBe('DONE');
  });

  it('says on Ctrl-C how to follow', async () => {
    const { io, stop } = process();
    stop.abort(interrupted());
    const failure = { exit: 'interrupted', remedy: 'To follow it: tandem backup wait a' };
    await expect(waitFor(waited(['RUNNING']), io)).rejects.toMatchObject(failure);
  });

  it.each([
    ['Tandem is away', new NetworkError('No response.', { problem: 'unreachable', mayHaveArrived: false })],
    ['the history is away', new ApiError('No history.', { status: 503 })],
  ])('says how to follow when %s', async (_, error) => {
    const failure = { exit: 'unreachable', remedy: expect.stringContaining('tandem backup wait a') };
    await expect(waitFor(waited(['RUNNING', error]), process().io)).rejects.toMatchObject(failure);
  });

  it('passes on what waiting cannot help with', async () => {
    const error = new ApiError('No such backup.', { status: 404, code: 'BACKUP_NOT_FOUND' });
    await expect(waitFor(waited([error]), process().io)).rejects.toBe(error);
  });
});
