import type { Proof } from '@tandem/shared/domain/backup/backup.ts';
import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import { expect, it } from 'vitest';
import type { DiscoveredSet } from '../ports/backups.ts';
import type { History } from '../ports/history.ts';
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
  keyOf,
  newCreate,
  operationId,
  succeeded,
} from './examples.ts';
import type { MakeHistory } from './history-under-test.ts';
import { newRestore, restored } from './restores/examples.ts';

const at = (text: string): Date => new Date(`${text}Z`);

/** Requested then, it took so many minutes and holds so many bytes. */
const found = (requestedAt: string, minutes: number, bytes: number | undefined, more: Partial<DiscoveredSet> = {}) => {
  const set = foundSet(`found-${requestedAt}`, { requestedAt: at(requestedAt), ...more });
  const endedAt = new Date(at(requestedAt).getTime() + minutes * 60_000);
  const measured = omitUndefined({ bytes });
  return { ...set, parts: set.parts.map((part) => ({ ...part, endedAt, ...measured })) };
};

const someMonths = async (history: History): Promise<void> => {
  await history.discover(found('2026-01-31T23:59:59.999', 1, 5));
  await history.discover(found('2026-02-01T00:00:00.000', 2, 50));
  await history.discover(found('2026-02-01T12:00:00.000', 4, undefined));
  await history.discover(found('2026-02-02T00:00:00.000', 10, 100));
  await history.discover(found('2026-02-02T08:00:00.000', 60, 1_000, { state: 'FAILED', optimizeVersion: '8.6.0' }));
  await history.discover(found('2026-04-30T00:00:00.000', 20, 200, { optimizeVersion: '8.6.0' }));
};

const minutes = (p50: number, p95: number) => ({ p50: p50 * 60_000, p95: p95 * 60_000 });
const nothing = { cancelled: 0, failed: 0, deleted: 0 };
const [from, to] = [at('2026-01-01T00:00:00'), at('2026-05-01T00:00:00')];

