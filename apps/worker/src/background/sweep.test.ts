import { claimed, here, newCreate, operationId } from '@tandem/history/conformance/examples.ts';
import { inMemoryHistory } from '@tandem/history/in-memory/history.ts';
import type { Logger } from '@tandem/runtime/logging/logger.ts';
import { expect, it, vi } from 'vitest';
import { engineUpkeepTask } from './engine-upkeep.ts';
import { runRegularly } from './leader.ts';
import { type Sweep, sweep, sweepTask } from './sweep.ts';

const log = Object.fromEntries(['info', 'warn'].map((level) => [level, () => undefined])) as unknown as Logger;

const setUp = async () => {
  let at = 0;
  const history = inMemoryHistory({ now: () => new Date(at) });
  await history.accept(newCreate(1, 'nightly'));
  at = 10_000;
  const enqueue = vi.fn<Sweep['queue']['enqueue']>(async () => undefined);
  const watchHistory = vi.fn(async () => true);
  const sweeping: Sweep = { ledger: history, queue: { enqueue }, watchHistory, suspendUnclaimed: async () => 0, log };
  const leadership = { history, holder: 'one', clock: { now: () => at, every: () => () => undefined }, log };
  return { history, sweeping, leadership, enqueue, watchHistory };
};

it('checks the history before it queues what is due', async () => {
  const { sweeping, enqueue, watchHistory } = await setUp();
  expect(await sweep(sweeping)).toBe(1);
  expect(watchHistory.mock.invocationCallOrder[0]).toBeLessThan(enqueue.mock.invocationCallOrder[0] ?? 0);
});

it('suspends what nobody claimed for too long before it queues what is due', async () => {
  const { history, sweeping, enqueue } = await setUp();
  const why = { code: 'OPERATION_UNCLAIMED', message: 'No worker claimed it.', data: {} };
  const actor = { kind: 'system', name: 'worker' } as const;
  const suspendUnclaimed = async () => {
    const suspended = await history.suspendOperations({ scope: 'all' }, { actor, source: 'worker', why }, 10);
    return suspended.length;
  };
  expect(await sweep({ ...sweeping, suspendUnclaimed })).toBe(0);
  expect(enqueue).not.toHaveBeenCalled();
});

it('queues each open operation that is due by its id and revision', async () => {
  const { history, sweeping, enqueue } = await setUp();
  await history.accept(newCreate(2, 'weekly', { location: { ...here, repository: 'weekly', repositoryUuid: 'w' } }));
  expect(await sweep(sweeping)).toBe(1);
  expect(enqueue).toHaveBeenCalledWith([expect.objectContaining({ operationId: operationId(1), revision: 1 })]);
});

it('leaves alone what a worker holds', async () => {
  const { history, sweeping, enqueue } = await setUp();
  await claimed(history, operationId(1));
  expect(await sweep(sweeping)).toBe(0);
  expect(enqueue).not.toHaveBeenCalled();
});

it.each(['PostgreSQL', 'Redis'])(
  'rejects where %s does not respond, so that the next run catches up',
  async (which) => {
    const { sweeping, enqueue } = await setUp();
    const away = new Error(`${which} is away`);
    const ledger = { overdue: () => Promise.reject(away) };
    if (which === 'Redis') enqueue.mockRejectedValueOnce(away);
    await expect(sweep({ ...sweeping, ...(which === 'PostgreSQL' && { ledger }) })).rejects.toBe(away);
    expect(await sweep(sweeping)).toBe(1);
  },
);

const upkeep = (given: object) => ({
  ...{ observeSuspended: async () => 0, reportLate: async () => 0, isIntact: async () => true },
  cleaning: {} as never,
  ...given,
});

it('queues what is due while the cleanup of orphans waits for an engine that hangs', async () => {
  const { sweeping, leadership, enqueue } = await setUp();
  const reportLate = vi.fn(() => new Promise<number>(() => undefined));
  void runRegularly(leadership, engineUpkeepTask(upkeep({ reportLate }), 1));
  const stop = runRegularly(leadership, sweepTask(sweeping, 1));
  await vi.waitFor(() => expect(reportLate).toHaveBeenCalled());
  const before = enqueue.mock.calls.length;
  await vi.waitFor(() => expect(enqueue.mock.calls.length).toBeGreaterThan(before + 5));
  await stop();
});

it('removes no orphans of a history that was rolled back: what ended there may have been retried since', async () => {
  const { leadership } = await setUp();
  const reportLate = vi.fn(async () => 0);
  const isIntact = vi.fn(async () => false);
  const stop = runRegularly(leadership, engineUpkeepTask(upkeep({ reportLate, isIntact }), 1));
  await vi.waitFor(() => expect(isIntact.mock.calls.length).toBeGreaterThan(2));
  await stop();
  expect(reportLate).not.toHaveBeenCalled();
});
