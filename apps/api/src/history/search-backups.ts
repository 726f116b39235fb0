import type { SearchHistory } from '@tandem/history/ports/search.ts';
import { type BackupPage, type BackupSearch, MAX_COUNTED } from '@tandem/shared/contract/audit.ts';
import {
  type BackupFilter,
  type BackupSort,
  fieldsThatNeedRange,
  rangeOf,
} from '@tandem/shared/domain/history/backup-search.ts';
import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import { COMPOUND_POSITION, readCursor, writeCursor } from '../http/cursor.ts';
import { defaultRange, rangeAnswer } from './default-range.ts';
import { summaryAnswer } from './summary-answer.ts';

export type SearchBackups = {
  readonly history: Pick<SearchHistory, 'searchBackups' | 'countBackups' | 'historyFrom'>;
  readonly now: () => Date;
};

/**
 * A filter that needs a range gets the default one, per page: a cursor belongs to the query as it was sent. CURSOR_INVALID, QUERY_TOO_LONG,
 * HISTORY_UNREACHABLE.
 */
export const searchBackups = async ({ history, now }: SearchBackups, query: BackupSearch): Promise<BackupPage> => {
  const { sort: _, cursor: __, limit: ___, total: ____, ...filters } = query;
  const requested = backupFilter(filters);
  const sort = sortOf(query.sort);
  const range = missingRange(requested, sort, now());
  const [from] = rangeOf(sort.by);
  // no default upper end: the database's clock may be ahead of this one
  const filter = range === undefined ? requested : { ...requested, [from]: range.from };
  const list = { filter: requested, sort };
  const after = query.cursor === undefined ? undefined : readCursor(query.cursor, list, COMPOUND_POSITION);
  const [found, counted, began] = await Promise.all([
    history.searchBackups(filter, sort, after, query.limit + 1),
    query.total ? history.countBackups(filter, sort, MAX_COUNTED + 1) : undefined,
    range && history.historyFrom(),
  ]);
  const items = found.slice(0, query.limit);
  const last = found.length > query.limit ? items.at(-1)?.cursor : undefined;
  return {
    items: items.map(summaryAnswer),
    nextCursor: last === undefined ? null : writeCursor(last, list),
    ...(counted === undefined ? {} : totalOf(counted)),
    ...(range && rangeAnswer(range, began?.backups)),
  };
};

const totalOf = (counted: number) => ({
  total: Math.min(counted, MAX_COUNTED),
  totalIsCapped: counted > MAX_COUNTED,
});

const sortOf = (sort: BackupSearch['sort']): BackupSort => ({
  by: sort.endsWith('requested') ? 'requested' : 'ended',
  newestFirst: sort.startsWith('-'),
});

type Paging = 'sort' | 'cursor' | 'limit' | 'total';

export const backupFilter = (query: Omit<BackupSearch, Paging>): BackupFilter => {
  const { state: states, origin: origins, minDuration: minDurationMs, maxDuration: maxDurationMs, ...others } = query;
  const { backupId: id, backupIdPrefix: idPrefix, optimizeVersion: version, snapshotName: part, ...same } = others;
  const deleted = query.deleted ?? (query.provenBefore === undefined ? undefined : false);
  return omitUndefined({
    ...same,
    id,
    idPrefix,
    version,
    part,
    states,
    origins,
    minDurationMs,
    maxDurationMs,
    deleted,
  });
};

/** Undefined: no filter needs a range, or it is given. */
const missingRange = (filter: BackupFilter, sort: BackupSort, now: Date) => {
  if (fieldsThatNeedRange(filter, sort).length === 0) return undefined;
  const { requestedFrom, requestedTo, endedFrom, endedTo } = filter;
  const isByRequest = sort.by === 'requested';
  return defaultRange(isByRequest ? { from: requestedFrom, to: requestedTo } : { from: endedFrom, to: endedTo }, now);
};