export const summarizing = (makeHistory: MakeHistory): void => {
  it('tells of each month in UTC what was taken, how long it took and what it holds', async () => {
    const { history } = await makeHistory();
    await someMonths(history);
    const { periods, versions } = await history.historySummary('month', from, to);
    const january = { start: from, taken: 1, ...nothing, durationMs: minutes(1, 1), bytes: { p50: 10, p95: 10 } };
    const april = { start: at('2026-04-01T00:00:00'), taken: 1, ...nothing, durationMs: minutes(20, 20) };
    expect(periods).toEqual([
      january,
      {
        ...{ start: at('2026-02-01T00:00:00'), taken: 4, ...nothing, failed: 1 },
        ...{ durationMs: minutes(4, 9.4), bytes: { p50: 150, p95: 195 } },
      },
      { ...april, bytes: { p50: 400, p95: 400 } },
    ]);
    expect(versions.map(({ optimizeVersion }) => optimizeVersion)).toEqual(['8.6.0', '8.7.0']);
    expect(versions[1]?.periods.map(({ taken }) => taken)).toEqual([1, 3]);
    expect(versions[0]?.periods).toEqual([
      {
        ...{ start: at('2026-02-01T00:00:00'), taken: 1, ...nothing, failed: 1 },
        ...{ durationMs: undefined, bytes: undefined },
      },
      { ...april, bytes: { p50: 400, p95: 400 } },
    ]);
  });

  it('tells of days and of weeks that begin on Monday, and of nothing outside its range', async () => {
    const { history } = await makeHistory();
    await someMonths(history);
    const tellsOf = async (by: 'day' | 'week', [after, before] = [from, to]) =>
      (await history.historySummary(by, after, before)).periods.map(
        ({ start, taken }) => `${start.toISOString().slice(0, 10)} ${taken}`,
      );
    expect(await tellsOf('day')).toEqual(['2026-01-31 1', '2026-02-01 2', '2026-02-02 2', '2026-04-30 1']);
    expect(await tellsOf('week')).toEqual(['2026-01-26 3', '2026-02-02 2', '2026-04-27 1']);
    expect(await tellsOf('day', [at('2026-02-01T00:00:00'), at('2026-02-02T08:00:00')])).toEqual([
      '2026-02-01 2',
      '2026-02-02 1',
    ]);
    expect(await tellsOf('day', [at('2020-01-01T00:00:00'), at('2020-02-01T00:00:00')])).toEqual([]);
  });

  it('tells how old the last COMPLETED is, and how long the last restore and rehearsal took', async () => {
    const { history, advance } = await makeHistory();
    await completed(history, newCreate(1, 'older'));
    await completed(history, newCreate(2, 'gone'));
    await history.requestDeletion(await keyOf(history, 'gone'), command, deletion(3));
    await deleted(history, operationId(3));
    await failed(history, newCreate(4, 'broken'));
    const key = await keyOf(history, 'older');
    await history.requestRestore(newRestore(5, key));
    await advance(60_000);
    await restored(history, operationId(5));
    await history.requestRestore(newRestore(6, key, { kind: 'rehearse' }));
    await restored(history, operationId(6));
    await history.requestRestore(newRestore(7, key));
    await restored(history, operationId(7), { state: 'FAILED' });
    const [then, later] = [at('2020-01-01T00:00:00'), at('2100-01-01T00:00:00')];
    const { recovery, versions, periods } = await history.historySummary('month', then, later);
    expect(recovery.lastCompleted?.backupId).toBe('older');
    expect(recovery.lastCompleted?.ageMs).toBeGreaterThanOrEqual(60_000);
    expect(recovery.lastRestore).toMatchObject({ operationId: operationId(5), backupId: 'older' });
    expect(recovery.lastRestore?.durationMs).toBeGreaterThanOrEqual(60_000);
    expect(recovery.lastRehearsal).toMatchObject({ operationId: operationId(6) });
    expect(recovery.lastRehearsal?.durationMs).toBeLessThan(60_000);
    expect(versions.map((version) => [version.optimizeVersion, version.recovery.lastRestore])).toEqual([
      ['8.7.0', recovery.lastRestore],
    ]);
    expect(versions[0]?.recovery.lastCompleted?.backupId).toBe('older');
    const counted = periods.reduce((sum, period) => sum + period.taken + 10 * period.failed + 100 * period.deleted, 0);
    expect(counted).toBe(3 + 10 + 100);
    const before = await history.historySummary('month', then, at('2020-02-01T00:00:00'));
    expect(before.versions).toEqual([]);
    expect(before.recovery.lastRestore).toEqual(recovery.lastRestore);
  });

  it('counts what was cancelled as cancelled, not as taken, also once it is deleted', async () => {
    const { history } = await makeHistory();
    await completed(history, newCreate(1, 'taken'));
    await accepted(history, newCreate(2, 'cancelled'));
    await history.cancelOperation(operationId(2), command, undefined);
    await accepted(history, newCreate(3, 'gone'));
    await history.requestDeletion(await keyOf(history, 'gone'), command, deletion(4));
    await deleted(history, operationId(4));
    // every part was there when it was cancelled
    await accepted(history, newCreate(5, 'late'));
    await history.cancelOperation(operationId(5), command, deletion(6, { keepBackup: true, onlyUnfinished: true }));
    const { revision } = await claimed(history, operationId(6));
    await history.record(operationId(6), revision, succeeded);
    const { periods } = await history.historySummary('month', at('2020-01-01T00:00:00'), at('2100-01-01T00:00:00'));
    expect(periods).toMatchObject([{ taken: 2, cancelled: 2, failed: 0, deleted: 0 }]);
  });

  it('names the newest backup of an installation that is COMPLETED, and the newest with a full proof', async () => {
    const { history } = await makeHistory();
    const { clusterUuid } = here;
    expect(await history.newestBackups(clusterUuid, 'optimize')).toEqual({ completed: undefined, proven: undefined });
    for (const [nth, backupId] of ['proven', 'newest'].entries())
      await completed(history, newCreate(nth + 1, backupId));
    await completed(history, newCreate(3, 'other prefix', { indexPrefix: 'other' }));
    const location = { ...here, clusterUuid: 'cluster-z', repositoryUuid: 'repository-z' };
    await completed(history, newCreate(4, 'other cluster', { location }));
    await failed(history, newCreate(5, 'broken'));
    const [proven, newest] = [await keyOf(history, 'proven'), await keyOf(history, 'newest')];
    const proof = { operationId: operationId(6), at: new Date().toISOString(), milliseconds: 1, whole: true } as Proof;
    await history.requestRestore(newRestore(6, proven, { kind: 'rehearse' }));
    const { revision } = await claimed(history, operationId(6));
    await history.record(operationId(6), revision, { evidence: { proof }, outcome: { do: 'end', state: 'SUCCEEDED' } });
    expect(await history.newestBackups(clusterUuid, 'optimize')).toEqual({ completed: newest, proven });
    for (const [at, key] of [newest, proven].entries()) {
      await history.requestDeletion(key, command, deletion(7 + at));
      await deleted(history, operationId(7 + at));
      const left = at === 0 ? { completed: proven, proven } : { completed: undefined, proven: undefined };
      expect(await history.newestBackups(clusterUuid, 'optimize')).toEqual(left);
    }
  });

  it('names the cluster of the backup that was accepted last, also once it is deleted', async () => {
    const { history } = await makeHistory();
    expect(await history.lastCluster()).toBeUndefined();
    await history.discover(foundSet('found', { location: { ...here, clusterUuid: 'cluster-found' } }));
    expect(await history.lastCluster()).toBeUndefined();
    await completed(history, newCreate(1, 'first'));
    const location = { ...here, clusterUuid: 'cluster-z', repositoryUuid: 'repository-z' };
    await completed(history, newCreate(2, 'second', { location }));
    await history.requestDeletion(await keyOf(history, 'second'), command, deletion(3));
    await deleted(history, operationId(3));
    expect(await history.lastCluster()).toBe('cluster-z');
  });

  it('knows when the first backup was requested, also a deleted one, and the first event written', async () => {
    const { history } = await makeHistory();
    expect(await history.historyFrom()).toEqual({ backups: undefined, events: undefined });
    await completed(history, newCreate(1, 'first'));
    const [{ at } = expect.fail()] = await history.eventsOf('first', 1);
    const requestedAt = (await history.findBackup('first', undefined))?.requestedAt;
    expect(await history.historyFrom()).toEqual({ backups: requestedAt, events: at });
    await history.requestDeletion(await keyOf(history, 'first'), command, deletion(2));
    await deleted(history, operationId(2));
    await completed(history, newCreate(3, 'second'));
    expect(await history.historyFrom()).toEqual({ backups: requestedAt, events: at });
    const earlier = new Date('2020-01-01T00:00:00.000Z');
    await history.discover(foundSet('found', { requestedAt: earlier }));
    expect(await history.historyFrom()).toEqual({ backups: earlier, events: at });
  });

  it('counts the backups of each day by state, in a time zone, the deleted ones apart', async () => {
    const { history } = await makeHistory();
    await history.discover(found('2026-03-28T22:59:59.999', 1, 1));
    await history.discover(found('2026-03-28T23:00:00.000', 1, 1));
    await history.discover(found('2026-03-29T12:00:00.000', 1, 1, { state: 'FAILED' }));
    await history.discover(found('2026-03-29T21:59:59.999', 1, 1));
    await history.discover(found('2026-03-29T22:00:00.000', 1, 1, { state: 'INCOMPLETE' }));
    const first = { date: '2026-03-28', states: { COMPLETED: 1 }, deleted: 0 };
    const short = { date: '2026-03-29', states: { COMPLETED: 2, FAILED: 1 }, deleted: 0 };
    const last = { date: '2026-03-30', states: { INCOMPLETE: 1 }, deleted: 0 };
    expect(await history.calendar('Europe/Berlin', '2026-03-01', '2026-03-31')).toEqual([first, short, last]);
    expect(await history.calendar('Europe/Berlin', '2026-03-29', '2026-03-29')).toEqual([short]);
    expect(await history.calendar('UTC', '2026-03-28', '2026-03-28')).toEqual([{ ...first, states: { COMPLETED: 2 } }]);
    await history.requestDeletion(await keyOf(history, 'found-2026-03-29T12:00:00.000'), command, {
      ...deletion(1),
      deleteDiscovered: true,
    });
    await deleted(history, operationId(1));
    expect(await history.calendar('Europe/Berlin', '2026-03-29', '2026-03-29')).toEqual([
      { ...short, states: { COMPLETED: 2 }, deleted: 1 },
    ]);
    expect(await history.calendar('UTC', '2026-04-01', '2026-04-30')).toEqual([]);
  });

  it('knows of nothing in an empty history', async () => {
    const { history } = await makeHistory();
    const recovery = { lastCompleted: undefined, lastRestore: undefined, lastRehearsal: undefined };
    expect(await history.historySummary('day', from, to)).toEqual({ periods: [], recovery, versions: [] });
  });
};
