import type { SearchHistory } from '@tandem/history/ports/search.ts';
import { type BackupPage, type BackupSearch, MOST_COUNTED } from '@tandem/shared/contract/audit.ts';
import { fail } from '@tandem/shared/domain/failure/failure.ts';
import {
  type BackupField,
  type BackupFilter,
  type BackupSort,
  fieldsThatNeedRange,
  rangeOf,
} from '@tandem/shared/domain/history/backup-search.ts';
import { PLACE, readCursor, writeCursor } from '../http/cursor.ts';
import { summaryAnswer } from './summary-answer.ts';

export type SearchBackups = { readonly history: Pick<SearchHistory, 'searchBackups' | 'countBackups'> };

/** REQUEST_INVALID where a filter needs a range, CURSOR_INVALID, QUERY_TOO_LONG, HISTORY_UNREACHABLE. */
export const searchBackups = async ({ history }: SearchBackups, query: BackupSearch): Promise<BackupPage> => {
  const { sort: _, cursor: __, limit: ___, total: ____, ...filters } = query;
  const filter = backupFilter(filters);
  const sort = sortOf(query.sort);
  requireRange(filter, sort);
  const list = { filter, sort };
  const after = query.cursor === undefined ? undefined : readCursor(query.cursor, list, PLACE);
  const [found, counted] = await Promise.all([
    history.searchBackups(filter, sort, after, query.limit + 1),
    query.total ? history.countBackups(filter, sort, MOST_COUNTED + 1) : undefined,
  ]);
  const items = found.slice(0, query.limit);
  const last = found.length > query.limit ? items.at(-1)?.place : undefined;
  return {
    items: items.map(summaryAnswer),
    nextCursor: last === undefined ? null : writeCursor(last, list),
    ...(counted === undefined ? {} : totalOf(counted)),
  };
};

const totalOf = (counted: number) => ({
  total: Math.min(counted, MOST_COUNTED),
  totalIsCapped: counted > MOST_COUNTED,
});

const sortOf = (sort: BackupSearch['sort']): BackupSort => ({
  by: sort.endsWith('requested') ? 'requested' : 'finished',
  newestFirst: sort.startsWith('-'),
});

/** What the fields of a filter are called where they are asked for. */
const asked: Partial<Record<BackupField, keyof BackupSearch>> = {
  states: 'state',
  origins: 'origin',
  minDurationMs: 'minDuration',
  maxDurationMs: 'maxDuration',
};

type Paging = 'sort' | 'cursor' | 'limit' | 'total';

export const backupFilter = (query: Omit<BackupSearch, Paging>): BackupFilter => {
  const { state: states, origin: origins, minDuration: minDurationMs, maxDuration: maxDurationMs, ...same } = query;
  const deleted = query.deleted ?? (query.provenBefore === undefined ? undefined : false);
  const fields = { ...same, states, origins, minDurationMs, maxDurationMs, deleted };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
};

const requireRange = (filter: BackupFilter, sort: BackupSort): void => {
  const fields = fieldsThatNeedRange(filter, sort).map((field) => asked[field] ?? field);
  if (fields.length === 0) return;
  const needed = rangeOf(sort.by);
  throw fail(
    'REQUEST_INVALID',
    `${fields.join(', ')} would be looked for through the whole history: give ${needed.join(' and ')} too, or an id.`,
    { filters: fields, needed },
  );
};
