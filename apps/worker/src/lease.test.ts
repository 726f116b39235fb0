import { describe, expect, it } from 'vitest';
import { holdLease, LeaseLost } from './lease.ts';

/** A lease on a clock that the test drives; `renewals` are answered in order. */
const held = (renewals: readonly (boolean | Error)[] = []) => {
  let time = 1_000;
  const answers = [...renewals];
  const tasks: (() => void)[] = [];
  const errors: unknown[] = [];
  const lease = holdLease({
    ledger: {
      renew: async () => {
        const answer = answers.shift() ?? true;
        if (answer instanceof Error) throw answer;
        return answer;
      },
    },
    operationId: 'operation-1',
    revision: 1,
    leaseMs: 900,
    claimedAt: time,
    now: () => time,
    every: (_, task) => {
      tasks.push(task);
      return () => tasks.splice(0);
    },
    onError: (error) => errors.push(error),
  });
  const advance = async (ms: number) => {
    time += ms;
    for (const task of tasks) task();
    await new Promise((resolve) => setImmediate(resolve));
  };
  const sleep = (ms: number) => {
    time += ms;
  };
  return { lease, advance, sleep, errors, tasks };
};

describe('a lease', () => {
  it('holds for its time less the margin', () => {
    const { lease, sleep } = held();
    sleep(800);
    expect(lease.assertHeld).not.toThrow();
    sleep(20);
    expect(lease.assertHeld).toThrow(LeaseLost);
  });

  it('holds on while it is renewed', async () => {
    const { lease, advance } = held();
    for (let thirds = 0; thirds < 9; thirds += 1) await advance(300);
    expect(lease.assertHeld).not.toThrow();
  });

  it('is lost at once when the claim was overtaken', async () => {
    const { lease, advance } = held([false]);
    await advance(300);
    expect(lease.assertHeld).toThrow(LeaseLost);
  });

  it('outlives a renewal that failed, and tells of it', async () => {
    const { lease, advance, errors } = held([new Error('away'), true]);
    await advance(300);
    await advance(300);
    await advance(300);
    expect(lease.assertHeld).not.toThrow();
    expect(errors).toHaveLength(1);
  });

  it('is lost to a process that slept through it, renewal or not', async () => {
    const { lease, sleep } = held();
    sleep(10_000);
    expect(lease.assertHeld).toThrow(LeaseLost);
  });

  it('is renewed no more once released', () => {
    const { lease, tasks } = held();
    lease.release();
    expect(tasks).toHaveLength(0);
  });
});
