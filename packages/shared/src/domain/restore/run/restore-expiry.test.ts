import { expect, it } from 'vitest';
import { expired, hasDeleted } from './restore-expiry.ts';
import {
  NO_MEMORY,
  newRestoreDetail,
  type RestoreMemory,
  type RestoreTask,
  readRestoreDetail,
} from './restore-memory.ts';

const HOUR = 3_600_000;
const at = (ms: number): string => new Date(ms).toISOString();
const task = { copy: false, inPlace: true } as RestoreTask;

const expiry = (afterMs: number, memory: Partial<RestoreMemory> = {}, progressAt?: string) => {
  const detail = readRestoreDetail({ ...newRestoreDetail(task), memory: { ...NO_MEMORY, ...memory }, progressAt });
  return expired({ detail, requestedAt: new Date(0), expiryMs: HOUR, now: new Date(afterMs) })?.code;
};

it.each<[string, number, Partial<RestoreMemory>, string | undefined, string | undefined]>([
  ['unclaimed for an hour', HOUR, {}, undefined, undefined],
  ['unclaimed for longer', HOUR + 1, {}, undefined, 'RESTORE_EXPIRED'],
  ['claimed, failing ever since', 2 * HOUR + 2, { startedAt: at(1) }, at(HOUR + 1), 'RESTORE_EXPIRED'],
  [
    'polling its safety backup for a day',
    24 * HOUR,
    { step: 'safety-backup', startedAt: at(1) },
    at(23.5 * HOUR),
    undefined,
  ],
  ['begun by a version that recorded no progress', HOUR + 2, { startedAt: at(1) }, undefined, 'RESTORE_EXPIRED'],
  ['deleting, by such a version', 2 * HOUR, { step: 'delete-existing', startedAt: at(1) }, undefined, undefined],
  ['about to delete, and failing', 9 * HOUR, { step: 'delete-existing' }, at(1), 'RESTORE_EXPIRED'],
  ['with a deletion sent', 9 * HOUR, { deleting: true }, at(1), undefined],
  ['with a deletion answered', 9 * HOUR, { written: true }, at(1), undefined],
  ['with everything deleted', 9 * HOUR, { deleted: true }, at(1), undefined],
  ['with a part sent', 9 * HOUR, { parts: { 1: 'sending' } }, at(1), undefined],
])('a restore %s', (_what, afterMs, memory, progressAt, code) => {
  expect(expiry(afterMs, memory, progressAt)).toBe(code);
});

it.each<[string, boolean, Partial<RestoreMemory>, string | undefined, boolean]>([
  ['deletes nothing', false, { deleted: true, written: true }, undefined, false],
  ['has written nothing', true, { step: 'preflight' }, undefined, false],
  ['has saved what it deletes', true, { step: 'safety-backup' }, at(1), false],
  ['is about to delete', true, { step: 'delete-existing' }, at(1), false],
  ['was about to delete in a version that recorded no progress', true, { step: 'delete-existing' }, undefined, true],
  ['has sent a deletion', true, { deleting: true }, at(1), true],
  ['has deleted', true, { deleted: true }, at(1), true],
  ['has sent a part', true, { deleted: true, parts: { 1: 'sending' } }, at(1), true],
])('indices that were there may be gone once a restore %s', (_what, deletes, memory, progressAt, expected) => {
  const deleting = { ...task, deletes: deletes ? [{ index: 'a', uuid: 'u' }] : [] };
  expect(hasDeleted({ task: deleting, memory: { ...NO_MEMORY, ...memory }, progressAt })).toBe(expected);
});

it('says since when, and what to do', () => {
  const detail = (copy: boolean) => readRestoreDetail(newRestoreDetail({ ...task, copy }));
  const reasonOf = (copy: boolean) =>
    expired({ detail: detail(copy), requestedAt: new Date(0), expiryMs: HOUR, now: new Date(HOUR + 1) });
  expect(reasonOf(false)?.data).toEqual({ progressAt: at(0), expiryMs: HOUR });
  expect(reasonOf(false)?.message).toBe(
    'No progress since 1970-01-01T00:00:00.000Z, longer than allowed (RESTORE_EXPIRY, 3600 s): nothing was deleted or restored. Create a new plan: POST /api/v1/restores/plan.',
  );
  expect(reasonOf(true)?.message).toMatch(/Request the rehearsal again\.$/);
});
