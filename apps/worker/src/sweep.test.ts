import { inMemoryHistory } from '@tandem/history/in-memory.ts';
import type { Logger } from '@tandem/runtime/logger.ts';
import { expect, it, vi } from 'vitest';
import { type Sweep, sweepOnce, sweepRegularly } from './sweep.ts';

const log = Object.fromEntries(['info', 'warn'].map((level) => [level, () => undefined])) as unknown as Logger;

const sweeping = (given: Partial<Sweep> = {}): Sweep => ({
  ledger: inMemoryHistory({ now: () => new Date('2026-03-01T12:00:00Z') }),
  queue: { enqueue: async () => undefined },
  suspendUnclaimed: async () => 0,
  observeSuspended: async () => 0,
  watchHistory: async () => true,
  removeStrays: async () => 0,
  ...{ holder: 'one', everyMs: 1, log },
  ...given,
});

it('checks the history before it queues what is due', async () => {
  const done: string[] = [];
  const { ledger, ...rest } = sweeping();
  const swept = await sweepOnce({
    ...rest,
    watchHistory: async () => done.push('checked') > 0,
    ledger: {
      ...ledger,
      overdue: async () => {
        done.push('looked up');
        return [];
      },
    },
  });
  expect([swept.isIntact, ...done]).toEqual([true, 'checked', 'looked up']);
});

it.each([
  [true, 'removes orphans of a history that is intact'],
  [false, 'removes none of one that was rolled back: what ended there may have been retried since'],
])('intact %s: %s', async (isIntact) => {
  const removeStrays = vi.fn(async () => 0);
  const watchHistory = vi.fn(async () => isIntact);
  const stop = sweepRegularly(sweeping({ removeStrays, watchHistory }));
  await vi.waitFor(() => expect(watchHistory.mock.calls.length).toBeGreaterThan(12), { timeout: 5_000 });
  await stop();
  expect(removeStrays.mock.calls.length > 0).toBe(isIntact);
});
