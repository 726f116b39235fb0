import type { NewEvent } from '@tandem/shared/domain/history/event.ts';
import type { EventHistory, StoredEvent } from '../ports/events.ts';
import { addEvents, text } from './add-events.ts';
import { newestBackup } from './backups.ts';
import { methods } from './methods.ts';
import { openOf, type Tables } from './tables.ts';

const appendEvents = (
  tables: Tables,
  events: readonly (NewEvent & { readonly backupId: string | undefined })[],
): void => {
  for (const event of events) addEvents(tables, [event], { backupId: event.backupId });
};

const eventsOf = (tables: Tables, backupId: string, limit: number): readonly StoredEvent[] => {
  const command = text(backupId);
  return tables.events.filter((event) => event.backupId === command).slice(0, limit);
};

const eventsAfter = (tables: Tables, backupId: string, after: string, limit: number): readonly StoredEvent[] => {
  const command = text(backupId);
  return tables.events.filter(({ id, backupId: of }) => of === command && BigInt(id) > BigInt(after)).slice(0, limit);
};

const revisionsOf = (tables: Tables, backupIds: readonly string[]): Awaited<ReturnType<EventHistory['revisionsOf']>> =>
  [...new Set(backupIds)].flatMap((backupId) => {
    const backup = newestBackup(tables, backupId, undefined);
    if (backup === undefined) return [];
    const open = openOf(tables, backup);
    const lastEventId = tables.events.findLast((event) => event.backupId === backupId)?.id ?? '0';
    const rests = open === undefined ? backup.state !== 'IN_PROGRESS' : open.state === 'SUSPENDED';
    const ended = backup.deletedAt !== undefined || rests;
    return [{ backupId, lastEventId, ended }];
  });

export const events = (tables: Tables): EventHistory =>
  methods(tables, { appendEvents, eventsOf, eventsAfter, revisionsOf });
