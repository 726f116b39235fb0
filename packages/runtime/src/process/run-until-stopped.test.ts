import { afterEach, expect, it, vi } from 'vitest';
import type { Logger } from '../logging/logger.ts';
import { stopWithin } from './run-until-stopped.ts';

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
