import type { ReconciliationResult } from '@tandem/shared/domain/reconciliation/reconciliation.ts';
import { expect, it } from 'vitest';
import { command, here, operationId, someone } from './examples.ts';
import type { MakeHistory } from './history-under-test.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const schedule = { kind: 'system', name: 'reconcile' } as const;

const result = (unread = false): ReconciliationResult => ({
  ...{ backups: 2, skipped: 1, changedCount: 0, changed: [], discoveredCount: 0, discovered: [] },
  ...{ unverifiedCount: 0, unverified: [] },
  parts: { present: 1, vanished: 2, replaced: 3, foreign: 4 },
  repositories: [
    {
      ...{ ...here, backups: 2, snapshots: 5, parts: { present: 1, vanished: 2, replaced: 3, foreign: 4 } },
      unread: unread ? { code: 'REPOSITORY_UNKNOWN', message: 'Gone.', data: {} } : undefined,
    },
  ],
});

const completeEnd = { complete: true, result: result(), keepMs: DAY_MS };

export const reconciling = (makeHistory: MakeHistory): void => {
  it('opens one for concurrent requests, and returns it to all until its end', async () => {
    const { history } = await makeHistory();
    expect(await history.findReconciliation(undefined)).toBeUndefined();
    const ids = [1, 2, 3, 4, 5].map(operationId);
    const opened = await Promise.all(ids.map((id) => history.requestReconciliation(id, command)));
    expect(new Set(opened.map(({ id }) => id)).size).toBe(1);
    const [{ id } = { id: '' }] = opened;
    expect(opened[0]).toEqual({
      ...{ id, trigger: 'request', requestedAt: expect.any(Date), requestId: 'request-9', actor: command.actor },
      ...{ startedAt: undefined, endedAt: undefined, complete: false, result: undefined },
    });
    expect(await history.dueReconciliation(operationId(6), schedule, 1)).toEqual(opened[0]);
    expect(await history.beginReconciliation(id)).toBe(true);
    const begun = await history.findReconciliation(id);
    expect(begun?.startedAt).toEqual(expect.any(Date));
    expect(await history.beginReconciliation(id)).toBe(true);
    expect(await history.findReconciliation(undefined)).toEqual(begun);
    await history.endReconciliation(id, completeEnd);
    expect(await history.findReconciliation(undefined)).toEqual({
      ...begun,
      ...{ endedAt: expect.any(Date), complete: true, result: JSON.parse(JSON.stringify(result())) },
    });
    expect(await history.beginReconciliation(id)).toBe(false);
    const requests = await history.searchEvents({ kinds: ['reconcile.requested'] }, undefined, 10);
    expect(requests).toMatchObject([{ after: { reconciliationId: id }, actor: command.actor, backupId: undefined }]);
    expect(await history.requestReconciliation(operationId(7), command)).toMatchObject({ id: operationId(7) });
  });

  it('opens one by the schedule, a while after the last ended, once', async () => {
    const { history, advance } = await makeHistory();
    const due = (nth: number, everyMs: number | undefined) =>
      history.dueReconciliation(operationId(nth), schedule, everyMs);
    expect(await due(1, undefined)).toBeUndefined();
    const both = await Promise.all([due(1, MINUTE_MS), due(2, MINUTE_MS)]);
    const opened = both.find((one) => one !== undefined);
    expect(opened).toMatchObject({ trigger: 'schedule', actor: schedule });
    expect(await due(3, MINUTE_MS)).toMatchObject({ id: opened?.id });
    await history.endReconciliation(opened?.id ?? '', completeEnd);
    await advance(MINUTE_MS - 5_000);
    expect(await due(4, MINUTE_MS)).toBeUndefined();
    await advance(10_000);
    expect(await due(5, undefined)).toBeUndefined();
    expect(await due(5, MINUTE_MS)).toMatchObject({ id: operationId(5) });
  });

  it('opens one at once after the clock was put back, and shows what came of that', async () => {
    const { history, advance } = await makeHistory();
    await history.dueReconciliation(operationId(1), schedule, MINUTE_MS);
    await history.endReconciliation(operationId(1), completeEnd);
    await advance(-60 * MINUTE_MS);
    expect(await history.findReconciliation(undefined)).toMatchObject({ id: operationId(1) });
    expect(await history.dueReconciliation(operationId(2), schedule, MINUTE_MS)).toMatchObject({ id: operationId(2) });
    await history.endReconciliation(operationId(2), completeEnd);
    expect(await history.findReconciliation(undefined)).toMatchObject({ id: operationId(2) });
    expect((await history.figures()).reconciliation?.ageSeconds).toBeLessThan(60);
    expect((await history.figures()).reconciliation?.ageSeconds).toBeGreaterThanOrEqual(0);
    expect(await history.dueReconciliation(operationId(3), schedule, MINUTE_MS)).toBeUndefined();
    await advance(MINUTE_MS + 5_000);
    expect(await history.dueReconciliation(operationId(3), schedule, MINUTE_MS)).toMatchObject({ id: operationId(3) });
  });

  it('keeps the last complete one and what came after it, however old', async () => {
    const { history, advance } = await makeHistory();
    const run = async (nth: number, complete: boolean) => {
      await history.requestReconciliation(operationId(nth), { ...command, actor: someone });
      await history.endReconciliation(operationId(nth), { complete, result: result(!complete), keepMs: DAY_MS });
      await advance(2 * DAY_MS);
    };
    const nths = [1, 2, 3, 4];
    for (const nth of nths) await run(nth, nth <= 2);
    const kept = await Promise.all(nths.map((nth) => history.findReconciliation(operationId(nth))));
    expect(kept.map((one) => one !== undefined)).toEqual([false, true, true, true]);
    const { reconciliation, lastCompleteReconciliationSeconds } = await history.figures();
    expect(reconciliation).toMatchObject({ parts: result().parts, unreadRepositories: 1 });
    expect(Math.round((reconciliation?.ageSeconds ?? 0) / 86_400)).toBe(2);
    expect(Math.round((lastCompleteReconciliationSeconds ?? 0) / 86_400)).toBe(6);
  });
};
