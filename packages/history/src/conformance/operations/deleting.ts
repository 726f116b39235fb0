import { expect, it } from 'vitest';
import {
  accepted,
  claimed,
  command,
  completed,
  deleted,
  deletion,
  failed,
  foundSet,
  here,
  hold,
  keyOf,
  newCreate,
  operationId,
  refused,
  requested,
  succeeded,
  wait,
} from '../examples.ts';
import type { MakeHistory } from '../history-under-test.ts';

const elsewhere = { clusterUuid: 'cluster-b', repository: 'others', repositoryUuid: 'repository-b' };

export const deleting = (makeHistory: MakeHistory): void => {
  it('opens a deletion for a backup that has ended', async () => {
    const { history } = await makeHistory();
    await completed(history, newCreate(1, 'nightly'));
    const key = await keyOf(history, 'nightly');
    expect(await history.requestDeletion(key, command, deletion(2, { deleteDiscovered: true }))).toEqual({
      ...{ accepted: true, cancelled: undefined },
      due: [{ operationId: operationId(2), revision: 1 }],
    });
    const { requestId, reason, actor } = command;
    expect((await history.eventsOf('nightly', 10)).slice(1)).toMatchObject([
      {
        ...{ kind: 'backup.delete-requested', source: 'api', requestId, reason, actor },
        after: { operationId: operationId(2), keepBackup: false, onlyUnfinished: false, deleteDiscovered: true },
      },
    ]);
    const operation = await claimed(history, operationId(2));
    expect(operation).toMatchObject({
      kind: 'delete',
      requestId,
      detail: { keepBackup: false, onlyUnfinished: false, deleteDiscovered: true },
    });
    expect(operation.backup).toEqual(await history.findBackup('nightly', here));
    expect(operation.backup).toMatchObject({
      state: 'COMPLETED',
      create: { operationId: operationId(1), state: 'SUCCEEDED' },
    });
  });

  it('frees the id at its end, and keeps the record', async () => {
    const { history, advance } = await makeHistory();
    const id = await failed(history, newCreate(1, 'nightly'));
    const before = await history.findBackup('nightly', here);
    await history.requestDeletion(await keyOf(history, 'nightly'), command, deletion(2));
    expect(await history.accept(newCreate(3, 'nightly'))).toMatchObject({ accepted: false });
    await advance(1_000);
    await deleted(history, operationId(2));
    expect(await history.findBackup('nightly', here)).toBeUndefined();
    const kept = await history.findBackupWithDeleted('nightly', here);
    expect(kept).toMatchObject({
      ...{ key: before?.key, state: 'INCOMPLETE', failure: refused, deletedAt: expect.any(Date) },
      create: { operationId: id, state: 'FAILED' },
    });
    expect(kept?.endedAt?.getTime()).toBeLessThan(kept?.deletedAt?.getTime() ?? 0);
    await history.noteState(kept?.key ?? '', 'FAILED', requested);
    expect(await history.eventsOf('nightly', 10)).toHaveLength(2);
    await accepted(history, newCreate(3, 'nightly'));
    expect(await history.findBackup('nightly', here)).toMatchObject({ deletedAt: undefined, state: 'IN_PROGRESS' });
    expect(await history.findBackupWithDeleted('nightly', here)).toMatchObject({ deletedAt: undefined });
  });

  it('marks a backup deleted for a deletion only', async () => {
    const { history } = await makeHistory();
    const id = await accepted(history, newCreate(1, 'nightly'));
    const { revision } = await claimed(history, id);
    await history.record(id, revision, { outcome: { ...succeeded.outcome, deleted: true } as never });
    expect(await history.findBackup('nightly', here)).toMatchObject({ state: 'COMPLETED', deletedAt: undefined });
  });

  it('shows the last deletion with the backup, and in lists while it is open', async () => {
    const { history } = await makeHistory();
    await completed(history, newCreate(1, 'nightly'));
    const shown = async () => [
      (await history.findBackupWithDeleted('nightly', here))?.deletion,
      (await history.incarnationsOf('nightly'))[0]?.deletion,
    ];
    expect(await shown()).toEqual([undefined, undefined]);
    await history.requestDeletion(await keyOf(history, 'nightly'), command, deletion(2, { onlyUnfinished: true }));
    const queued = { operationId: operationId(2), state: 'QUEUED', onlyUnfinished: true, keepsBackup: false };
    expect(await shown()).toEqual([queued, queued]);
    const { revision, backup } = await claimed(history, operationId(2));
    expect(backup.deletion).toEqual({ ...queued, state: 'RUNNING' });
    await history.record(operationId(2), revision, wait(1_000));
    await history.cancelOperation(operationId(2), command, undefined);
    expect(await shown()).toEqual([{ ...queued, state: 'CANCELLED' }, undefined]);
    await history.requestDeletion(await keyOf(history, 'nightly'), command, deletion(3));
    await deleted(history, operationId(3));
    const done = { operationId: operationId(3), state: 'SUCCEEDED', onlyUnfinished: false, keepsBackup: false };
    expect(await shown()).toEqual([done, undefined]);
  });

  it('shows the open deletion where it is an earlier one that was retried', async () => {
    const { history } = await makeHistory();
    await completed(history, newCreate(1, 'nightly'));
    for (const nth of [2, 3]) {
      await history.requestDeletion(await keyOf(history, 'nightly'), command, deletion(nth));
      const { revision } = await claimed(history, operationId(nth));
      await history.record(operationId(nth), revision, { outcome: { do: 'end', state: 'FAILED', failure: refused } });
    }
    const shown = async () => (await history.findBackup('nightly', here))?.deletion;
    expect(await shown()).toMatchObject({ operationId: operationId(3), state: 'FAILED' });
    expect(await history.retryOperation(operationId(2), command)).toMatchObject({ done: true });
    expect(await shown()).toMatchObject({ operationId: operationId(2), state: 'QUEUED' });
    await deleted(history, operationId(2));
    expect((await history.findBackupWithDeleted('nightly', here))?.deletion).toMatchObject({
      operationId: operationId(3),
    });
  });

  it('ends an open create, and frees its slot', async () => {
    const { history } = await makeHistory();
    for (const nth of [1, 2]) await accepted(history, newCreate(nth, `backup-${nth}`));
    const { revision } = await claimed(history, operationId(1));
    const key = await keyOf(history, 'backup-1');
    expect(await history.requestDeletion(key, command, deletion(3))).toEqual({
      ...{ accepted: true, cancelled: operationId(1) },
      due: [operationId(3), operationId(2)].map((id) => ({ operationId: id, revision: 1 })),
    });
    expect(await history.record(operationId(1), revision, hold)).toEqual({ written: false });
    const failure = {
      code: 'OPERATION_CANCELLED',
      message: expect.stringMatching(
        `^Cancelled by 127\\.0\\.0\\.2 at \\S+, since deletion ${operationId(3)} was requested: the disk has room again\\.$`,
      ),
      data: { cause: 'superseded', supersededBy: operationId(3), by: command.actor },
    };
    expect(await history.findOperation(operationId(1))).toMatchObject({ state: 'CANCELLED', failure });
    expect(await history.findBackup('backup-1', here)).toMatchObject({ state: 'INCOMPLETE', failure });
    expect((await history.eventsOf('backup-1', 10)).map(({ kind }) => kind)).toEqual([
      ...['backup.requested', 'operation.cancelled', 'backup.cancelled', 'backup.delete-requested'],
    ]);
    await claimed(history, operationId(2));
  });

  it('says what does it already, and what there is none of', async () => {
    const { history } = await makeHistory();
    expect(await history.requestDeletion('999', command, deletion(2))).toEqual({ accepted: false, why: 'unknown' });
    await completed(history, newCreate(1, 'nightly'));
    const key = await keyOf(history, 'nightly');
    await history.requestDeletion(key, command, deletion(2));
    const already = { accepted: false, why: 'deleting', operationId: operationId(2) };
    expect(await history.requestDeletion(key, command, deletion(3))).toEqual(already);
    expect(await history.requestDeletion(key, command, deletion(3, { keepBackup: true }))).toEqual(already);
    await deleted(history, operationId(2));
    expect(await history.requestDeletion(key, command, deletion(3))).toEqual({ accepted: false, why: 'deleted' });
    expect(await history.findOperation(operationId(3))).toBeUndefined();
  });

  it('replaces a deletion that would keep the backup', async () => {
    const { history } = await makeHistory();
    await completed(history, newCreate(1, 'nightly'));
    const key = await keyOf(history, 'nightly');
    await history.requestDeletion(key, command, deletion(2, { keepBackup: true }));
    const { revision } = await claimed(history, operationId(2));
    expect(await history.requestDeletion(key, command, deletion(3))).toEqual({
      ...{ accepted: true, cancelled: operationId(2) },
      due: [{ operationId: operationId(3), revision: 1 }],
    });
    expect(await history.record(operationId(2), revision, hold)).toEqual({ written: false });
    expect(await history.findBackup('nightly', here)).toMatchObject({ state: 'COMPLETED' });
  });

  it('is opened once of twenty at once, whatever was open', async () => {
    const { history } = await makeHistory();
    await completed(history, newCreate(1, 'ended'));
    await accepted(history, newCreate(2, 'open'));
    for (const [at, backupId] of ['ended', 'open'].entries()) {
      const key = await keyOf(history, backupId);
      const numbers = Array.from({ length: 20 }, (_, nth) => 100 + 20 * at + nth);
      const answers = await Promise.all(numbers.map((nth) => history.requestDeletion(key, command, deletion(nth))));
      const opened = answers.flatMap((answer) => (answer.accepted ? [answer.due[0]?.operationId] : []));
      expect(opened).toHaveLength(1);
      expect(answers.filter(({ accepted }) => !accepted)).toEqual(
        Array.from({ length: 19 }, () => ({ accepted: false, why: 'deleting', operationId: opened[0] })),
      );
      const events = (await history.eventsOf(backupId, 10)).filter(({ kind }) => kind === 'backup.delete-requested');
      expect(events).toHaveLength(1);
    }
  });

  it('has one winner where it meets the last record of a create', async () => {
    const { history } = await makeHistory();
    for (let nth = 1; nth <= 10; nth += 1) {
      const id = await accepted(history, newCreate(nth, `backup-${nth}`));
      const key = await keyOf(history, `backup-${nth}`);
      const { revision } = await claimed(history, id);
      const [answer, recorded] = await Promise.all([
        history.requestDeletion(key, command, deletion(nth + 100)),
        history.record(id, revision, { events: [requested], ...succeeded }),
      ]);
      expect(answer).toMatchObject({ accepted: true, cancelled: recorded.written ? undefined : id });
      expect(await history.findOperation(id)).toMatchObject({ state: recorded.written ? 'SUCCEEDED' : 'CANCELLED' });
      const events = (await history.eventsOf(`backup-${nth}`, 10)).map(({ kind }) => kind).slice(1);
      expect(events).toEqual([
        ...(recorded.written ? ['backup.requested'] : ['operation.cancelled', 'backup.cancelled']),
        'backup.delete-requested',
      ]);
    }
  });

  it('finds deleted ones where none lives, at the requested location first', async () => {
    const { history } = await makeHistory();
    expect(await history.findBackupWithDeleted('nightly', here)).toBeUndefined();
    for (const [at, location] of [here, elsewhere].entries()) {
      await completed(history, newCreate(at + 1, 'nightly', { location }));
      const { key = '' } = (await history.findBackup('nightly', location)) ?? {};
      await history.requestDeletion(key, command, deletion(at + 11));
      await deleted(history, operationId(at + 11));
    }
    expect(await history.findBackupWithDeleted('nightly', here)).toMatchObject({ location: here });
    expect(await history.findBackupWithDeleted('nightly', elsewhere)).toMatchObject({ location: elsewhere });
    expect(await history.findBackupWithDeleted('nightly', undefined)).toMatchObject({ location: elsewhere });
    await history.discover(foundSet('nightly', { requestedAt: new Date('2020-01-01T00:00:00Z') }));
    expect(await history.findBackupWithDeleted('nightly', elsewhere)).toMatchObject({ origin: 'discovered' });
  });

  it('tells which creates should make no more snapshots', async () => {
    const { history, advance } = await makeHistory();
    const uuid = { number: 1, uuid: 'uuid-1', started: true } as const;
    const one = await accepted(history, newCreate(1, 'cancelled'));
    const { revision } = await claimed(history, one);
    await history.record(one, revision, { parts: [uuid], ...hold });
    await history.cancelOperation(one, command, undefined);
    await advance(1_000);
    await completed(history, newCreate(2, 'deleted'));
    await history.requestDeletion(await keyOf(history, 'deleted'), command, deletion(3));
    await completed(history, newCreate(4, 'whole'));
    await failed(history, newCreate(5, 'failed'));
    expect(await history.settledCreates(60_000, 10)).toEqual([
      {
        ...{ operationId: one, location: here },
        parts: [
          { snapshotName: 'cancelled-1', kept: 'uuid-1' },
          { snapshotName: 'cancelled-2', kept: undefined },
        ],
      },
    ]);
    await deleted(history, operationId(3));
    const gone = ['deleted-1', 'deleted-2'].map((snapshotName) => ({ snapshotName, kept: undefined }));
    expect(await history.settledCreates(60_000, 10)).toMatchObject([
      { operationId: operationId(2), location: here, parts: gone },
      { operationId: one },
    ]);
    expect(await history.settledCreates(60_000, 1)).toMatchObject([{ operationId: operationId(2) }]);
    await advance(60_000);
    expect(await history.settledCreates(60_000, 10)).toEqual([]);
  });

  it('keeps nothing of a cancelled create once its backup is deleted', async () => {
    const { history, advance } = await makeHistory();
    const id = await accepted(history, newCreate(1, 'nightly'));
    const { revision } = await claimed(history, id);
    await history.record(id, revision, { parts: [{ number: 1, uuid: 'uuid-1' }], ...hold });
    await history.requestDeletion(await keyOf(history, 'nightly'), command, deletion(2));
    expect(await history.settledCreates(60_000, 10)).toMatchObject([{ parts: [{ kept: 'uuid-1' }, {}] }]);
    await advance(100_000);
    await deleted(history, operationId(2));
    expect(await history.settledCreates(60_000, 10)).toMatchObject([
      { operationId: id, parts: [{ kept: undefined }, {}] },
    ]);
  });

  it('says what deletions would delete: not what they keep, and not what is gone', async () => {
    const { history } = await makeHistory();
    for (const [at, id] of ['one', 'two'].entries()) {
      await accepted(history, newCreate(at + 1, id));
      const { revision } = await claimed(history, operationId(at + 1));
      const parts = [{ number: 1, state: 'SUCCESS', uuid: `uuid-${id}` } as const];
      await history.record(operationId(at + 1), revision, { parts, outcome: { do: 'wait', inMs: 0 } });
      const onlyUnfinished = id === 'two';
      await history.cancelOperation(
        operationId(at + 1),
        command,
        deletion(at + 11, { keepBackup: true, onlyUnfinished }),
      );
    }
    const ids = [operationId(1), operationId(11), operationId(12), operationId(9), 'x'];
    const [one, two] = ['one', 'two'].map((backupId) => ({ backupId, repository: here.repository }));
    const first = { ...one, operationId: operationId(11) };
    const second = { ...two, operationId: operationId(12), snapshotNames: ['two-2'] };
    expect(await history.snapshotsToDelete(ids)).toEqual([second, { ...first, snapshotNames: ['one-1', 'one-2'] }]);
    const { revision } = await claimed(history, operationId(11));
    await history.record(operationId(11), revision, { parts: [{ number: 1, state: 'VANISHED', uuid: null }], ...hold });
    expect(await history.snapshotsToDelete(ids)).toEqual([second, { ...first, snapshotNames: ['one-2'] }]);
    expect(await history.snapshotsToDelete([])).toEqual([]);
  });
};
