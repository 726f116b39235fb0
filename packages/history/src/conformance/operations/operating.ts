import { expect, it } from 'vitest';
import {
  accepted,
  claimed,
  command,
  completed,
  deleted,
  deletion,
  failed,
  here,
  hold,
  keyOf,
  newCreate,
  operationId,
  claiming as options,
  refused,
  someone,
  succeeded,
  wait,
} from '../examples.ts';
import type { MakeHistory } from '../history-under-test.ts';

const endings = [
  ['ended', succeeded],
  ['put off', wait(60_000)],
] as const;

export const operating = (makeHistory: MakeHistory): void => {
  it('puts what failed back into the queue', async () => {
    const { history } = await makeHistory();
    const id = await failed(history, newCreate(1, 'nightly'), 'operator');
    expect(await history.retryOperation(id, command)).toEqual({
      done: true,
      operation: { operationId: id, revision: 4 },
    });
    expect(await history.findOperation(id)).toMatchObject({
      ...{ state: 'QUEUED', revision: 4, attempts: 1, errorClass: undefined, failure: undefined },
      endedAt: undefined,
    });
    expect(await history.findBackup('nightly', here)).toMatchObject({
      ...{ state: 'IN_PROGRESS', failure: undefined, endedAt: undefined },
      create: { state: 'QUEUED', revision: 4 },
    });
    expect(await history.overdue(-1_000, 10)).toEqual([{ operationId: id, revision: 4 }]);
    const { requestId, reason, actor } = command;
    expect((await history.eventsOf('nightly', 10)).at(-1)).toMatchObject({
      ...{ kind: 'operation.retried', source: 'api', requestId, reason, actor },
      before: { operationId: id, kind: 'create', state: 'FAILED', code: refused.code },
      after: { operationId: id, kind: 'create', state: 'QUEUED', backup: 'IN_PROGRESS' },
    });
    const again = await claimed(history, id);
    expect(again).toMatchObject({ failedTries: 0, failingSince: undefined, trigger: 'person', revision: 5 });
    const attempt = {
      part: 1,
      trigger: again.trigger,
      actor: someone,
      errorClass: undefined,
      reason: undefined,
    } as const;
    const succeededNow = { ...attempt, startedAt: new Date(), nextInMs: undefined };
    await history.record(id, again.revision, { attempt: succeededNow, ...succeeded });
    expect(await history.attemptsOf(id)).toMatchObject([
      { number: 1, trigger: 'request', errorClass: 'operator' },
      { number: 2, trigger: 'person', errorClass: undefined },
    ]);
    expect(await history.findBackup('nightly', here)).toMatchObject({ state: 'COMPLETED', failure: undefined });
  });

  it('retries only what failed, and no more than once', async () => {
    const { history } = await makeHistory();
    expect(await history.retryOperation(operationId(9), command)).toEqual({ done: false, why: 'unknown' });
    expect(await history.retryOperation('x', command)).toEqual({ done: false, why: 'unknown' });
    const id = await failed(history, newCreate(1, 'nightly'));
    await completed(history, newCreate(2, 'other'));
    expect(await history.retryOperation(operationId(2), command)).toEqual({ done: false, why: 'not-failed' });
    const retries = await Promise.all(Array.from({ length: 10 }, () => history.retryOperation(id, command)));
    expect(retries.filter(({ done }) => done)).toHaveLength(1);
    expect(retries.filter(({ done }) => !done)).toEqual(
      Array.from({ length: 9 }, () => ({ done: false, why: 'not-failed' })),
    );
    expect(await history.eventsOf('nightly', 10)).toHaveLength(2);
  });

  it('does not retry beside another open operation, nor what belongs to a deleted backup', async () => {
    const { history } = await makeHistory();
    const id = await failed(history, newCreate(1, 'nightly'));
    await history.requestDeletion(await keyOf(history, 'nightly'), command, deletion(2));
    expect(await history.retryOperation(id, command)).toEqual({ done: false, why: 'busy' });
    await deleted(history, operationId(2));
    expect(await history.retryOperation(id, command)).toEqual({ done: false, why: 'deleted' });
    expect(await history.findOperation(id)).toMatchObject({ state: 'FAILED' });
  });

  it('gives a retried create no slot before its turn, but its old place in the line', async () => {
    const { history } = await makeHistory();
    const id = await failed(history, newCreate(1, 'one'));
    await accepted(history, newCreate(2, 'two'));
    await accepted(history, newCreate(3, 'three'));
    const { revision } = await claimed(history, operationId(2));
    await history.retryOperation(id, command);
    expect(await history.claim(id, options)).toMatchObject({ why: 'queued' });
    expect(await history.record(operationId(2), revision, succeeded)).toMatchObject({ next: [{ operationId: id }] });
    expect(await history.claim(operationId(3), options)).toMatchObject({ why: 'queued' });
    await claimed(history, id);
  });

  it('cancels an open create, fences its worker and frees its slot', async () => {
    const { history, advance } = await makeHistory();
    for (const nth of [1, 2]) await accepted(history, newCreate(nth, `backup-${nth}`));
    const { revision } = await claimed(history, operationId(1));
    expect(await history.claim(operationId(2), options)).toMatchObject({ why: 'queued' });
    expect(await history.cancelOperation(operationId(1), command, undefined)).toEqual({
      done: true,
      due: [{ operationId: operationId(2), revision: 1 }],
    });
    expect(await history.record(operationId(1), revision, hold)).toEqual({ written: false });
    expect(await history.record(operationId(1), revision + 1, hold)).toEqual({ written: false });
    expect(await history.renew(operationId(1), revision, 1_000)).toBe(false);
    expect(await history.claim(operationId(1), options)).toEqual({ claimed: false, why: 'ended' });
    expect(await history.findOperation(operationId(1))).toMatchObject({
      state: 'CANCELLED',
      endedAt: expect.any(Date),
    });
    expect(await history.findBackup('backup-1', here)).toMatchObject({
      ...{ state: 'INCOMPLETE', endedAt: expect.any(Date) },
      create: { state: 'CANCELLED', revision: revision + 1 },
    });
    const by = { source: 'api', reason: command.reason, actor: command.actor, requestId: command.requestId };
    expect((await history.eventsOf('backup-1', 10)).slice(1)).toMatchObject([
      {
        ...{ ...by, kind: 'operation.cancelled' },
        before: { operationId: operationId(1), kind: 'create', state: 'RUNNING' },
        after: { state: 'CANCELLED', backup: 'INCOMPLETE', code: 'OPERATION_CANCELLED', cause: 'request' },
      },
      { ...by, kind: 'backup.cancelled', after: { operationId: operationId(1), state: 'INCOMPLETE' } },
    ]);
    await advance(1_000);
    expect(await history.overdue(0, 10)).toEqual([{ operationId: operationId(2), revision: 1 }]);
    await claimed(history, operationId(2));
    expect(await history.retryOperation(operationId(1), command)).toEqual({ done: false, why: 'not-failed' });
  });

  it('says who cancelled an operation, when and why, and of a create what comes next', async () => {
    const { history } = await makeHistory();
    await accepted(history, newCreate(1, 'nightly'));
    await history.cancelOperation(operationId(1), command, undefined);
    const { failure, endedAt } = (await history.findOperation(operationId(1))) ?? {};
    const at = endedAt?.toISOString();
    expect(failure).toEqual({
      code: 'OPERATION_CANCELLED',
      message: `Cancelled by 127.0.0.2 at ${at}: the disk has room again. Take a backup under another id, or delete this one to use its id again.`,
      data: { cause: 'request', by: command.actor, reason: command.reason, requestId: command.requestId, at },
    });
    expect(await history.findBackup('nightly', here)).toMatchObject({ failure });
    await completed(history, newCreate(2, 'other'));
    await history.requestDeletion(await keyOf(history, 'other'), command, deletion(3));
    await history.cancelOperation(operationId(3), { ...command, reason: undefined }, undefined);
    expect((await history.findOperation(operationId(3)))?.failure).toMatchObject({
      message: expect.stringMatching(/^Cancelled by 127\.0\.0\.2 at \S+: no reason was given\. /),
      data: { cause: 'request' },
    });
    expect((await history.findBackup('other', here))?.failure).toBeUndefined();
  });

  it('cancels only what is open', async () => {
    const { history } = await makeHistory();
    expect(await history.cancelOperation(operationId(9), command, undefined)).toEqual({ done: false, why: 'unknown' });
    expect(await history.cancelOperation('x', command, undefined)).toEqual({ done: false, why: 'unknown' });
    await completed(history, newCreate(1, 'nightly'));
    expect(await history.cancelOperation(operationId(1), command, deletion(2))).toEqual({ done: false, why: 'ended' });
    expect(await history.findOperation(operationId(2))).toBeUndefined();
    expect(await history.eventsOf('nightly', 10)).toHaveLength(1);
  });

  it('leaves no backup IN_PROGRESS after its create was cancelled, whatever becomes of the cleanup', async () => {
    const { history } = await makeHistory();
    await accepted(history, newCreate(1, 'nightly'));
    await history.cancelOperation(operationId(1), command, deletion(2, { keepBackup: true }));
    const before = await history.findBackup('nightly', here);
    expect(before).toMatchObject({ state: 'INCOMPLETE', endedAt: expect.any(Date) });
    await history.cancelOperation(operationId(2), { ...command, reason: 'enough' }, undefined);
    expect(await history.findBackup('nightly', here)).toEqual({
      ...before,
      deletion: { operationId: operationId(2), state: 'CANCELLED', onlyUnfinished: false, keepsBackup: true },
    });
    expect((await history.eventsOf('nightly', 10)).at(-1)).toMatchObject({
      ...{ kind: 'operation.cancelled', after: { kind: 'delete', state: 'CANCELLED' } },
    });
  });

  it('leaves a backup as it is where the deletion of an ended one is cancelled', async () => {
    const { history } = await makeHistory();
    await completed(history, newCreate(1, 'nightly'));
    const before = await history.findBackup('nightly', here);
    await history.requestDeletion(before?.key ?? '', command, deletion(2));
    await history.cancelOperation(operationId(2), command, undefined);
    expect(await history.findBackup('nightly', here)).toEqual({
      ...before,
      deletion: { operationId: operationId(2), state: 'CANCELLED', onlyUnfinished: false, keepsBackup: false },
    });
  });

  it('puts a deletion in the place of what it cancels', async () => {
    const { history } = await makeHistory();
    for (const nth of [1, 2]) await accepted(history, newCreate(nth, `backup-${nth}`));
    await claimed(history, operationId(1));
    const cleanup = deletion(3, { keepBackup: true });
    expect(await history.cancelOperation(operationId(1), command, cleanup)).toEqual({
      done: true,
      due: [operationId(3), operationId(2)].map((id) => ({ operationId: id, revision: 1 })),
    });
    expect(await history.findBackup('backup-1', here)).toMatchObject({ state: 'INCOMPLETE' });
    const events = await history.eventsOf('backup-1', 10);
    expect(events.map(({ kind }) => kind)).toEqual(['backup.requested', 'operation.cancelled', 'backup.cancelled']);
    expect(events[2]?.after).toEqual({ operationId: operationId(1), state: 'INCOMPLETE', cleanup });
    const { revision, kind, detail, trigger } = await claimed(history, operationId(3));
    expect({ kind, detail, trigger }).toEqual({
      ...{ kind: 'delete', trigger: 'request' },
      detail: { keepBackup: true, onlyUnfinished: false, deleteDiscovered: false },
    });
    await history.record(operationId(3), revision, {
      outcome: { do: 'end', state: 'SUCCEEDED', backup: 'INCOMPLETE' },
    });
    expect(await history.findBackup('backup-1', here)).toMatchObject({ state: 'INCOMPLETE', deletedAt: undefined });
    await claimed(history, operationId(2));
  });

  it.each(endings)('has one winner where a cancel meets a tick: %s', async (_, change) => {
    const { history } = await makeHistory();
    for (let nth = 1; nth <= 10; nth += 1) {
      const location = { clusterUuid: 'c', repository: `r-${nth}`, repositoryUuid: undefined };
      const id = await accepted(history, newCreate(nth, `backup-${nth}`, { location }));
      const { revision } = await claimed(history, id);
      const [cancelled, recorded] = await Promise.all([
        history.cancelOperation(id, command, deletion(nth + 100)),
        history.record(id, revision, change),
      ]);
      const { state } = (await history.findOperation(id)) ?? {};
      const events = (await history.eventsOf(`backup-${nth}`, 10)).length;
      expect((await history.findOperation(operationId(nth + 100))) !== undefined).toBe(cancelled.done);
      expect(events).toBe(cancelled.done ? 4 : 1);
      if (change.outcome.do === 'end') expect(cancelled.done).toBe(!recorded.written);
      expect(state).toBe(cancelled.done ? 'CANCELLED' : 'SUCCEEDED');
    }
  });

  it('has one winner where a retry meets a deletion', async () => {
    const { history } = await makeHistory();
    for (let nth = 1; nth <= 10; nth += 1) {
      const id = await failed(history, newCreate(nth, `backup-${nth}`));
      const key = await keyOf(history, `backup-${nth}`);
      const [retried, requested] = await Promise.all([
        history.retryOperation(id, command),
        history.requestDeletion(key, command, deletion(nth + 100)),
      ]);
      expect(requested).toMatchObject({ accepted: true, cancelled: retried.done ? id : undefined });
      expect(await history.findOperation(id)).toMatchObject({ state: retried.done ? 'CANCELLED' : 'FAILED' });
      if (!retried.done) expect(retried.why).toBe('busy');
      const events = (await history.eventsOf(`backup-${nth}`, 10)).map(({ kind }) => kind).slice(1);
      expect(events).toEqual([
        ...(retried.done ? ['operation.retried', 'operation.cancelled', 'backup.cancelled'] : []),
        'backup.delete-requested',
      ]);
    }
  });

  it('has one winner where a retry of one of ten meets cancels', async () => {
    const { history } = await makeHistory();
    const id = await failed(history, newCreate(1, 'nightly'));
    const answers = await Promise.all([
      ...Array.from({ length: 5 }, () => history.retryOperation(id, command)),
      ...Array.from({ length: 5 }, () => history.cancelOperation(id, command, undefined)),
    ]);
    const cancels = answers.slice(5).filter(({ done }) => done).length;
    expect(answers.slice(0, 5).filter(({ done }) => done)).toHaveLength(1);
    expect(cancels).toBeLessThanOrEqual(1);
    expect(await history.findOperation(id)).toMatchObject({ state: cancels === 1 ? 'CANCELLED' : 'QUEUED' });
  });
};
