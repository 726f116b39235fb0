import { expect, it } from 'vitest';
import type { History } from '../ports/history.ts';
import type { NewPlan, PlanLimits } from '../ports/plans.ts';
import { operationId } from './examples.ts';
import type { MakeHistory } from './history-under-test.ts';
import { backedUp, newRestore, restored, restoring } from './restores/examples.ts';

const hashOf = (nth: number): string => nth.toString(16).padStart(64, '0');
const newPlan = (nth: number, body = Uint8Array.of(0, nth, 255)): NewPlan => ({
  ...{ planHash: hashOf(nth), backupId: 'nightly', body },
});
const DAY = 86_400_000;
const limits: PlanLimits = { keepMs: 7 * DAY, maxPlans: 3, maxBytes: 1_000 };

const storedOf = async (history: History, nths: readonly number[]): Promise<readonly number[]> => {
  const found = await Promise.all(nths.map(async (nth) => ((await history.findPlan(hashOf(nth))) ? [nth] : [])));
  return found.flat();
};

export const storingPlans = (makeHistory: MakeHistory): void => {
  it('finds a plan as it was stored, until it expires', async () => {
    const { history, advance } = await makeHistory();
    const { plannedAt, expiresAt } = await history.keepPlan(newPlan(1), limits);
    expect(expiresAt && expiresAt.getTime() - plannedAt.getTime()).toBe(limits.keepMs);
    expect(await history.findPlan(hashOf(1))).toEqual({ ...newPlan(1), plannedAt, expiresAt });
    expect(await history.findPlan(hashOf(2))).toBeUndefined();
    await advance(limits.keepMs - 60_000);
    expect(await storedOf(history, [1])).toEqual([1]);
    await advance(60_000);
    expect(await storedOf(history, [1])).toEqual([]);
  });

  it('stores the same hash again with the new contents, for as long again', async () => {
    const { history, advance } = await makeHistory();
    await history.keepPlan(newPlan(1), limits);
    await advance(6 * DAY);
    const body = Uint8Array.of(7);
    await history.keepPlan({ ...newPlan(1), body }, limits);
    await advance(6 * DAY);
    expect(await history.findPlan(hashOf(1))).toMatchObject({ body });
  });

  it('removes the plans that were planned first when there are too many', async () => {
    const { history, advance } = await makeHistory();
    for (const nth of [1, 2, 3]) {
      await history.keepPlan(newPlan(nth), limits);
      await advance(1_000);
    }
    expect(await storedOf(history, [1, 2, 3])).toEqual([1, 2, 3]);
    await history.keepPlan(newPlan(1), limits);
    await advance(1_000);
    await history.keepPlan(newPlan(4), limits);
    expect(await storedOf(history, [1, 2, 3, 4])).toEqual([1, 3, 4]);
  });

  it('removes them when they are too large together, and stores one that is too large alone', async () => {
    const { history, advance } = await makeHistory();
    const ofBytes = (nth: number, bytes: number) => newPlan(nth, new Uint8Array(bytes).fill(nth));
    for (const [nth, bytes] of [
      [1, 500],
      [2, 300],
      [3, 300],
    ] as const) {
      await history.keepPlan(ofBytes(nth, bytes), limits);
      await advance(1_000);
    }
    expect(await storedOf(history, [1, 2, 3])).toEqual([2, 3]);
    await history.keepPlan(ofBytes(4, 2_000), limits);
    expect(await storedOf(history, [1, 2, 3, 4])).toEqual([4]);
  });

  it('keeps a plan for good that a restore was accepted with, as it was then', async () => {
    const { history, advance } = await makeHistory();
    const key = await backedUp(history, 1);
    for (const nth of [1, 2]) await history.keepPlan(newPlan(nth), limits);
    const id = await restoring(history, newRestore(10, key, { planHash: hashOf(1) }));
    await restored(history, id, { state: 'FAILED' });
    const kept = await history.findPlan(hashOf(1));
    expect(kept).toMatchObject({ ...newPlan(1), expiresAt: undefined });
    expect(await history.keepPlan({ ...newPlan(1), body: Uint8Array.of(9) }, limits)).toMatchObject({
      ...{ plannedAt: kept?.plannedAt, expiresAt: undefined },
    });
    await advance(1_000);
    for (const nth of [3, 4, 5]) await history.keepPlan(newPlan(nth), limits);
    await advance(100 * DAY);
    await history.keepPlan(newPlan(6), limits);
    expect(await history.findPlan(hashOf(1))).toMatchObject({ ...newPlan(1), expiresAt: undefined });
    expect(await storedOf(history, [1, 2, 3, 4, 5, 6])).toEqual([1, 6]);
  });

  it('keeps none for a restore that was not accepted', async () => {
    const { history, advance } = await makeHistory();
    const key = await backedUp(history, 1);
    await history.keepPlan(newPlan(1), limits);
    await restoring(history, newRestore(10, key));
    const refused = await history.requestRestore(newRestore(11, key, { planHash: hashOf(1) }));
    expect(refused).toMatchObject({ accepted: false, operationId: operationId(10) });
    await advance(limits.keepMs);
    expect(await storedOf(history, [1])).toEqual([]);
  });

  it('stores plans that are made at the same time', async () => {
    const { history } = await makeHistory();
    const nths = Array.from({ length: 12 }, (_, nth) => nth % 6);
    const roomy = { ...limits, maxPlans: 100 };
    await Promise.all(nths.map((nth) => history.keepPlan(newPlan(nth), roomy)));
    expect(await storedOf(history, [0, 1, 2, 3, 4, 5])).toEqual([0, 1, 2, 3, 4, 5]);
  });
};
