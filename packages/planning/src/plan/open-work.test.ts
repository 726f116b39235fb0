import { claimed, completed, keyOf, newCreate, operationId } from '@tandem/history/conformance/examples.ts';
import { newRestore } from '@tandem/history/conformance/restores/examples.ts';
import { inMemoryHistory } from '@tandem/history/in-memory/history.ts';
import { newRestoreDetail, type RestoreTask } from '@tandem/shared/domain/restore/run/restore-memory.ts';
import { expect, it } from 'vitest';
import { openWork } from './open-work.ts';

const CLUSTER = 'cluster-a';
const RESTORE = operationId(9);

/** Backup `b` COMPLETED; `restore` opens a restore of a backup into a cluster. */
const setUp = async () => {
  const history = inMemoryHistory({ now: () => new Date(0) });
  await completed(history, newCreate(1, 'b'));
  const backup = await history.findBackup('b', undefined);
  if (backup === undefined) throw new Error('no b');
  const restore = async (backupId: string, clusterUuid = CLUSTER, kind: 'restore' | 'rehearse' = 'restore') => {
    const task = { clusterUuid, inPlace: kind === 'restore', parts: [], deletes: [] } as unknown as RestoreTask;
    const detail = newRestoreDetail(task);
    await history.requestRestore(newRestore(9, await keyOf(history, backupId), { kind, clusterUuid, detail }));
  };
  const read = (ownId?: string) => openWork(history, backup, CLUSTER, ownId);
  return { history, restore, read };
};

it('finds nothing where nothing is open', async () => {
  const { read } = await setUp();
  expect(await read()).toEqual({ openCreates: [], openRestore: undefined, openOperation: undefined });
});

it('finds the open creates of the cluster', async () => {
  const { history, read } = await setUp();
  await history.accept(newCreate(2, 'next'));
  const { openCreates } = await read();
  expect(openCreates.map(({ operationId: id }) => id)).toEqual([operationId(2)]);
});

it('finds a restore of another backup into the cluster', async () => {
  const { history, restore, read } = await setUp();
  await completed(history, newCreate(2, 'other'));
  await restore('other');
  expect(await read()).toMatchObject({
    openRestore: { operationId: RESTORE, backupId: 'other' },
    openOperation: undefined,
  });
});

it('ignores a restore into another cluster, and a rehearsal of another backup', async () => {
  const { history, restore, read } = await setUp();
  await completed(history, newCreate(2, 'other'));
  await restore('other', 'cluster-b');
  expect((await read()).openRestore).toBeUndefined();
  const second = await setUp();
  await completed(second.history, newCreate(2, 'other'));
  await second.restore('other', CLUSTER, 'rehearse');
  expect(await second.read()).toMatchObject({ openRestore: undefined, openOperation: undefined });
});

it('finds the open operation of the backup itself, unless it is the one that asks', async () => {
  const { restore, read } = await setUp();
  await restore('b', CLUSTER, 'rehearse');
  expect((await read()).openOperation).toEqual({ operationId: RESTORE, kind: 'rehearse', suspended: false });
  expect((await read(RESTORE)).openOperation).toBeUndefined();
});

it('says that the open operation is suspended', async () => {
  const { history, restore, read } = await setUp();
  await restore('b');
  const why = { code: 'HISTORY_ROLLED_BACK', message: 'Rolled back.', data: {} };
  const actor = { kind: 'system', name: 'worker' } as const;
  await history.suspendOperations({ scope: 'all' }, { actor, source: 'worker', why }, 10);
  expect(await read()).toMatchObject({
    openRestore: undefined,
    openOperation: { operationId: RESTORE, kind: 'restore', suspended: true },
  });
});

it('no longer finds what has ended', async () => {
  const { history, restore, read } = await setUp();
  await restore('b');
  const { revision } = await claimed(history, RESTORE);
  await history.record(RESTORE, revision, { outcome: { do: 'end', state: 'SUCCEEDED', backup: 'COMPLETED' } });
  expect(await read()).toEqual({ openCreates: [], openRestore: undefined, openOperation: undefined });
});
