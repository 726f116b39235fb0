import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { describeJobQueue } from '../conformance/queue.ts';
import { inMemoryQueue } from './queue.ts';

/** Turns are given without waiting for handlers, as a worker with free slots would take jobs. */
describeJobQueue('The queue in memory', async () => {
  let clock = 0;
  const memory = inMemoryQueue({
    now: () => clock,
    schedule: (task, delayMs) => void sleep(delayMs).then(task),
  });
  return {
    queue: memory.queue,
    openConsumer: memory.openConsumer,
    async until(condition) {
      for (let turn = 0; turn < 2_000; turn += 1) {
        if (await condition()) return;
        while (memory.takeNext() !== undefined);
        await sleep(0);
        clock += 1;
      }
      throw new Error('It did not come to that.');
    },
    now: () => clock,
    lose: async () => memory.lose(),
    stop: async () => undefined,
  };
});

describe('The queue in memory, driven', () => {
  const job = { operationId: 'op', revision: 1 };

  it('does nothing by itself', async () => {
    const memory = inMemoryQueue();
    const seen: string[] = [];
    memory.openConsumer().start(async ({ operationId }) => {
      seen.push(operationId);
      return seen.length < 3 ? { next: 'again', inMs: 100 } : { next: 'done' };
    });
    await memory.queue.enqueue([job]);
    expect(seen).toEqual([]);
    expect(await memory.runDue()).toBe(1);
    memory.advance(99);
    expect(await memory.runDue()).toBe(0);
    memory.advance(1);
    expect(await memory.runDue()).toBe(1);
    expect((await memory.queue.health()).delayed).toBe(1);
  });

  it('gives the jobs of a crashed consumer to another and ignores what the dead one returns', async () => {
    const memory = inMemoryQueue();
    const dead = memory.openConsumer();
    let answer = (): void => undefined;
    dead.start(() => new Promise((resolve) => (answer = () => resolve({ next: 'done' }))));
    await memory.queue.enqueue([job]);
    const first = memory.takeNext();
    dead.crash();
    let taken = 0;
    memory.openConsumer().start(async () => {
      taken += 1;
      return { next: 'again', inMs: 1_000 };
    });
    await memory.runDue();
    answer();
    await first;
    expect(taken).toBe(1);
    expect(await memory.queue.health()).toMatchObject({ waiting: 0, delayed: 1 });
  });

  it('rejects while it is broken', async () => {
    const memory = inMemoryQueue();
    memory.breakWith(new Error('away'));
    await expect(memory.queue.enqueue([job])).rejects.toThrow('away');
    memory.breakWith(undefined);
    await expect(memory.queue.enqueue([job])).resolves.toBeUndefined();
  });
});
