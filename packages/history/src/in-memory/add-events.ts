import type { NewEvent } from '@tandem/shared/domain/history/event.ts';
import { cut, LONGEST_BACKUP_ID } from '../ports/storable.ts';
import { type EventRow, stored, type Tables } from './tables.ts';

const orUndefined = (value: unknown): unknown => stored(value) ?? undefined;

/** As PostgreSQL would keep it. */
export const text = (value: string | undefined): string | undefined => orUndefined(value) as string | undefined;

/** What events are about. */
type About = {
  readonly key?: string;
  /** Of the backup. */
  readonly backupId: string | undefined;
};

export const addEvents = (tables: Tables, events: readonly NewEvent[], about: About, operationId?: string): void => {
  for (const event of events) tables.events.push(storedEvent(tables, event, about, operationId));
};

const storedEvent = (
  tables: Tables,
  event: NewEvent,
  { backupId, key }: About,
  operationId: string | undefined,
): EventRow => ({
  backupKey: key,
  operationId,
  id: String(tables.events.length + 1),
  at: tables.now(),
  backupId: text(backupId === undefined ? undefined : cut(backupId, LONGEST_BACKUP_ID)),
  kind: event.kind,
  actor: event.actor,
  source: event.source,
  reason: text(event.reason),
  requestId: text(event.requestId),
  before: orUndefined(event.before),
  after: orUndefined(event.after),
});
