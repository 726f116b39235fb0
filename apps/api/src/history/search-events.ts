import type { EventFilter, SearchHistory } from '@tandem/history/ports/search.ts';
import type { EventSearch } from '@tandem/shared/contract/audit.ts';
import { fail } from '@tandem/shared/domain/failure/failure.ts';
import { storedEventKind } from '@tandem/shared/domain/history/stored-names.ts';
import { eventAnswer } from '../backups/event-stream.ts';
import { PLACE, readCursor, writeCursor } from '../http/cursor.ts';

export type SearchEvents = { readonly history: Pick<SearchHistory, 'searchEvents'> };

/** Newest first. REQUEST_INVALID where a filter needs a range, CURSOR_INVALID, QUERY_TOO_LONG, HISTORY_UNREACHABLE. */
export const searchEvents = async ({ history }: SearchEvents, query: EventSearch) => {
  const filter = eventFilter(query);
  requireRange(query);
  const list = { events: filter };
  const after = query.cursor === undefined ? undefined : readCursor(query.cursor, list, PLACE);
  const found = await history.searchEvents(filter, after, query.limit + 1);
  const items = found.slice(0, query.limit);
  const last = found.length > query.limit ? items.at(-1)?.place : undefined;
  return { items: items.map(eventAnswer), nextCursor: last === undefined ? null : writeCursor(last, list) };
};

export const eventFilter = ({
  backup: backupId,
  kind: kinds,
  ...same
}: Omit<EventSearch, 'cursor' | 'limit'>): EventFilter => {
  const { actor, from, to, requestId } = same;
  const fields = { backupId, actor, kinds: kinds?.map(storedEventKind), from, to, requestId };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
};

const BY_LOOKING = ['actor', 'kind', 'requestId'] as const;

const requireRange = (query: EventSearch): void => {
  const fields = BY_LOOKING.filter((field) => query[field] !== undefined);
  const isBounded = query.backup !== undefined || (query.from !== undefined && query.to !== undefined);
  if (isBounded || fields.length === 0) return;
  throw fail(
    'REQUEST_INVALID',
    `${fields.join(', ')} would be looked for through the whole history: give from and to too, or a backup.`,
    { filters: fields, needed: ['from', 'to'] },
  );
};
