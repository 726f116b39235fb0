import { expect, it } from 'vitest';
import {
  accepted,
  claimed,
  here,
  hereUnnamed,
  newCreate,
  operationId,
  claiming as options,
  succeeded,
  wait,
} from '../examples.ts';
import type { MakeHistory } from '../history-under-test.ts';

export const queueing = (makeHistory: MakeHistory): void => {
  it('runs one create per repository, the others in the order they were accepted', async () => {
    const { history } = await makeHistory();
    for (const nth of [1, 2, 3]) await accepted(history, newCreate(nth, `backup-${nth}`));
    expect(await history.claim(operationId(3), options)).toEqual({ claimed: false, why: 'queued', dueInMs: 5_000 });
    const { revision } = await claimed(history, operationId(1));
    expect(await history.claim(operationId(2), options)).toMatchObject({ why: 'queued' });
    expect(await history.record(operationId(1), revision, succeeded)).toMatchObject({
      next: [{ operationId: operationId(2), revision: 1 }],
    });
    expect(await history.claim(operationId(3), options)).toMatchObject({ why: 'queued' });
    const second = await claimed(history, operationId(2));
    expect(await history.record(operationId(2), second.revision, succeeded)).toMatchObject({
      next: [{ operationId: operationId(3) }],
    });
    const third = await claimed(history, operationId(3));
    expect(await history.record(operationId(3), third.revision, succeeded)).toMatchObject({ next: [] });
  });

  it('keeps the slot while the create waits', async () => {
    const { history, advance } = await makeHistory();
    for (const nth of [1, 2]) await accepted(history, newCreate(nth, `backup-${nth}`));
    const { revision } = await claimed(history, operationId(1));
    expect(await history.record(operationId(1), revision, wait(1_000))).toMatchObject({ next: [] });
    await advance(500_000);
    expect(await history.claim(operationId(2), options)).toMatchObject({ why: 'queued' });
    expect(await history.claim(operationId(1), options)).toMatchObject({ claimed: true });
  });

  it('has as many slots as requested', async () => {
    const { history } = await makeHistory();
    const two = { ...options, createsPerRepository: 2 };
    for (const nth of [1, 2, 3, 4]) await accepted(history, newCreate(nth, `backup-${nth}`));
    const ids = [1, 2, 3, 4].map(operationId);
    const claims = await Promise.all(ids.map((id) => history.claim(id, two)));
    const settled = await Promise.all(
      claims.map((claim, at) => (claim.claimed ? claim : history.claim(ids[at] ?? '', two))),
    );
    expect(settled.map(({ claimed }) => claimed)).toEqual([true, true, false, false]);
    expect(settled[2]).toMatchObject({ why: 'queued' });
    expect(await history.claim(operationId(3), options)).toMatchObject({ why: 'queued' });
  });

  it('never runs two in one slot, whoever asks at once', async () => {
    const { history } = await makeHistory();
    const ids = Array.from({ length: 12 }, (_, at) => operationId(at + 1));
    for (const nth of ids.keys()) await accepted(history, newCreate(nth + 1, `backup-${nth}`));
    const order: string[] = [];
    while (order.length < ids.length) {
      const claims = await Promise.all(ids.map((id) => history.claim(id, options)));
      const running = claims.flatMap((claim) => (claim.claimed ? [claim.operation] : []));
      expect(running).toHaveLength(1);
      for (const { operationId: id, revision } of running) {
        order.push(id);
        await history.record(id, revision, succeeded);
      }
    }
    expect(order).toEqual(ids);
  });

  it('does not let one repository wait for another', async () => {
    const { history } = await makeHistory();
    const other = { clusterUuid: 'cluster-a', repository: 'others', repositoryUuid: 'repository-b' };
    await accepted(history, newCreate(1, 'one'));
    await accepted(history, newCreate(2, 'two'));
    await accepted(history, newCreate(3, 'three', { location: other }));
    await claimed(history, operationId(1));
    const { revision } = await claimed(history, operationId(3));
    expect(await history.record(operationId(3), revision, succeeded)).toMatchObject({ next: [] });
    expect(await history.claim(operationId(2), options)).toMatchObject({ why: 'queued' });
  });

  it('keeps the line when the uuid of the repository is learned', async () => {
    const { history } = await makeHistory();
    await accepted(history, newCreate(1, 'one', { location: hereUnnamed }));
    await accepted(history, newCreate(2, 'two', { location: hereUnnamed }));
    const { revision } = await claimed(history, operationId(1));
    await history.record(operationId(1), revision, { repositoryUuid: 'repository-a', outcome: { do: 'hold' } });
    await accepted(history, newCreate(3, 'three', { location: here }));
    expect(await history.claim(operationId(2), options)).toMatchObject({ why: 'queued' });
    expect(await history.claim(operationId(3), options)).toMatchObject({ why: 'queued' });
  });

  it('is not overdue while it queues, and due when its turn has come', async () => {
    const { history, advance } = await makeHistory();
    for (const nth of [1, 2]) await accepted(history, newCreate(nth, `backup-${nth}`));
    const { revision } = await claimed(history, operationId(1));
    await advance(3_000);
    await history.claim(operationId(2), options);
    expect(await history.overdue(1_000, 10)).toEqual([]);
    await history.record(operationId(1), revision, succeeded);
    await advance(1_000);
    expect(await history.overdue(1_000, 10)).toEqual([{ operationId: operationId(2), revision: 1 }]);
  });
};
