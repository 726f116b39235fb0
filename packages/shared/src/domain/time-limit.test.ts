import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { type Sleep, withTimeLimit } from './time-limit.ts';

/** A clock that stands still until `ring`. */
const alarm = () => {
  const rung = Promise.withResolvers<void>();
  const asked: { ms: number; signal: AbortSignal | undefined }[] = [];
  const wait: Sleep = (ms, _, options) => {
    asked.push({ ms, signal: options?.signal });
    return rung.promise;
  };
  return { wait, ring: rung.resolve, asked };
};

const never = new Promise<never>(() => undefined);

describe('work with a time limit', () => {
  it('gives its result, and leaves no timer', async () => {
    const { wait, asked } = alarm();
    expect(await withTimeLimit(wait, 50, Promise.resolve('done'), () => 'late')).toBe('done');
    expect(asked.map(({ ms, signal }) => [ms, signal?.aborted])).toEqual([[50, true]]);
  });

  it('gives its rejection', async () => {
    const { wait, asked } = alarm();
    const failed = withTimeLimit(wait, 50, Promise.reject(new Error('broken')), () => 'late');
    await expect(failed).rejects.toThrow('broken');
    expect(asked[0]?.signal?.aborted).toBe(true);
  });

  it('gives what late returns, or throws', async () => {
    const { wait, ring } = alarm();
    ring();
    expect(await withTimeLimit(wait, 50, never, () => 'late')).toBe('late');
    const refused = withTimeLimit(wait, 50, never, () => {
      throw new Error('too late');
    });
    await expect(refused).rejects.toThrow('too late');
  });

  it('swallows a rejection that comes late, and that of a timer which was ended', async () => {
    const unhandled = vi.fn();
    process.on('unhandledRejection', unhandled);
    const work = Promise.withResolvers<string>();
    expect(await withTimeLimit(sleep, 1, work.promise, () => 'late')).toBe('late');
    work.reject(new Error('after the limit'));
    expect(await withTimeLimit(sleep, 60_000, Promise.resolve('done'), () => 'late')).toBe('done');
    await sleep(5);
    process.off('unhandledRejection', unhandled);
    expect(unhandled).not.toHaveBeenCalled();
  });
});
