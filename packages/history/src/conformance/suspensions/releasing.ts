import type { Reason } from '@tandem/shared/domain/failure/reason.ts';
import { expect, it } from 'vitest';
import {
  accepted,
  claimed,
  claiming,
  command,
  deleted,
  deletion,
  failed,
  here,
  keyOf,
  newCreate,
  operationId,
  requested,
  someone,
  succeeded,
} from '../examples.ts';
import type { MakeHistory } from '../history-under-test.ts';
import { backedUp, newRestore, restoring } from '../restores/examples.ts';
import { elsewhere, rolledBack, suspendAll } from './suspending.ts';

const report: Reason = { code: 'RESTORE_ABANDONED', message: 'Nothing was touched.', data: { there: [] } };

export const releasing = (makeHistory: MakeHistory): void => {
  it('puts a create back into its place in the line, with all of its tries', async () => {
    const { history } = await makeHistory();
    const id = await accepted(history, newCreate(1, 'nightly'));
    const { revision, trigger } = await claimed(history, id);
    const attempt = { part: 1, trigger, actor: someone, startedAt: new Date(), nextInMs: 1, reason: rolledBack.why };
    const outcome = { do: 'wait', inMs: 900_000 } as const;
    await history.record(id, revision, { attempt: { ...attempt, errorClass: 'transient' }, tries: 'failed', outcome });
    await suspendAll(history);
    await accepted(history, newCreate(2, 'later'));
    const released = await history.releaseOperation(id, command);
    expect(released).toEqual({ done: true, operation: { operationId: id, revision: revision + 3 } });
    expect(await history.claim(operationId(2), claiming)).toMatchObject({ why: 'queued' });
    expect(await history.findOperation(id)).toMatchObject({ state: 'QUEUED', suspension: undefined, attempts: 1 });
    expect(await history.findBackup('nightly', here)).toMatchObject({
      ...{ state: 'IN_PROGRESS', failure: undefined, suspended: undefined },
    });
    const { failedTries, trigger: next } = await claimed(history, id);
    expect({ failedTries, next }).toEqual({ failedTries: 0, next: 'person' });
    expect((await history.eventsOf('nightly', 10)).at(-1)).toMatchObject({
      ...{
        kind: 'operation.released',
        actor: command.actor,
        source: 'api',
        reason: command.reason,
        requestId: 'request-9',
      },
      before: { operationId: id, kind: 'create', state: 'SUSPENDED', code: 'HISTORY_ROLLED_BACK' },
      after: { operationId: id, kind: 'create', state: 'QUEUED', backup: 'IN_PROGRESS' },
    });
  });

  it('releases a deletion, but none that takes what is held', async () => {
    const { history } = await makeHistory();
    const key = await backedUp(history, 1);
    await history.requestDeletion(key, command, deletion(2));
    await suspendAll(history);
    expect(await history.releaseOperation(operationId(2), command)).toMatchObject({ done: true });
    await deleted(history, operationId(2));
    const held = await backedUp(history, 3);
    await history.requestDeletion(held, command, deletion(4));
    await suspendAll(history);
    expect(await history.annotate(held, command, { hold: { reason: 'audit', until: undefined } })).toMatchObject({
      done: true,
    });
    expect(await history.releaseOperation(operationId(4), command)).toMatchObject({
      ...{ done: false, why: 'held', hold: { reason: 'audit' } },
    });
    expect(await history.findOperation(operationId(4))).toMatchObject({ state: 'SUSPENDED' });
  });

  it('releases no restore or rehearsal, no create beside a restore in place, and nothing that is not suspended', async () => {
    const { history } = await makeHistory();
    const create = await accepted(history, newCreate(1, 'nightly', { location: elsewhere }));
    for (const [nth, kind] of [
      [2, 'restore'],
      [3, 'rehearse'],
    ] as const) {
      const id = await restoring(history, newRestore(nth + 10, await backedUp(history, nth), { kind }));
      await suspendAll(history);
      expect(await history.releaseOperation(id, command)).toEqual({ done: false, why: 'restore' });
    }
    await restoring(history, newRestore(20, await backedUp(history, 4)));
    expect(await history.releaseOperation(create, command)).toEqual({ done: false, why: 'busy' });
    expect(await history.findOperation(create)).toMatchObject({ state: 'SUSPENDED' });
    const none = { done: false, why: 'not-suspended' };
    expect(await history.releaseOperation(operationId(4), command)).toEqual(none);
    const ended = await failed(
      history,
      newCreate(30, 'failed', { location: { ...elsewhere, clusterUuid: 'another' } }),
    );
    expect(await history.releaseOperation(ended, command)).toEqual(none);
    expect(await history.releaseOperation('x', command)).toEqual({ done: false, why: 'unknown' });
    expect(await history.releaseOperation(operationId(99), command)).toEqual({ done: false, why: 'unknown' });
  });

  it('is released once by twenty at once', async () => {
    const { history } = await makeHistory();
    const id = await accepted(history, newCreate(1, 'nightly'));
    await suspendAll(history);
    const all = await Promise.all(Array.from({ length: 20 }, () => history.releaseOperation(id, command)));
    expect(all.filter(({ done }) => done)).toHaveLength(1);
    expect(await history.eventsOf('nightly', 50)).toHaveLength(3);
  });

  it('cancels a suspended create and leaves its snapshots alone, unless their deletion was requested', async () => {
    const { history } = await makeHistory();
    const id = await accepted(history, newCreate(1, 'nightly'));
    await suspendAll(history);
    const implied = deletion(2, { keepBackup: true, onlyUnfinished: true });
    expect(await history.cancelOperation(id, command, implied)).toEqual({ done: true, due: [] });
    expect(await history.findOperation(id)).toMatchObject({ state: 'CANCELLED', suspension: undefined });
    expect(await history.findBackup('nightly', here)).toMatchObject({
      ...{ state: 'INCOMPLETE', failure: { code: 'OPERATION_CANCELLED' }, suspended: undefined },
    });
    expect(await history.settledCreates(60_000, 10)).toEqual([]);
    expect((await history.eventsOf('nightly', 10)).slice(-2)).toMatchObject([
      { kind: 'operation.cancelled', before: { state: 'SUSPENDED' }, after: { backup: 'INCOMPLETE' } },
      { kind: 'backup.cancelled' },
    ]);
    const other = await accepted(history, newCreate(3, 'other'));
    await suspendAll(history);
    const explicit = deletion(4, { keepBackup: true });
    const due = [{ operationId: operationId(4), revision: 1 }];
    expect(await history.cancelOperation(other, command, explicit)).toEqual({ done: true, due });
    expect((await history.settledCreates(60_000, 10)).map((one) => one.operationId)).toEqual([other]);
  });

  it('deletes a backup whose create is suspended', async () => {
    const { history } = await makeHistory();
    const id = await accepted(history, newCreate(1, 'nightly'));
    await suspendAll(history);
    const key = await keyOf(history, 'nightly');
    expect(await history.requestDeletion(key, command, deletion(2))).toMatchObject({ accepted: true, cancelled: id });
    await deleted(history, operationId(2));
    expect((await history.settledCreates(60_000, 10)).map((one) => one.operationId)).toEqual([id]);
  });

  it('cancels a suspended deletion, and the backup stays as it is', async () => {
    const { history } = await makeHistory();
    const key = await backedUp(history, 1);
    await history.requestDeletion(key, command, deletion(2));
    await suspendAll(history);
    expect(await history.cancelOperation(operationId(2), command, undefined)).toEqual({ done: true, due: [] });
    expect(await history.findBackup('backup-1', here)).toMatchObject({ state: 'COMPLETED', deletedAt: undefined });
  });

  it.each(['restore', 'rehearse'] as const)(
    'abandons a suspended %s with a report, and does not stop it',
    async (kind) => {
      const { history } = await makeHistory();
      const id = await restoring(history, newRestore(2, await backedUp(history, 1), { kind }));
      await claimed(history, id);
      await suspendAll(history);
      expect(await history.stopRestore(id, command)).toEqual({ done: false, why: 'suspended' });
      expect(await history.findRestore(id)).toMatchObject({ state: 'SUSPENDED', suspension: rolledBack.why });
      expect(await history.cancelOperation(id, command, undefined, report)).toEqual({ done: true, due: [] });
      expect(await history.findRestore(id)).toMatchObject({
        state: 'CANCELLED',
        failure: {
          code: report.code,
          message: expect.stringMatching(/^Cancelled by \S+ at \S+: the disk has room again\. Nothing was touched\.$/),
          data: { ...report.data, cause: 'request', by: command.actor },
        },
      });
      expect(await history.findBackup('backup-1', here)).toMatchObject({ state: 'COMPLETED', failure: undefined });
      expect((await history.eventsOf('backup-1', 10)).at(-1)).toMatchObject({
        kind: 'operation.cancelled',
        before: { state: 'SUSPENDED' },
        after: { operationId: id, kind, state: 'CANCELLED', code: 'RESTORE_ABANDONED' },
      });
      expect(await history.stopRestore(id, command)).toEqual({ done: false, why: 'ended' });
    },
  );

  it('pages suspended creates with their backups', async () => {
    const { history } = await makeHistory();
    for (const nth of [1, 2, 3]) await accepted(history, newCreate(nth, `backup-${nth}`));
    await history.requestDeletion(await keyOf(history, 'backup-2'), command, deletion(4));
    await suspendAll(history);
    const first = await history.suspendedCreates(undefined, 1);
    expect(first.creates).toMatchObject([
      {
        operationId: operationId(1),
        revision: 2,
        backup: { backupId: 'backup-1', parts: [{ number: 1 }, { number: 2 }] },
      },
    ]);
    const [create] = first.creates;
    expect((create?.now.getTime() ?? 0) - (create?.suspendedAt.getTime() ?? 0)).toBeLessThan(60_000);
    const { creates, next } = await history.suspendedCreates(first.next, 10);
    expect(creates.map(({ operationId: id }) => id)).toEqual([operationId(3)]);
    expect(next).toBeUndefined();
  });

  it('ends a suspended create as it was observed, once, and only while it is suspended', async () => {
    const { history } = await makeHistory();
    const id = await accepted(history, newCreate(1, 'nightly'));
    const { outcome } = succeeded;
    const end = {
      parts: [{ number: 1, state: 'SUCCESS', uuid: 'u-1' }] as const,
      events: [{ ...requested, kind: 'backup.completed' as const, after: { state: 'COMPLETED' } }],
      outcome: outcome as Extract<typeof outcome, { do: 'end' }>,
    };
    expect(await history.endSuspended(id, 1, end)).toBe(false);
    await suspendAll(history);
    expect(await history.endSuspended(id, 1, end)).toBe(false);
    expect(await history.endSuspended(id, 2, end)).toBe(true);
    expect(await history.endSuspended(id, 3, end)).toBe(false);
    const backup = await history.findBackup('nightly', here);
    expect(backup).toMatchObject({ state: 'COMPLETED', failure: undefined, parts: [{ uuid: 'u-1' }, {}] });
    expect(backup?.endedAt).toBeInstanceOf(Date);
    expect(await history.findOperation(id)).toMatchObject({ state: 'SUCCEEDED', suspension: undefined });
  });
};
