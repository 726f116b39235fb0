import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Logger } from '../logging/logger.ts';
import { startUnlessStopped, stopWithin } from './run-until-stopped.ts';

const before = process.exitCode;

afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = before;
});

it.each([
  [undefined, 0],
  [1, 1],
])('a stop that takes too long ends with the exit code %s as %i', async (exitCode, expected) => {
  const ended = new Promise((resolve) => {
    vi.spyOn(process, 'exit').mockImplementation((code) => {
      resolve(code);
      return undefined as never;
    });
  });
  process.exitCode = exitCode;
  void stopWithin({ warn: () => undefined } as unknown as Logger, 1, () => new Promise(() => undefined));
  expect(await ended).toBe(expected);
});

describe('startUnlessStopped', () => {
  const log = { info: () => undefined } as unknown as Logger;

  it('ends the process at once when a signal comes while the start waits for a service', async () => {
    const exit = vi.spyOn(process, 'exit').mockImplementation(() => undefined as never);
    const stopped = Promise.withResolvers<string>();
    void startUnlessStopped(log, stopped.promise, () => new Promise(() => undefined));
    expect(exit).not.toHaveBeenCalled();
    stopped.resolve('SIGTERM');
    await stopped.promise;
    expect(exit).toHaveBeenCalledExactlyOnceWith(0);
  });

  it('leaves a signal after the start to the orderly stop', async () => {
    const exit = vi.spyOn(process, 'exit').mockImplementation(() => undefined as never);
    const stopped = Promise.withResolvers<string>();
    expect(await startUnlessStopped(log, stopped.promise, async () => 8092)).toBe(8092);
    stopped.resolve('SIGTERM');
    await stopped.promise;
    expect(exit).not.toHaveBeenCalled();
  });
});
