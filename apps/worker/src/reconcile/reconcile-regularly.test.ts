import { inMemoryHistory } from '@tandem/history/in-memory/history.ts';
import type { Logger } from '@tandem/runtime/logging/logger.ts';
import type { ReconciliationResult } from '@tandem/shared/domain/reconciliation/reconciliation.ts';
import { expect, it } from 'vitest';
import { LeaseLost } from '../lease.ts';
import { type ReconcileRegularly, reconcileOnce } from './reconcile-regularly.ts';

const parts = { present: 0, vanished: 0, replaced: 0, foreign: 0, unread: 0 };
const nothing: ReconciliationResult = {
  ...{ backups: 0, skipped: 0, parts, changedCount: 0, changed: [], discoveredCount: 0, discovered: [] },
  ...{ unverifiedCount: 0, unverified: [], repositories: [] },
};
const asked = { actor: { kind: 'anonymous', address: '10.0.0.1' }, reason: undefined, requestId: undefined } as const;
const held = { assertHeld: () => undefined };

const setUp = () => {
  let at = 0;
  let made = 0;
  const history = inMemoryHistory({ now: () => new Date(at) });
  const newId = () => {
    made += 1;
    return `id-${made}`;
  };
  const worker = (more: Partial<ReconcileRegularly> = {}): ReconcileRegularly => ({
    history,
    reconcile: async () => nothing,
    actor: { kind: 'system', name: 'reconcile' },
    newId,
    everyMs: 600_000,
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
  const counting = worker({
    reconcile: async () => {
      runs += 1;
      return nothing;
    },
  });
  await reconcileOnce(counting, held);
  await reconcileOnce(counting, held);
  expect(runs).toBe(1);
  pass(600_001);
  await reconcileOnce(counting, held);
  expect(runs).toBe(2);
  expect(await history.findReconciliation(undefined)).toMatchObject({ trigger: 'schedule', complete: true });
});

it('compares only when somebody asks where there is no schedule', async () => {
  const { history, worker } = setUp();
  const idle = worker({ everyMs: undefined });
  await reconcileOnce(idle, held);
  expect(await history.findReconciliation(undefined)).toBeUndefined();
  await history.requestReconciliation('asked', asked);
  await reconcileOnce(idle, held);
  expect(await history.findReconciliation('asked')).toMatchObject({ trigger: 'request', result: nothing });
});

it('is begun again by another worker where one failed, or was overtaken before its end was recorded', async () => {
  const { history, worker } = setUp();
  await history.requestReconciliation('asked', asked);
  const failing = worker({ reconcile: () => Promise.reject(new Error('away')) });
  await expect(reconcileOnce(failing, held)).rejects.toThrow('away');
  const overtaken = {
    assertHeld: () => {
      throw new LeaseLost('another has it');
    },
  };
  await expect(reconcileOnce(worker(), overtaken)).rejects.toThrow(LeaseLost);
  expect(await history.findReconciliation('asked')).toMatchObject({ endedAt: undefined });
  await reconcileOnce(worker(), held);
  expect(await history.findReconciliation('asked')).toMatchObject({ endedAt: expect.any(Date), complete: true });
});

it('is not complete where something could not be read', async () => {
  const { history, worker } = setUp();
  const unread = { code: 'REPOSITORY_UNKNOWN', message: 'Gone.', data: {} };
  const place = { repository: 'r', clusterUuid: undefined, repositoryUuid: undefined };
  const repositories = [{ ...place, backups: 1, snapshots: 0, parts, unread }];
  await reconcileOnce(worker({ reconcile: async () => ({ ...nothing, repositories }) }), held);
  expect(await history.findReconciliation(undefined)).toMatchObject({ complete: false, endedAt: expect.any(Date) });
});
