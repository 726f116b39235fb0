import type { NewEvent } from '@tandem/shared/domain/history/event.ts';
import { expect, it } from 'vitest';
import {
  accepted,
  claimed,
  completed,
  foundSet,
  here,
  newCreate,
  operationId,
  requested,
  someone,
  wait,
} from '../examples.ts';
import type { MakeHistory } from '../history-under-test.ts';

const changed: NewEvent = {
  kind: 'backup.state-changed',
  actor: someone,
  source: 'api',
  reason: 'a part is gone',
  before: { state: 'COMPLETED' },
  after: { state: 'INCOMPLETE' },
};

export const telling = (makeHistory: MakeHistory): void => {
  it('notes a state, with an event only where it is another one', async () => {
    const { history, advance } = await makeHistory();
    const backup = await history.discover(foundSet('manual'));
    await advance(1_000);
    await history.noteState(backup.key, 'COMPLETED', changed);
    expect(await history.eventsOf('manual', 10)).toHaveLength(1);
    await Promise.all(Array.from({ length: 10 }, () => history.noteState(backup.key, 'INCOMPLETE', changed)));
    const events = await history.eventsOf('manual', 10);
    expect(events).toHaveLength(2);
    expect(events[1]).toMatchObject({ ...changed, backupId: 'manual', requestId: undefined });
    expect(await history.findBackup('manual', here)).toMatchObject({ state: 'INCOMPLETE' });
    await history.noteState('999999', 'COMPLETED', changed);
  });

  it('keeps refused requests, whatever was requested', async () => {
    const { history } = await makeHistory();
    const refusal: NewEvent = { kind: 'backup.refused', actor: someone, source: 'api', reason: 'no', after: null };
    const odd = `'; DROP TABLE event; -- "\\u0000" 漢字 🐘`;
    const long = '🐘'.repeat(400);
    await history.appendEvents([]);
    await history.appendEvents([odd, long, undefined].map((backupId) => ({ ...refusal, backupId })));
    expect(await history.eventsOf(odd, 10)).toMatchObject([
      { backupId: odd, kind: 'backup.refused', after: undefined },
    ]);
    expect(await history.eventsOf('🐘'.repeat(300), 10)).toHaveLength(1);
  });

  it('keeps the rest of a text that holds NUL or half a character', async () => {
    const { history } = await makeHistory();
    const event = { ...requested, reason: 'a\0b', after: { 'k\0': ['\ud800', '\\u0000', 'fine'] }, backupId: 'x\0y' };
    await history.appendEvents([event]);
    expect(await history.eventsOf('x\0y', 10)).toMatchObject([
      { backupId: 'x\ufffdy', reason: 'a\ufffdb', after: { 'k\ufffd': ['\ufffd', '\\u0000', 'fine'] } },
    ]);
  });

  it('tells the events of all incarnations of an id, oldest first, at most the limit', async () => {
    const { history } = await makeHistory();
    await history.discover(foundSet('manual', { optimizeVersion: '8.6.0' }));
    await history.appendEvents([{ ...requested, kind: 'backup.refused', backupId: 'manual' }]);
    await history.discover(foundSet('manual', { optimizeVersion: '8.7.0' }));
    await history.discover(foundSet('other'));
    const kinds = (await history.eventsOf('manual', 10)).map(({ kind }) => kind);
    expect(kinds).toEqual(['backup.discovered', 'backup.refused', 'backup.discovered']);
    expect(await history.eventsOf('manual', 2)).toHaveLength(2);
    expect(await history.eventsOf('unheard-of', 2)).toEqual([]);
  });

  it('has figures of nothing', async () => {
    const { history } = await makeHistory();
    await history.check();
    expect(await history.figures()).toEqual({
      backups: { COMPLETED: 0, FAILED: 0, INCOMPATIBLE: 0, IN_PROGRESS: 0, INCOMPLETE: 0 },
      lastCompletedAgeSeconds: undefined,
      lastFullProofAgeSeconds: undefined,
      unsealedEvents: 0,
      oldestUnsealedSeconds: undefined,
      openOperations: [],
      oldestDueSeconds: undefined,
      oldestSuspendedSeconds: undefined,
      reconciliation: undefined,
      lastCompleteReconciliationSeconds: undefined,
      changedRepositories: 0,
      partDurations: [],
    });
  });

  it('has figures of backups and open operations', async () => {
    const { history, advance } = await makeHistory();
    await completed(history, newCreate(1, 'one'));
    await advance(100_000);
    await accepted(history, newCreate(2, 'backup-2'));
    await advance(50_000);
    await accepted(history, newCreate(3, 'backup-3'));
    const { revision } = await claimed(history, operationId(2));
    const attempt = { part: 1, trigger: 'request', actor: someone, startedAt: new Date(), nextInMs: 1 } as const;
    const reason = { code: 'ENGINE_BUSY', message: 'Busy.', data: {} };
    await history.record(operationId(2), revision, {
      attempt: { ...attempt, errorClass: 'transient', reason },
      ...wait(500_000),
    });
    await advance(60_000);
    const figures = await history.figures();
    expect(figures.backups).toMatchObject({ COMPLETED: 1, IN_PROGRESS: 2, FAILED: 0 });
    expect(figures.openOperations).toEqual([
      { kind: 'create', state: 'QUEUED', errorClass: 'none', count: 1, oldestSeconds: expect.any(Number) },
      { kind: 'create', state: 'WAITING', errorClass: 'transient', count: 1, oldestSeconds: expect.any(Number) },
    ]);
    expect(figures.openOperations.map(({ oldestSeconds }) => Math.round(oldestSeconds / 10))).toEqual([6, 11]);
    expect(Math.round((figures.lastCompletedAgeSeconds ?? 0) / 10)).toBe(21);
    expect(Math.round((figures.oldestDueSeconds ?? 0) / 10)).toBe(6);
  });

  it('has figures of how long parts took', async () => {
    const { history } = await makeHistory();
    const id = await accepted(history, newCreate(1, 'one'));
    const { revision, now } = await claimed(history, id);
    const took = (seconds: number) => ({ startedAt: new Date(now.getTime() - seconds * 1_000), endedAt: now });
    await history.record(id, revision, {
      parts: [
        { number: 1, state: 'SUCCESS', ...took(10) },
        { number: 2, state: 'IN_PROGRESS', startedAt: now },
      ],
      outcome: { do: 'hold' },
    });
    const second = await history.discover(foundSet('old'));
    expect(second.parts).toHaveLength(2);
    expect((await history.figures()).partDurations).toEqual([{ part: 1, count: 1, p50Seconds: 10, p95Seconds: 10 }]);
  });
};
