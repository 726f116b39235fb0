import { inMemoryHistory } from '@tandem/history/in-memory.ts';
import type { Logger } from '@tandem/runtime/logger.ts';
import type { ReconciliationResult } from '@tandem/shared/domain/reconciliation.ts';
import { expect, it } from 'vitest';
import { type ReconcileRegularly, reconcileOnce } from './reconcile-regularly.ts';

const parts = { present: 0, vanished: 0, replaced: 0, foreign: 0, unread: 0 };
const nothing: ReconciliationResult = {
  ...{ backups: 0, leftAlone: 0, parts, changedCount: 0, changed: [], discoveredCount: 0, discovered: [] },
  ...{ untoldCount: 0, untold: [], repositories: [] },
};
const asked = { actor: { kind: 'anonymous', address: '10.0.0.1' }, reason: undefined, requestId: undefined } as const;
const running = () => false;

const setUp = () => {
  let at = 0;
  let made = 0;
  const history = inMemoryHistory({ now: () => new Date(at) });
  const newId = () => {
    made += 1;
    return `id-${made}`;
  };
  const worker = (holder: string, more: Partial<ReconcileRegularly> = {}): ReconcileRegularly => ({
    history,
    reconcile: async () => nothing,
    holder,
    actor: { kind: 'system', name: 'reconcile' },
    newId,
    everyMs: 600_000,
    pollMs: 1_000,
    every: () => () => undefined,
    log: { info: () => undefined, warn: () => undefined } as unknown as Logger,
    ...more,
  });
  const pass = (ms: number) => {
    at += ms;
  };
  return { history, worker, pass };
};

it('compares when it is due, and not before', async () => {
  const { history, worker, pass } = setUp();
  let runs = 0;
  const counting = worker('a', {
    reconcile: async () => {
      runs += 1;
      return nothing;
    },
  });
  await reconcileOnce(counting, running);
  await reconcileOnce(counting, running);
  expect(runs).toBe(1);
  pass(600_001);
  await reconcileOnce(counting, running);
  expect(runs).toBe(2);
  expect(await history.findReconciliation(undefined)).toMatchObject({ trigger: 'schedule', complete: true });
});

it('compares only when somebody asks where there is no schedule', async () => {
  const { history, worker } = setUp();
  const idle = worker('a', { everyMs: undefined });
  await reconcileOnce(idle, running);
  expect(await history.findReconciliation(undefined)).toBeUndefined();
  await history.requestReconciliation('asked', asked);
  await reconcileOnce(idle, running);
  expect(await history.findReconciliation('asked')).toMatchObject({ trigger: 'request', result: nothing });
});

it('is done by one worker at a time', async () => {
  const { history, worker } = setUp();
  await history.requestReconciliation('asked', asked);
  const { promise: told, resolve: tell } = Promise.withResolvers<void>();
  const first = reconcileOnce(worker('a', { reconcile: () => told.then(() => nothing) }), running);
  let others = 0;
  const second = worker('b', {
    reconcile: async () => {
      others += 1;
      return nothing;
    },
  });
  await reconcileOnce(second, running);
  expect(others).toBe(0);
  tell();
  await first;
  await reconcileOnce(second, running);
  expect(others).toBe(0);
});

it('is begun again by another worker where one failed, died or stopped', async () => {
  const { history, worker, pass } = setUp();
  await history.requestReconciliation('asked', asked);
  const failing = worker('a', { reconcile: () => Promise.reject(new Error('away')) });
  await expect(reconcileOnce(failing, running)).rejects.toThrow('away');
  const stopping = worker('b', { reconcile: (assertHeld) => assertHeld().then(() => nothing) });
  pass(2);
  await expect(reconcileOnce(stopping, () => true)).rejects.toThrow(/another worker/i);
  expect(await history.findReconciliation('asked')).toMatchObject({ endedAt: undefined });
  pass(2);
  expect(await history.takeLease('reconcile', 'dead', 30_000)).toBe(true);
  await reconcileOnce(worker('c'), running);
  expect(await history.findReconciliation('asked')).toMatchObject({ endedAt: undefined });
  pass(30_001);
  await reconcileOnce(worker('c'), running);
  expect(await history.findReconciliation('asked')).toMatchObject({ endedAt: expect.any(Date), complete: true });
});

it('does not go on once another worker has the lease', async () => {
  const { history, worker, pass } = setUp();
  await history.requestReconciliation('asked', asked);
  let renew: () => void = () => undefined;
  const overtaken = worker('a', {
    every: (_ms, task) => {
      renew = task;
      return () => undefined;
    },
    reconcile: async (assertHeld) => {
      await assertHeld();
      pass(30_001);
      await history.takeLease('reconcile', 'b', 30_000);
      renew();
      await Promise.resolve();
      await assertHeld();
      return nothing;
    },
  });
  await expect(reconcileOnce(overtaken, running)).rejects.toThrow(/another worker/i);
  expect(await history.takeLease('reconcile', 'c', 1)).toBe(false);
  expect(await history.findReconciliation('asked')).toMatchObject({ endedAt: undefined });
});

it('is not complete where something could not be read', async () => {
  const { history, worker } = setUp();
  const unread = { code: 'REPOSITORY_UNKNOWN', message: 'Gone.', data: {} };
  const place = { repository: 'r', clusterUuid: undefined, repositoryUuid: undefined };
  const repositories = [{ ...place, backups: 1, snapshots: 0, parts, unread }];
  await reconcileOnce(worker('a', { reconcile: async () => ({ ...nothing, repositories }) }), running);
  expect(await history.findReconciliation(undefined)).toMatchObject({ complete: false, endedAt: expect.any(Date) });
});
