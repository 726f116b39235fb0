import type { EventFilter, SearchHistory } from '@tandem/history/ports/search.ts';
import type { EventPage, EventSearch } from '@tandem/shared/contract/audit.ts';
import { storedEventKind } from '@tandem/shared/domain/history/stored-names.ts';
import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import { eventAnswer } from '../backups/changes/event-stream.ts';
import { COMPOUND_POSITION, readCursor, writeCursor } from '../http/cursor.ts';
import { defaultRange, rangeAnswer } from './default-range.ts';

export type SearchEvents = {
  readonly history: Pick<SearchHistory, 'searchEvents' | 'historyFrom'>;
  readonly now: () => Date;
};

/**
 * Newest first. A filter that needs a range gets the default one, per page: a cursor belongs to the query as it was sent. CURSOR_INVALID,
 * QUERY_TOO_LONG, HISTORY_UNREACHABLE.
 */
export const searchEvents = async ({ history, now }: SearchEvents, query: EventSearch): Promise<EventPage> => {
  const filter = eventFilter(query);
  const range = missingRange(query, now());
  // no default upper end: the database's clock may be ahead of this one
  const list = { events: filter };
  const after = query.cursor === undefined ? undefined : readCursor(query.cursor, list, COMPOUND_POSITION);
  const [found, began] = await Promise.all([
    history.searchEvents({ ...filter, ...(range && { from: range.from }) }, after, query.limit + 1),
    range && history.historyFrom(),
  ]);
  const items = found.slice(0, query.limit);
  const last = found.length > query.limit ? items.at(-1)?.cursor : undefined;
  return {
    items: items.map(eventAnswer),
    nextCursor: last === undefined ? null : writeCursor(last, list),
    ...(range && rangeAnswer(range, began?.events)),
  };
};

export const eventFilter = ({ kind: kinds, ...same }: Omit<EventSearch, 'cursor' | 'limit'>): EventFilter => {
  const { backupId, actor, from, to, requestId } = same;
  return omitUndefined({ backupId, actor, kinds: kinds?.map(storedEventKind), from, to, requestId });
};

const BY_LOOKING = ['actor', 'kind', 'requestId'] as const;

/** Undefined: no filter needs a range, or it is given. */
const missingRange = (query: EventSearch, now: Date) => {
  const isBounded = query.backupId !== undefined || (query.from !== undefined && query.to !== undefined);
  if (isBounded || BY_LOOKING.every((field) => query[field] === undefined)) return undefined;
  return defaultRange({ from: query.from, to: query.to }, now);
};
