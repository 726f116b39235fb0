import { expect, it } from 'vitest';
import { accepted, claimed, newCreate, operationId, claiming as options, succeeded, wait } from '../examples.ts';
import type { MakeHistory } from '../history-under-test.ts';

const inRepository = (repository: string) => ({
  location: { clusterUuid: 'c', repository, repositoryUuid: repository },
});

export const sweeping = (makeHistory: MakeHistory): void => {
  it('finds what has been due for a while, longest due first', async () => {
    const { history, advance } = await makeHistory();
    for (const nth of [1, 2, 3]) {
      await accepted(history, newCreate(nth, `backup-${nth}`, inRepository(`repository-${nth}`)));
      await advance(1_000);
    }
    expect(await history.overdue(1_500, 10)).toEqual(
      [1, 2].map((nth) => ({ operationId: operationId(nth), revision: 1 })),
    );
    expect(await history.overdue(500, 1)).toEqual([{ operationId: operationId(1), revision: 1 }]);
    expect(await history.overdue(60_000, 10)).toEqual([]);
  });

  it('leaves out what is worked on, waits or has ended', async () => {
    const { history, advance } = await makeHistory();
    for (const nth of [1, 2, 3])
      await accepted(history, newCreate(nth, `backup-${nth}`, inRepository(`repository-${nth}`)));
    await claimed(history, operationId(1), { ...options, leaseMs: 100_000 });
    const waiting = await claimed(history, operationId(2));
    await history.record(operationId(2), waiting.revision, wait(100_000));
    const ended = await claimed(history, operationId(3));
    await history.record(operationId(3), ended.revision, succeeded);
    await advance(50_000);
    expect(await history.overdue(0, 10)).toEqual([]);
    await advance(60_000);
    expect((await history.overdue(0, 10)).map(({ operationId: id }) => id).toSorted()).toEqual([1, 2].map(operationId));
  });

  it('takes what lies further ahead than it was to wait as due: the clock was put back', async () => {
    const { history, advance } = await makeHistory();
    const waiting = await accepted(history, newCreate(1, 'waiting', inRepository('one')));
    const { revision } = await claimed(history, waiting);
    await history.record(waiting, revision, wait(30_000));
    const fresh = await accepted(history, newCreate(2, 'fresh', inRepository('two')));
    expect(await history.overdue(1_000, 10)).toEqual([]);
    await advance(-600_000);
    expect((await history.overdue(1_000, 10)).map(({ operationId: id }) => id).toSorted()).toEqual([waiting, fresh]);
    expect((await history.figures()).oldestDueSeconds).toBeGreaterThan(590);
    const again = await claimed(history, waiting);
    expect(again.aheadMs).toBeGreaterThan(600_000);
    await history.record(waiting, again.revision, wait(30_000));
    expect(await history.claim(waiting, options)).toMatchObject({ why: 'early' });
    await advance(30_000);
    expect((await claimed(history, waiting)).aheadMs).toBeUndefined();
  });

  it('finds what a dead worker left behind as soon as its lease is over', async () => {
    const { history, advance } = await makeHistory();
    const id = await accepted(history, newCreate(1, 'nightly'));
    const { revision } = await claimed(history, id);
    await advance(options.leaseMs + 10);
    expect(await history.overdue(1_000, 10)).toEqual([{ operationId: id, revision }]);
  });

  it('takes no wait for one of another clock, whatever the operation waited before', async () => {
    const { history, advance } = await makeHistory();
    const id = await accepted(history, newCreate(1, 'nightly'));
    for (const ms of [30_000, 30_000, 600_000, 1_000]) {
      const { revision, aheadMs } = await claimed(history, id);
      expect(aheadMs).toBeUndefined();
      await history.record(id, revision, wait(ms));
      expect(await history.overdue(0, 10)).toEqual([]);
      expect(await history.claim(id, options)).toMatchObject({ why: 'early' });
      await advance(ms);
    }
  });

  it('shows leases further ahead than their length, and ends one that is as it was shown', async () => {
    const { history, advance } = await makeHistory();
    const id = await accepted(history, newCreate(1, 'nightly'));
    const { revision } = await claimed(history, id);
    await history.takeLease('seal', 'one', 10_000);
    expect((await history.farLeases(10)).leases).toEqual([]);
    await advance(-600_000);
    const { leases } = await history.farLeases(10);
    expect(leases).toMatchObject([
      { on: 'operation', id, leaseMs: options.leaseMs },
      { on: 'task', id: 'seal', leaseMs: 10_000 },
    ]);
    await history.renew(id, revision, options.leaseMs);
    const ended = [];
    for (const lease of leases) ended.push(await history.endLease(lease));
    expect(ended).toEqual([false, true]);
    expect(await history.takeLease('seal', 'other', 10_000)).toBe(true);
    expect(await history.claim(id, options)).toMatchObject({ why: 'leased' });
    await advance(-600_000);
    for (const lease of (await history.farLeases(10)).leases) expect(await history.endLease(lease)).toBe(true);
    expect((await claimed(history, id)).revision).toBe(revision + 1);
    expect((await history.farLeases(10)).leases).toEqual([]);
  });

  it('has one sweeper at a time, until its lease is over', async () => {
    const { history, advance } = await makeHistory();
    const names = ['a', 'b', 'c', 'd'];
    const taken = await Promise.all(names.map((name) => history.takeLease('sweep', name, 10_000)));
    expect(taken.filter(Boolean)).toHaveLength(1);
    const holder = names[taken.indexOf(true)] ?? '';
    const other = names[taken.indexOf(false)] ?? '';
    expect(await history.takeLease('sweep', other, 10_000)).toBe(false);
    await advance(8_000);
    expect(await history.takeLease('sweep', holder, 10_000)).toBe(true);
    await advance(8_000);
    expect(await history.takeLease('sweep', other, 10_000)).toBe(false);
    expect(await history.takeLease('another', other, 10_000)).toBe(true);
    await advance(2_000);
    expect(await history.takeLease('sweep', other, 10_000)).toBe(true);
    expect(await history.takeLease('sweep', holder, 10_000)).toBe(false);
  });
};
