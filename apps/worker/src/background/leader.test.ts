import { inMemoryHistory } from '@tandem/history/in-memory/history.ts';
import type { Logger } from '@tandem/runtime/logging/logger.ts';
import { describe, expect, it, vi } from 'vitest';
import { LeaseLost } from '../lease.ts';
import { type BackgroundTask, type Leadership, resign, runAsLeader, runRegularly, type Term } from './leader.ts';

const POST = { name: 'tidy', leaseMs: 9_000 };

/** Processes over one history, on clocks that the test drives: `pass` moves all, `sleep` only those of the processes. */
const setUp = () => {
  let database = 0;
  let monotonic = 0;
  const renewals: (() => void)[] = [];
  const lines: { readonly level: string; readonly line: string }[] = [];
  const at = (level: string) => (_: object, line: string) => lines.push({ level, line });
  const history = inMemoryHistory({ now: () => new Date(database) });
  const process = (holder: string, more: Partial<Leadership> = {}): Leadership => ({
    ...{ history, holder },
    clock: {
      now: () => monotonic,
      every: (_, task) => {
        renewals.push(task);
        return () => void renewals.splice(renewals.indexOf(task), 1);
      },
    },
    log: { info: at('info'), warn: at('warn') } as unknown as Logger,
    ...more,
  });
  const pass = async (ms: number) => {
    database += ms;
    monotonic += ms;
    for (const renew of renewals) renew();
    await new Promise((resolve) => setImmediate(resolve));
  };
  const sleep = (ms: number) => {
    monotonic += ms;
  };
  return { history, process, pass, sleep, renewals, lines };
};

describe('a background task', () => {
  it('is run by one process at a time, which keeps it', async () => {
    const { process, pass } = setUp();
    const ran: string[] = [];
    const run = (holder: string) => runAsLeader(process(holder), POST, async () => ran.push(holder));
    expect(await run('one')).toEqual({ isLeader: true, result: 1 });
    await pass(5_000);
    expect(await run('other')).toEqual({ isLeader: false });
    await run('one');
    await pass(9_001);
    await run('other');
    expect(ran).toEqual(['one', 'one', 'other']);
  });

  it('renews its lease as long as it runs, and no longer', async () => {
    const { process, pass, renewals } = setUp();
    await runAsLeader(process('one'), POST, async ({ assertHeld }) => {
      for (let thirds = 0; thirds < 9; thirds += 1) await pass(3_000);
      expect(assertHeld).not.toThrow();
      expect(await runAsLeader(process('other'), POST, async () => 0)).toEqual({ isLeader: false });
    });
    expect(renewals).toEqual([]);
  });

  it('stops a process that slept past its lease, on its monotonic clock', async () => {
    const { process, sleep } = setUp();
    const slept = runAsLeader(process('one'), POST, async ({ assertHeld }) => {
      sleep(8_500);
      assertHeld();
    });
    await expect(slept).rejects.toThrow(LeaseLost);
  });

  it('stops a process that another one has replaced', async () => {
    const { history, process, pass } = setUp();
    const replaced = runAsLeader(process('one'), POST, async ({ assertHeld }) => {
      vi.spyOn(history, 'takeLease').mockResolvedValueOnce(false);
      await pass(3_000);
      assertHeld();
    });
    await expect(replaced).rejects.toThrow(LeaseLost);
  });
});

describe('a process that resigns', () => {
  it('leaves the task to the next one at once', async () => {
    const { process, pass } = setUp();
    const run = (holder: string) => runAsLeader(process(holder), POST, async () => holder);
    await run('one');
    await resign(process('one'), POST.name);
    await pass(2);
    expect(await run('other')).toEqual({ isLeader: true, result: 'other' });
  });

  it('takes no task from the process that has it', async () => {
    const { process, pass } = setUp();
    const run = (holder: string) => runAsLeader(process(holder), POST, async () => holder);
    await run('one');
    await resign(process('other'), POST.name);
    await pass(2);
    expect(await run('other')).toEqual({ isLeader: false });
  });
});

describe('a task that runs regularly', () => {
  const task = (run: (term: Term) => Promise<unknown>): BackgroundTask => ({ ...POST, everyMs: 1, pause: 3, run });

  it('is awaited by the stop, stops before its next write, and is left to another process', async () => {
    const { process, lines } = setUp();
    const { promise: reached, resolve: reach } = Promise.withResolvers<void>();
    const { promise: answered, resolve: answer } = Promise.withResolvers<void>();
    const written: string[] = [];
    const stop = runRegularly(
      process('one'),
      task(async ({ assertHeld }) => {
        reach();
        await answered;
        assertHeld();
        written.push('late');
      }),
    );
    await reached;
    let hasStopped = false;
    const stopped = stop().then(() => {
      hasStopped = true;
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(hasStopped).toBe(false);
    answer();
    await stopped;
    expect(written).toEqual([]);
    expect(lines).toEqual([{ level: 'info', line: 'background task stopped' }]);
  });

  it('is left to another process for a while where it failed, and tried again', async () => {
    const { history, process, lines } = setUp();
    const taken = vi.spyOn(history, 'takeLease');
    const run = vi.fn(async () => Promise.reject(new Error('Redis is away')));
    const stop = runRegularly(process('one'), task(run));
    await vi.waitFor(() => expect(run.mock.calls.length).toBeGreaterThan(2));
    await stop();
    expect(taken).toHaveBeenCalledWith('tidy', 'one', 1);
    expect(lines[0]).toEqual({ level: 'warn', line: 'background task failed' });
    // the first time, the 10th, the 100th
    expect(lines).toHaveLength(String(run.mock.calls.length).length);
  });
});
