import { expect, it } from 'vitest';
import {
  accepted,
  claimed,
  claiming,
  command,
  hold,
  newCreate,
  operationId,
  refused,
  someone,
  wait,
} from '../examples.ts';
import type { MakeHistory } from '../history-under-test.ts';
import { backedUp, newRestore, restored, restoring } from './examples.ts';

const tellings = [
  ['restore', 'restore.stop-requested'],
  ['rehearse', 'rehearsal.stop-requested'],
] as const;

export const stopping = (makeHistory: MakeHistory): void => {
  it.each(tellings)('asks a %s to stop, and fences its worker', async (kind, eventKind) => {
    const { history } = await makeHistory();
    const id = await restoring(history, newRestore(2, await backedUp(history, 1), { kind }));
    const { revision } = await claimed(history, id);
    const due = { operationId: id, revision: revision + 1 };
    expect(await history.stopRestore(id, command)).toEqual({ done: true, due });
    expect(await history.record(id, revision, hold)).toEqual({ written: false });
    expect(await history.record(id, revision + 1, hold)).toEqual({ written: false });
    expect(await history.renew(id, revision, 1_000)).toBe(false);
    expect(await history.overdue(-1_000, 10)).toEqual([due]);
    expect(await claimed(history, id)).toMatchObject({
      ...{ revision: revision + 2, trigger: 'person' },
      detail: { inPlace: true, stop: { ...command, at: expect.any(String) } },
    });
    expect((await history.eventsOf('backup-1', 10)).at(-1)).toMatchObject({
      ...{ kind: eventKind, actor: command.actor, source: 'api', reason: command.reason, requestId: command.requestId },
      before: { operationId: id, kind, state: 'RUNNING' },
      after: { operationId: id, kind, state: 'QUEUED' },
    });
  });

  it('lets the first stay if it is requested again', async () => {
    const { history } = await makeHistory();
    const id = await restoring(history, newRestore(2, await backedUp(history, 1)));
    const first = await history.stopRestore(id, command);
    const { revision } = await claimed(history, id);
    expect(first).toEqual({ done: true, due: { operationId: id, revision: revision - 1 } });
    const again = await history.stopRestore(id, { actor: someone, reason: undefined, requestId: undefined });
    expect(again).toEqual({ done: true, due: { operationId: id, revision } });
    expect(await history.record(id, revision, hold)).toMatchObject({ written: true });
    expect(await history.findRestore(id)).toMatchObject({ detail: { stop: { reason: command.reason } } });
    expect(await history.eventsOf('backup-1', 10)).toHaveLength(3);
  });

  it('requests again where the one before was crossed out', async () => {
    const { history } = await makeHistory();
    const id = await restoring(history, newRestore(2, await backedUp(history, 1)));
    await history.stopRestore(id, { ...command, reason: 'the run before' });
    const { revision } = await claimed(history, id);
    await history.record(id, revision, { ...hold, detail: { stop: null } });
    expect(await history.stopRestore(id, command)).toEqual({
      done: true,
      due: { operationId: id, revision: revision + 1 },
    });
    expect(await history.findRestore(id)).toMatchObject({ detail: { stop: { reason: command.reason } } });
  });

  it('records one event for twenty concurrent requests', async () => {
    const { history } = await makeHistory();
    const id = await restoring(history, newRestore(2, await backedUp(history, 1)));
    await claimed(history, id);
    const answers = await Promise.all(Array.from({ length: 20 }, () => history.stopRestore(id, command)));
    for (const answer of answers) expect(answer).toEqual({ done: true, due: { operationId: id, revision: 3 } });
    expect(await history.eventsOf('backup-1', 50)).toHaveLength(3);
  });

  it('has one that waits and fails run at once, with all of its tries', async () => {
    const { history } = await makeHistory();
    const id = await restoring(history, newRestore(2, await backedUp(history, 1)));
    const { revision, trigger } = await claimed(history, id);
    const attempt = {
      part: undefined,
      trigger,
      actor: someone,
      reason: refused,
      startedAt: new Date(),
      nextInMs: 60_000,
    };
    await history.record(id, revision, {
      ...{ ...wait(60_000), tries: 'failed' },
      attempt: { ...attempt, errorClass: 'transient' },
    });
    expect(await history.claim(id, claiming)).toMatchObject({ why: 'early' });
    await history.stopRestore(id, { actor: someone, reason: undefined, requestId: undefined });
    expect(await history.findOperation(id)).toMatchObject({ attempts: 1, errorClass: undefined });
    const { failedTries, failingSince, detail } = await claimed(history, id);
    expect({ failedTries, failingSince }).toEqual({ failedTries: 0, failingSince: undefined });
    expect(detail.stop).toEqual({ actor: someone, at: expect.any(String) });
  });

  it('has one winner where a stop meets the end', async () => {
    const { history } = await makeHistory();
    for (let nth = 1; nth <= 10; nth += 1) {
      const key = await backedUp(history, nth);
      const id = await restoring(history, newRestore(nth + 100, key, { clusterUuid: `cluster-${nth}` }));
      const { revision } = await claimed(history, id);
      const [stopped, recorded] = await Promise.all([
        history.stopRestore(id, command),
        history.record(id, revision, { outcome: { do: 'end', state: 'SUCCEEDED', backup: 'COMPLETED' } }),
      ]);
      expect(stopped.done).toBe(!recorded.written);
      if (!stopped.done) expect(stopped.why).toBe('ended');
      expect(await history.findOperation(id)).toMatchObject({ state: stopped.done ? 'QUEUED' : 'SUCCEEDED' });
    }
  });

  it('stops only restores and rehearsals that are open', async () => {
    const { history } = await makeHistory();
    const unknown = { done: false, why: 'unknown' };
    expect(await history.stopRestore(operationId(9), command)).toEqual(unknown);
    expect(await history.stopRestore('x', command)).toEqual(unknown);
    const id = await restoring(history, newRestore(2, await backedUp(history, 1), { detail: { inPlace: false } }));
    await accepted(history, newCreate(3, 'nightly'));
    expect(await history.stopRestore(operationId(3), command)).toEqual(unknown);
    await restored(history, id);
    expect(await history.stopRestore(id, command)).toEqual({ done: false, why: 'ended' });
    expect(await history.eventsOf('nightly', 10)).toHaveLength(1);
  });

  it.each(['restore', 'rehearse'] as const)('does not cancel a %s: it must roll back first', async (kind) => {
    const { history } = await makeHistory();
    const id = await restoring(history, newRestore(2, await backedUp(history, 1), { kind }));
    const { revision } = await claimed(history, id);
    expect(await history.cancelOperation(id, command, undefined)).toEqual({ done: false, why: 'restore' });
    expect(await history.record(id, revision, hold)).toMatchObject({ written: true });
    expect(await history.eventsOf('backup-1', 10)).toHaveLength(2);
    await history.stopRestore(id, command);
    await restored(history, id, { state: 'CANCELLED' });
    expect(await history.cancelOperation(id, command, undefined)).toEqual({ done: false, why: 'ended' });
  });
};
