import type { Reason } from '@tandem/shared/domain/failure/reason.ts';
import type { NewEvent } from '@tandem/shared/domain/history/event.ts';
import type { RollbackFinding } from '@tandem/shared/domain/history/rollback/rollback.ts';
import { expect, it } from 'vitest';
import type { HistoryLine } from '../ports/rollback.ts';
import { claimed, command, deletion, foundSet, hold, newCreate, operationId } from './examples.ts';
import type { MakeHistory } from './history-under-test.ts';
import { backedUp, newRestore, restoring } from './restores/examples.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/;
const times = [...Array(4).keys()];

const findingOf = ({ historyId, epoch, now }: HistoryLine): RollbackFinding => ({
  mark: { historyId, epoch, eventId: '77', digest: 'ab'.repeat(32), at: now, source: 'redis', is: 'missing' },
  lossMs: 1_000,
  scope: 'deletions',
});

const detected: NewEvent = {
  kind: 'history.rolled-back',
  actor: { kind: 'system', name: 'worker' },
  source: 'sweep',
  after: { lossMs: 1_000 },
};

const why: Reason = { code: 'HISTORY_ROLLED_BACK', message: 'It was put back.', data: { lossMs: 1_000 } };

export const rollingBack = (makeHistory: MakeHistory): void => {
  it('has an id and an epoch from the start, and no event', async () => {
    const { history } = await makeHistory();
    const line = await history.readLine(['1']);
    expect(line).toEqual({
      historyId: expect.stringMatching(UUID),
      epoch: expect.stringMatching(UUID),
      now: expect.stringMatching(TIME),
      heartbeatAt: expect.stringMatching(TIME),
      rollback: undefined,
      newest: undefined,
      events: [],
    });
    expect(await history.readLine([])).toMatchObject({ historyId: line.historyId, epoch: line.epoch });
  });

  it('reads its newest event and the requested ones, as seals hash them', async () => {
    const { history } = await makeHistory();
    for (const nth of times) await history.accept(newCreate(nth, `backup-${nth}`));
    const line = await history.readLine(['3', '1', '99']);
    expect(line.events).toEqual(
      await history.eventsIn([
        ['1', '1'],
        ['3', '3'],
      ]),
    );
    expect([line.newest]).toEqual(await history.eventsIn([['4', '4']]));
  });

  it('moves its heartbeat only from the one that was read', async () => {
    const { history, advance } = await makeHistory();
    const first = await history.readLine([]);
    await advance(10_000);
    expect(await history.beat(first)).toBe(true);
    const second = await history.readLine([]);
    expect(second.heartbeatAt > first.heartbeatAt).toBe(true);
    expect(await history.beat(first)).toBe(false);
    expect(await history.beat({ ...second, epoch: '99999999-9999-4999-8999-999999999999' })).toBe(false);
    expect((await history.readLine([])).heartbeatAt).toBe(second.heartbeatAt);
  });

  it('records a rollback once, with its event, however many detect it', async () => {
    const { history } = await makeHistory();
    const line = await history.readLine([]);
    const finding = findingOf(line);
    const recorded = await Promise.all(times.map(() => history.recordRollback(line.epoch, finding, detected, why)));
    expect(recorded.filter(Boolean)).toHaveLength(1);
    const { rollback, newest } = await history.readLine([]);
    expect(rollback).toEqual({ ...finding, detectedAt: expect.stringMatching(TIME) });
    expect(newest).toMatchObject({ kind: 'history.rolled-back', backupId: null, after: detected.after });
    expect((await history.eventsInOrder(undefined, 10)).length).toBe(1);
  });

  it.each([
    ['deletions', ['delete', 'restore']],
    ['everything', ['create', 'delete', 'rehearse', 'restore']],
  ] as const)('suspends %s that are open, and nothing that is accepted later', async (scope, kinds) => {
    const { history } = await makeHistory();
    const keys = [];
    for (const nth of [1, 2, 3]) keys.push(await backedUp(history, nth));
    const [first = '', second = '', third = ''] = keys;
    await history.requestDeletion(first, command, { ...deletion(4), keepBackup: false });
    const task = { deletes: [{ index: 'optimize-a', uuid: 'uuid-a' }] };
    await restoring(history, newRestore(5, second, { detail: { inPlace: false, task } }));
    await restoring(
      history,
      newRestore(6, third, { kind: 'rehearse', clusterUuid: 'other', detail: { inPlace: false } }),
    );
    await history.accept(newCreate(7, 'waiting'));
    const line = await history.readLine([]);
    expect(await history.recordRollback(line.epoch, { ...findingOf(line), scope }, detected, why)).toBe(true);
    await history.accept(newCreate(8, 'accepted-later'));

    const suspended = await history.listOperations({ states: ['SUSPENDED'] }, undefined, 10);
    expect(suspended.map(({ kind }) => kind).sort()).toEqual(kinds);
    expect(await history.findOperation(operationId(8))).toMatchObject({ state: 'QUEUED' });
    const events = await history.searchEvents({ kinds: ['operation.suspended'] }, undefined, 10);
    expect(events.length).toBe(kinds.length);
    expect(events[0]).toMatchObject({ source: 'sweep', reason: why.message });
  });

  it('does not beat while a rollback is open', async () => {
    const { history } = await makeHistory();
    const line = await history.readLine([]);
    await history.recordRollback(line.epoch, findingOf(line), detected, why);
    expect(await history.beat(line)).toBe(false);
  });

  it('begins a new epoch when a rollback is acknowledged, once', async () => {
    const { history, advance } = await makeHistory();
    expect(await history.acknowledgeRollback(command)).toBe(false);
    const line = await history.readLine([]);
    const finding = findingOf(line);
    await history.recordRollback(line.epoch, finding, detected, why);
    await advance(1_000);
    const done = await Promise.all(times.map(() => history.acknowledgeRollback(command)));
    expect(done.filter(Boolean)).toHaveLength(1);
    const after = await history.readLine([]);
    expect(after).toMatchObject({ historyId: line.historyId, rollback: undefined });
    expect(after.epoch).not.toBe(line.epoch);
    expect(after.heartbeatAt > line.heartbeatAt).toBe(true);
    expect(after.newest).toMatchObject({
      ...{ kind: 'history.rollback-acknowledged', source: 'api', actor: command.actor },
      ...{ reason: command.reason ?? null, requestId: command.requestId ?? null },
      before: { epoch: line.epoch, mark: finding.mark, detectedAt: expect.stringMatching(TIME) },
      after: { epoch: after.epoch },
    });
  });

  it('records nothing for an epoch that has ended', async () => {
    const { history } = await makeHistory();
    const line = await history.readLine([]);
    await history.recordRollback(line.epoch, findingOf(line), detected, why);
    await history.acknowledgeRollback(command);
    expect(await history.recordRollback(line.epoch, findingOf(line), detected, why)).toBe(false);
    expect((await history.readLine([])).rollback).toBeUndefined();
  });

  it('knows the snapshots that its operations have seen, by name and uuid', async () => {
    const { history } = await makeHistory();
    const create = newCreate(1, 'nightly');
    await history.accept(create);
    const { revision } = await claimed(history, create.operationId);
    await history.record(create.operationId, revision, { ...hold, parts: [{ number: 1, uuid: 'uuid-a' }] });
    await history.discover(foundSet('found'));
    const snapshots = [
      { name: 'nightly-1', uuid: 'uuid-a' },
      { name: 'nightly-1', uuid: 'uuid-b' },
      { name: 'nightly-2', uuid: 'uuid-a' },
      { name: 'found-1', uuid: 'uuid-1' },
      { name: 'other', uuid: 'uuid-c' },
    ];
    expect(await history.unseenSnapshots([])).toEqual([]);
    expect(await history.unseenSnapshots(snapshots)).toEqual(['found-1', 'nightly-1', 'nightly-2', 'other']);
    expect(await history.unseenSnapshots(snapshots.slice(0, 1))).toEqual([]);
  });
};
