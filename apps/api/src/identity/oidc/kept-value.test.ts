import { beforeEach, describe, expect, it, vi } from 'vitest';
import { keptValue } from './kept-value.ts';

let clockMs: number;
const load = vi.fn<() => Promise<string>>();
const onFailed = vi.fn();

beforeEach(() => {
  clockMs = 0;
  load.mockReset();
  onFailed.mockReset();
});

const kept = () => keptValue({ load, freshMs: 100, lastMs: 1_000, retryMs: 10, now: () => clockMs, onFailed });

describe('keptValue', () => {
  it('loads once, also for callers at the same time', async () => {
    load.mockResolvedValueOnce('a');
    const value = kept();
    expect(await Promise.all([value(), value()])).toEqual(['a', 'a']);
    clockMs = 99;
    expect(await value()).toBe('a');
    expect(load).toHaveBeenCalledTimes(1);
  });

  it('serves the old value while the new one is loaded', async () => {
    load.mockResolvedValueOnce('a').mockResolvedValueOnce('b');
    const value = kept();
    await value();
    clockMs = 100;
    expect(await value()).toBe('a');
    expect(await value()).toBe('b');
  });

  it('keeps the value while loading fails, until it is too old', async () => {
    load.mockResolvedValueOnce('a').mockRejectedValue(new Error('down'));
    const value = kept();
    await value();
    clockMs = 999;
    expect(await value()).toBe('a');
    await expect.poll(() => onFailed.mock.calls.length).toBe(1);
    clockMs = 1_010;
    await expect(value()).rejects.toThrow('down');
  });

  it('repeats a failure for a while instead of loading again', async () => {
    load.mockRejectedValueOnce(new Error('down')).mockResolvedValueOnce('a');
    const value = kept();
    await expect(value()).rejects.toThrow('down');
    clockMs = 9;
    await expect(value()).rejects.toThrow('down');
    expect(load).toHaveBeenCalledTimes(1);
    expect(onFailed).toHaveBeenCalledTimes(1);
    clockMs = 10;
    expect(await value()).toBe('a');
  });
});
