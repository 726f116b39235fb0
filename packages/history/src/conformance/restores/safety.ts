import { SAFETY_HOLD_DAYS, safetyHold } from '@tandem/shared/domain/backup/hold.ts';
import { disagreements, type FoldedBackup, foldBackup } from '@tandem/shared/domain/history/verify/fold-backup.ts';
import { expect, it } from 'vitest';
import type { NewCreate } from '../../ports/backups.ts';
import type { History } from '../../ports/history.ts';
import {
  accepted,
  claimed,
  claiming,
  command,
  completed,
  foundSet,
  keyOf,
  newCreate,
  operationId,
  requested,
  succeeded,
  wait,
} from '../examples.ts';
import type { MakeHistory } from '../history-under-test.ts';
import { backedUp, newRestore, restored, restoring } from './examples.ts';

const DAY_MS = 86_400_000;
const worker = { kind: 'system', name: 'worker' } as const;

/** The nth operation of a test, as the safety backup of a restore. */
const newSafety = (nth: number, restoreId: string, given: Partial<NewCreate> = {}): NewCreate => {
  const hold = safetyHold(restoreId, worker, undefined, new Date('2026-01-01T00:00:00Z'));
  return newCreate(nth, 'safety', {
    safetyOf: restoreId,
    hold,
    events: [requested, { kind: 'backup.held', actor: worker, source: 'worker', after: { hold } }],
    parts: [
      { number: 1, of: 2, snapshotName: 'safety-1', indices: [], state: 'EMPTY' },
      { number: 2, of: 2, snapshotName: 'safety-2', indices: ['optimize-process-a'] },
    ],
    ...given,
  });
};

const safetyTaken = async (history: History, given: Partial<NewCreate> = {}): Promise<string> => {
  const restoreId = await restoring(history, newRestore(2, await backedUp(history, 1)));
  await completed(history, newSafety(3, restoreId, given));
  return restoreId;
};

const holdOf = async (history: History) => (await history.findBackup('safety', undefined))?.hold;

/** The hold of every backup is what its events say. */
const expectHoldsMatch = async (history: History): Promise<void> => {
  for (const { backup, events } of await history.backupsWithEvents(undefined, 100)) {
    const folded = events.reduce<FoldedBackup | undefined>(foldBackup, undefined);
    const found = folded === undefined ? [] : disagreements(backup, folded, new Date('2026-01-01T00:00:00Z'));
    expect(found.filter(({ field }) => field === 'hold' || field === 'heldUntil')).toEqual([]);
  }
};

