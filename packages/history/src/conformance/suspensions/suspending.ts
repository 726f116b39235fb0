import { expect, it } from 'vitest';
import type { History } from '../../ports/history.ts';
import type { Suspending } from '../../ports/suspensions.ts';
import {
  accepted,
  claimed,
  claiming,
  command,
  completed,
  deletion,
  here,
  hold,
  keyOf,
  newCreate,
  operationId,
  requested,
  succeeded,
  wait,
} from '../examples.ts';
import type { MakeHistory } from '../history-under-test.ts';
import { backedUp, newRestore, restoring } from '../restores/examples.ts';

export const rolledBack: Suspending = {
  actor: { kind: 'system', name: 'worker' },
  source: 'worker',
  why: { code: 'HISTORY_ROLLED_BACK', message: 'The database was restored from a dump.', data: { lossMs: 600_000 } },
};

/** Suspends all that is open. */
export const suspendAll = (history: History) => history.suspendOperations({ scope: 'all' }, rolledBack, 100);

/** Another lane. */
export const elsewhere = { ...here, repository: 'elsewhere', repositoryUuid: 'elsewhere' };

const numbersOf = (operations: readonly { readonly operationId: string }[]): readonly number[] =>
  operations.map(({ operationId: id }) => Number(id.slice(-12)));

const destructive = { inPlace: true, task: { deletes: [{ index: 'optimize-a', uuid: 'a' }] } };

/** A create, a deletion, a restore that deletes, one that does not, and a rehearsal, of different backups and clusters. */
const oneOfEach = async (history: History): Promise<void> => {
  await accepted(history, newCreate(1, 'made', { location: { ...here, clusterUuid: 'cluster-x' } }));
  await history.requestDeletion(await backedUp(history, 11), command, deletion(2));
  await restoring(history, newRestore(3, await backedUp(history, 12), { clusterUuid: 'c-3', detail: destructive }));
  const empty = { inPlace: false, task: { deletes: [] } };
  await restoring(history, newRestore(4, await backedUp(history, 13), { clusterUuid: 'c-4', detail: empty }));
  await restoring(
    history,
    newRestore(5, await backedUp(history, 14), { kind: 'rehearse', detail: { inPlace: false } }),
  );
};

