import type { Logger } from '@tandem/runtime/logging/logger.ts';
import { describe, expect, it } from 'vitest';
import { afterAnswer } from './after-answer.ts';

const setUp = () => {
  const lines: unknown[] = [];
  const log = { warn: (...line: unknown[]) => lines.push(line) } as unknown as Logger;
  return { after: afterAnswer(log), lines };
};

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('work after an answer', () => {
  it('collects what comes together into one batch', async () => {
    const { after } = setUp();
    const batches: (readonly number[])[] = [];
    const add = after.batched<number>('count', { limit: 10, max: 100 }, async (items) => void batches.push(items));
    add(1);
    add(2);
    add(3);
    await after.drained();
    expect(batches).toEqual([[1, 2, 3]]);
  });

  it('keeps the order and the limit, also of what comes while a batch is under way', async () => {
    const { after } = setUp();
    const batches: (readonly number[])[] = [];
    let release: (() => void) | undefined;
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    const add = after.batched<number>('count', { limit: 2, max: 100 }, async (items) => {
      batches.push(items);
      await gate;
    });
    add(1);
    await turn();
    for (const item of [2, 3, 4]) add(item);
    release?.();
    await after.drained();
    expect(batches).toEqual([[1], [2, 3], [4]]);
  });

  it('logs a failed batch and goes on with the next', async () => {
    const { after, lines } = setUp();
    const delivered: number[] = [];
    const add = after.batched<number>('count', { limit: 1, max: 100 }, async ([item]) => {
      if (item === 1) throw new Error('away');
      delivered.push(item ?? 0);
    });
    add(1);
    await after.drained();
    add(2);
    await after.drained();
    expect(delivered).toEqual([2]);
    expect(lines).toHaveLength(1);
  });

  it('drops what is too much, and says so', async () => {
    const { after, lines } = setUp();
    const delivered: number[] = [];
    const add = after.batched<number>('count', { limit: 10, max: 2 }, async (items) => void delivered.push(...items));
    for (const item of [1, 2, 3]) add(item);
    await after.drained();
    expect(delivered).toEqual([1, 2]);
    expect(lines).toHaveLength(1);
  });

  it('is waited for when the process stops', async () => {
    const { after } = setUp();
    let done = false;
    after.run('slowly', async () => {
      await turn();
      done = true;
    });
    await after.drained();
    expect(done).toBe(true);
  });
});