export const safety = (makeHistory: MakeHistory): void => {
  it('marks a safety backup, its assumed version and its empty part', async () => {
    const { history } = await makeHistory();
    const restoreId = await safetyTaken(history, { versionAssumed: true });
    expect(await history.findBackup('safety', undefined)).toMatchObject({
      safetyOf: restoreId,
      versionAssumed: true,
      hold: { reason: `safety backup of restore ${restoreId}`, until: null },
      parts: [
        { state: 'EMPTY', indices: [], bytes: 0, uuid: undefined },
        { state: 'PLANNED', indices: ['optimize-process-a'], bytes: undefined },
      ],
    });
    expect(await history.findBackup('backup-1', undefined)).toMatchObject({
      safetyOf: undefined,
      versionAssumed: false,
      hold: undefined,
    });
    const [summary] = await history.searchBackups(
      { id: 'safety' },
      { by: 'requested', newestFirst: true },
      undefined,
      1,
    );
    expect(summary).toMatchObject({ safetyOf: restoreId, versionAssumed: true });
  });

  it('makes the restore that waits for it due with its end', async () => {
    const { history } = await makeHistory();
    const restoreId = await restoring(history, newRestore(2, await backedUp(history, 1)));
    const waits = async () => {
      const { revision } = await claimed(history, restoreId);
      await history.record(restoreId, revision, wait(500_000));
    };
    await waits();
    expect(await history.claim(restoreId, claiming)).toMatchObject({ claimed: false, why: 'early' });
    const id = await accepted(history, newSafety(3, restoreId));
    const { revision } = await claimed(history, id);
    const restore = { operationId: restoreId, revision: 3 };
    expect(await history.record(id, revision, succeeded)).toMatchObject({ written: true, next: [restore] });
    await waits();
  });

  it('leaves a restore alone that a tick works on', async () => {
    const { history } = await makeHistory();
    const restoreId = await restoring(history, newRestore(2, await backedUp(history, 1)));
    const id = await accepted(history, newSafety(3, restoreId));
    const restore = await claimed(history, restoreId);
    const { revision } = await claimed(history, id);
    expect(await history.record(id, revision, succeeded)).toMatchObject({ written: true, next: [] });
    expect(await history.record(restoreId, restore.revision, wait(0))).toMatchObject({ written: true });
  });

  it('accepts none whose restore has ended', async () => {
    const { history } = await makeHistory();
    const restoreId = await restoring(history, newRestore(2, await backedUp(history, 1)));
    await restored(history, restoreId, { state: 'FAILED' });
    const late = { accepted: false, restoreEnded: true };
    expect(await history.accept(newSafety(3, restoreId))).toEqual(late);
    expect(await history.accept(newSafety(3, operationId(99)))).toEqual(late);
    expect(await history.findBackup('safety', undefined)).toBeUndefined();
  });

  it('never counts one as a backup of the installation', async () => {
    const { history, advance } = await makeHistory();
    await backedUp(history, 1);
    await advance(60_000);
    const before = await history.figures();
    const restoreId = await restoring(history, newRestore(2, await keyOf(history, 'backup-1')));
    const id = await accepted(history, newSafety(3, restoreId));
    expect(await history.figures()).toMatchObject({ backups: before.backups });
    const { revision } = await claimed(history, id);
    const ended = { startedAt: new Date(Date.now() - 1_000), endedAt: new Date() };
    await history.record(id, revision, { ...succeeded, parts: [{ number: 2, state: 'SUCCESS', uuid: 'u', ...ended }] });
    const after = await history.figures();
    expect(after).toMatchObject({ backups: before.backups, partDurations: before.partDurations });
    expect(after.lastCompletedAgeSeconds).toBeGreaterThanOrEqual(60);
    const { recovery, periods } = await history.historySummary('month', new Date(0), new Date('2100-01-01'));
    expect(recovery.lastCompleted?.backupId).toBe('backup-1');
    expect(periods.reduce((sum, { taken }) => sum + taken, 0)).toBe(1);
  });

  it('holds it while its restore is open, and for some days after', async () => {
    const { history } = await makeHistory();
    const restoreId = await safetyTaken(history);
    const before = await holdOf(history);
    expect(before).toMatchObject({ until: null });
    await restored(history, restoreId, { state: 'FAILED' });
    const { endedAt } = (await history.findRestore(restoreId)) ?? {};
    const held = await holdOf(history);
    expect(held).toEqual({ ...before, until: expect.any(String) });
    const until = new Date(held?.until ?? 0).getTime();
    expect(Math.abs(until - SAFETY_HOLD_DAYS * DAY_MS - (endedAt?.getTime() ?? 0))).toBeLessThan(2);
    const events = (await history.eventsOf('safety', 10)).filter(({ kind }) => kind === 'backup.held');
    expect(events).toMatchObject([
      {},
      { source: 'worker', before: { hold: { until: null } }, after: { hold: { until: held?.until } } },
    ]);
    await expectHoldsMatch(history);
  });

  it.each([
    ['released', null],
    ['changed', { reason: 'audit', until: undefined }],
  ])('leaves a hold alone that was %s meanwhile', async (_, hold) => {
    const { history } = await makeHistory();
    const restoreId = await safetyTaken(history);
    await history.annotate(await keyOf(history, 'safety'), command, { hold });
    const before = await holdOf(history);
    await restored(history, restoreId);
    expect(await holdOf(history)).toEqual(before);
    await expectHoldsMatch(history);
  });

  it('takes in a safety backup that was found, with its empty part', async () => {
    const { history } = await makeHistory();
    const [, second] = foundSet('found').parts;
    const empty = { number: 1, of: 2, snapshotName: 'found-1', indices: [], state: 'EMPTY' } as const;
    const parts = second === undefined ? [empty] : [empty, second];
    const record = await history.discover(foundSet('found', { safetyOf: operationId(7), versionAssumed: true, parts }));
    expect(record).toMatchObject({
      safetyOf: operationId(7),
      versionAssumed: true,
      parts: [{ state: 'EMPTY', bytes: 0 }, {}],
    });
    expect((await history.figures()).lastCompletedAgeSeconds).toBeUndefined();
  });
};
