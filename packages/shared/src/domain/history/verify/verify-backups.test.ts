import { expect, it } from 'vitest';
import type { ExportedEvent } from '../../../contract/exported-event.ts';
import { backups, events } from './sealed-history.fixture.ts';
import { backupsCheck } from './verify-backups.ts';

const now = new Date('2026-06-01T00:00:00Z');
const lookAfter = (...read: readonly ExportedEvent[]) => {
  const look = backupsCheck(now);
  for (const event of read) look.event(event);
  return look;
};
const [requested] = events as readonly [ExportedEvent, ...ExportedEvent[]];

it('finds each backup that events report and the list lacks, by its name and key', () => {
  const look = lookAfter(...events);
  for (const backup of backups.slice(1)) expect(look.backup(backup)).toEqual([]);
  expect(look.end()).toEqual([{ kind: 'backup.removed', where: 'backup backup-1 (key 1)', seal: undefined }]);
});

it('finds one without its name where the event that began it is gone too', () => {
  const look = lookAfter({ ...requested, kind: 'backup.completed', after: { state: 'COMPLETED' } });
  expect(look.end()).toEqual([{ kind: 'backup.removed', where: 'backup without an id (key 1)', seal: undefined }]);
});

it('misses no backup for an event that is of none', () => {
  const look = lookAfter({ ...requested, backupKey: null, backupId: null, kind: 'schedule.changed' });
  expect(look.end()).toEqual([]);
});