export const suspending = (makeHistory: MakeHistory): void => {
  it('suspends a create, fences its worker, and shows its backup FAILED with the reason', async () => {
    const { history } = await makeHistory();
    const id = await accepted(history, newCreate(1, 'nightly'));
    const { revision } = await claimed(history, id);
    expect(await suspendAll(history)).toEqual([{ operationId: id, kind: 'create', backupId: 'nightly' }]);
    expect(await history.record(id, revision, succeeded)).toEqual({ written: false });
    expect(await history.record(id, revision + 1, succeeded)).toEqual({ written: false });
    expect(await history.renew(id, revision, 1_000)).toBe(false);
    const operation = await history.findOperation(id);
    expect(operation).toMatchObject({ state: 'SUSPENDED', revision: revision + 1, suspension: rolledBack.why });
    expect(operation?.suspension?.at).toBeInstanceOf(Date);
    expect(operation).toMatchObject({ nextTickAt: undefined, endedAt: undefined });
    expect(await history.findBackup('nightly', here)).toMatchObject({
      ...{ state: 'FAILED', failure: rolledBack.why, endedAt: undefined },
      create: { operationId: id, state: 'SUSPENDED' },
      suspended: { operationId: id, kind: 'create' },
    });
    expect((await history.eventsOf('nightly', 10)).at(-1)).toMatchObject({
      ...{ kind: 'operation.suspended', actor: rolledBack.actor, source: 'worker', reason: rolledBack.why.message },
      before: { operationId: id, kind: 'create', state: 'RUNNING' },
      after: { operationId: id, kind: 'create', state: 'SUSPENDED', code: 'HISTORY_ROLLED_BACK', backup: 'FAILED' },
    });
  });

  it.each([
    ['all', [1, 2, 3, 4, 5]],
    ['destructive', [2, 3]],
  ] as const)('suspends %s of what is open', async (scope, numbers) => {
    const { history } = await makeHistory();
    await oneOfEach(history);
    const suspended = await history.suspendOperations({ scope }, rolledBack, 100);
    expect(numbersOf(suspended).toSorted()).toEqual(numbers);
    expect(numbersOf(await history.listOperations({ states: ['SUSPENDED'] }, undefined, 10)).toSorted()).toEqual(
      numbers,
    );
    expect(await history.suspendOperations({ scope }, rolledBack, 100)).toEqual([]);
    for (const nth of [11, 12, 13, 14])
      expect(await history.findBackup(`backup-${nth}`, here)).toMatchObject({ state: 'COMPLETED', failure: undefined });
  });

  it('suspends in the order of acceptance, a limited number at a time', async () => {
    const { history } = await makeHistory();
    for (const nth of [1, 2, 3]) await accepted(history, newCreate(nth, `backup-${nth}`));
    expect(numbersOf(await history.suspendOperations({ scope: 'all' }, rolledBack, 2))).toEqual([1, 2]);
    expect(numbersOf(await history.suspendOperations({ scope: 'all' }, rolledBack, 2))).toEqual([3]);
  });

  it('leaves alone what was accepted after a time', async () => {
    const { history, advance } = await makeHistory();
    await accepted(history, newCreate(1, 'before'));
    await advance(60_000);
    await accepted(history, newCreate(2, 'after', { location: elsewhere }));
    const { now } = await claimed(history, operationId(2));
    const acceptedBefore = new Date(now.getTime() - 30_000);
    expect(numbersOf(await history.suspendOperations({ scope: 'all', acceptedBefore }, rolledBack, 9))).toEqual([1]);
  });

  it('neither claims nor sweeps what is suspended', async () => {
    const { history, advance } = await makeHistory();
    await oneOfEach(history);
    await suspendAll(history);
    await advance(100_000);
    for (const nth of [1, 2, 3, 4, 5])
      expect(await history.claim(operationId(nth), claiming)).toEqual({ claimed: false, why: 'suspended' });
    expect(await history.overdue(0, 10)).toEqual([]);
  });

  it('gives the slot and the place in the line of a suspended create to the next', async () => {
    const { history } = await makeHistory();
    for (const nth of [1, 2]) await accepted(history, newCreate(nth, `backup-${nth}`));
    await claimed(history, operationId(1));
    expect(await history.claim(operationId(2), claiming)).toMatchObject({ why: 'queued' });
    await history.suspendOperations({ scope: 'all' }, rolledBack, 1);
    expect(numbersOf(await history.overdue(-100, 10))).toEqual([2]);
    await claimed(history, operationId(2));
    await accepted(history, newCreate(3, 'backup-3'));
    expect(await history.claim(operationId(3), claiming)).toMatchObject({ why: 'queued' });
    await history.suspendOperations({ scope: 'all' }, rolledBack, 1);
    await claimed(history, operationId(3));
  });

  it('blocks no other restore, backup, retry or release in its cluster', async () => {
    const { history } = await makeHistory();
    const first = await backedUp(history, 1);
    const second = await backedUp(history, 2);
    await restoring(history, newRestore(3, first));
    await suspendAll(history);
    await accepted(history, newCreate(4, 'nightly'));
    await claimed(history, operationId(4));
    await suspendAll(history);
    expect(await history.openCreates(here.clusterUuid)).toEqual([]);
    expect(await history.releaseOperation(operationId(4), command)).toMatchObject({ done: true });
    const { revision } = await claimed(history, operationId(4));
    await history.record(operationId(4), revision, succeeded);
    await restoring(history, newRestore(5, second));
    expect(await history.requestRestore(newRestore(6, first))).toMatchObject({
      ...{ accepted: false, why: 'busy', operationId: operationId(3), kind: 'restore', suspended: true },
    });
  });

  it('counts as open for its own backup', async () => {
    const { history } = await makeHistory();
    await accepted(history, newCreate(1, 'nightly'));
    await suspendAll(history);
    const again = await history.accept(newCreate(2, 'nightly'));
    expect(again).toMatchObject({ accepted: false, existing: { suspended: { operationId: operationId(1) } } });
    const key = await keyOf(history, 'nightly');
    expect(await history.requestRestore(newRestore(3, key))).toMatchObject({ why: 'busy', suspended: true });
    await completed(history, newCreate(4, 'other'));
    const other = await keyOf(history, 'other');
    await history.requestDeletion(other, command, deletion(5));
    await suspendAll(history);
    expect(await history.requestDeletion(other, command, deletion(6))).toEqual({
      ...{ accepted: false, why: 'deleting', operationId: operationId(5) },
    });
    expect(await history.findBackup('other', here)).toMatchObject({ suspended: { kind: 'delete' } });
  });

  it('ends a wait for its backup', async () => {
    const { history } = await makeHistory();
    await accepted(history, newCreate(1, 'made'));
    await completed(history, newCreate(2, 'kept', { location: elsewhere }));
    const kept = await history.findBackup('kept', undefined);
    await history.requestDeletion(kept?.key ?? '', command, deletion(3));
    const ended = async () =>
      Object.fromEntries((await history.revisionsOf(['made', 'kept'])).map((one) => [one.backupId, one.ended]));
    expect(await ended()).toEqual({ made: false, kept: false });
    await suspendAll(history);
    expect(await ended()).toEqual({ made: true, kept: true });
  });

  it('notes what is seen of a backup whose deletion is suspended, and not of one whose create is', async () => {
    const { history } = await makeHistory();
    await accepted(history, newCreate(1, 'made'));
    await suspendAll(history);
    const kept = await backedUp(history, 2);
    await history.requestDeletion(kept, command, deletion(3));
    expect(await history.noteState(kept, 'INCOMPLETE', requested)).toMatchObject({ state: false });
    await suspendAll(history);
    expect(await history.noteState(kept, 'INCOMPLETE', requested)).toMatchObject({ state: true });
    expect(await history.noteState(await keyOf(history, 'made'), 'COMPLETED', requested)).toMatchObject({
      state: false,
    });
    const { backups } = await history.livingBackups(undefined, 10);
    expect(backups.map(({ backupId, busy }) => [backupId, busy])).toEqual([
      ['backup-2', false],
      ['made', true],
    ]);
  });

  it('shows in the figures', async () => {
    const { history, advance } = await makeHistory();
    await accepted(history, newCreate(1, 'nightly'));
    await suspendAll(history);
    await advance(60_000);
    const { openOperations, oldestDueSeconds, oldestSuspendedSeconds = 0 } = await history.figures();
    expect(openOperations).toMatchObject([{ kind: 'create', state: 'SUSPENDED', errorClass: 'none', count: 1 }]);
    expect(oldestDueSeconds).toBeUndefined();
    expect(Math.round(oldestSuspendedSeconds / 10)).toBe(6);
  });

  const HOUR = 3_600_000;
  const late = { ...claiming, suspendAfterMs: HOUR };
  const unclaimed = { scope: 'unclaimed', forMs: HOUR } as const;

  it('suspends what nobody claimed for too long, and no claim takes it', async () => {
    const { history, advance } = await makeHistory();
    await oneOfEach(history);
    await advance(HOUR - 60_000);
    expect(await history.suspendOperations(unclaimed, rolledBack, 10)).toEqual([]);
    await advance(120_000);
    for (const nth of [1, 2])
      expect(await history.claim(operationId(nth), late)).toMatchObject({
        claimed: false,
        why: 'stale',
        backupId: expect.any(String),
      });
    expect(numbersOf(await history.suspendOperations(unclaimed, rolledBack, 10)).toSorted()).toEqual([1, 2]);
    await claimed(history, operationId(3), late);
  });

  it('counts from when it was due, or from the end of a lease, not from its request', async () => {
    const { history, advance } = await makeHistory();
    for (const nth of [1, 2]) await accepted(history, newCreate(nth, `backup-${nth}`));
    await advance(HOUR - 60_000);
    const { revision } = await claimed(history, operationId(1), late);
    expect(await history.claim(operationId(2), late)).toMatchObject({ why: 'queued' });
    await history.record(operationId(1), revision, wait(0));
    await advance(120_000);
    // one waits for its next poll, the other for the slot: workers have seen both
    expect(await history.suspendOperations(unclaimed, rolledBack, 10)).toEqual([]);
    await claimed(history, operationId(1), { ...late, leaseMs: HOUR });
    expect(await history.claim(operationId(2), late)).toMatchObject({ why: 'queued' });
    await advance(HOUR + 60_000);
    expect(numbersOf(await history.suspendOperations(unclaimed, rolledBack, 10))).toEqual([2]);
    await advance(HOUR);
    expect(numbersOf(await history.suspendOperations(unclaimed, rolledBack, 10))).toEqual([1]);
  });

  it('has one winner where a suspension meets a claim or an end', async () => {
    const { history } = await makeHistory();
    for (let nth = 1; nth <= 10; nth += 1) {
      const id = await accepted(history, newCreate(nth, `backup-${nth}`));
      const { revision } = await claimed(history, id);
      const [suspended, recorded] = await Promise.all([
        suspendAll(history),
        history.record(id, revision, succeeded),
        history.record(id, revision, hold),
      ]);
      expect(suspended.length).toBe(recorded.written ? 0 : 1);
      expect(await history.findOperation(id)).toMatchObject({ state: recorded.written ? 'SUCCEEDED' : 'SUSPENDED' });
    }
  });
};
