import { type BackupFilter, type BackupSort, searchWay } from '@tandem/shared/domain/history/backup-search.ts';
import type { Exported } from '../../ports/exports.ts';
import { BACKUP_CLAUSES, walksOf } from '../search/backup-clauses.ts';
import { type Bound, clausesOf } from '../search/bound.ts';
import { EVENT_CLAUSES } from '../search/search-events.ts';
import { EXPORTED_BACKUP, EXPORTED_EVENT, type ExportedRow } from './export-rows.ts';

/** The tables of exported rows, and how rows are found. */
export type ExportSource = {
  readonly table: 'event' | 'backup';
  readonly alias: 'e' | 'b';
  readonly id: 'e.id' | 'b.key';
  readonly row: ExportedRow;
  /** The stored size of its longest columns, in bytes. */
  readonly size: string;
  /** If only few rows can match: a clause that uses an index. */
  readonly few: (bind: Bound['bind']) => string | undefined;
  readonly clauses: (bind: Bound['bind']) => readonly string[];
  /** A query of the ids in a range of time that uses an index. Undefined: no range was requested. */
  readonly inRange: (bind: Bound['bind']) => string | undefined;
};

const sizeOf = (...columns: readonly string[]): string =>
  columns.map((column) => `coalesce(pg_column_size(${column}), 0)`).join(' + ');

export const exportSource = (exported: Exported): ExportSource =>
  exported.of === 'events' ? eventSource(exported.filter) : backupSource(exported.filter);

const eventSource = (filter: Extract<Exported, { of: 'events' }>['filter']): ExportSource => {
  const { backupId, from, to } = filter;
  const range = { ...(from && { from }), ...(to && { to }) };
  return {
    ...{ table: 'event', alias: 'e', id: 'e.id', row: EXPORTED_EVENT, size: sizeOf('e.before', 'e.after', 'e.reason') },
    few: (bind) => (backupId === undefined ? undefined : EVENT_CLAUSES.backupId(backupId, bind)),
    clauses: (bind) => clausesOf(EVENT_CLAUSES, filter, bind),
    inRange: (bind) => {
      const clauses = clausesOf(EVENT_CLAUSES, range, bind);
      const isBounded = clauses.length > 0 && backupId === undefined;
      return isBounded ? `SELECT e.id FROM event e WHERE ${clauses.join(' AND ')}` : undefined;
    },
  };
};

const backupSource = (filter: BackupFilter): ExportSource => ({
  ...{
    table: 'backup',
    alias: 'b',
    id: 'b.key',
    row: EXPORTED_BACKUP,
    size: sizeOf('b.failure', 'b.proof', 'b.labels', 'b.note', 'b.hold'),
  },
  few: (bind) => {
    const way = searchWay(filter, byRequest);
    return way === 'id' || way === 'part' ? walksOf(way, filter, bind)[0] : undefined;
  },
  clauses: (bind) => clausesOf(BACKUP_CLAUSES, filter, bind),
  inRange: (bind) => {
    const range = rangeOf(filter);
    if (range === undefined || filter.id !== undefined || filter.part !== undefined) return undefined;
    // no state matches, so no range contains a row
    const walks = filter.states?.length === 0 ? ['false'] : walksOf('state', filter, bind);
    const clauses = clausesOf(BACKUP_CLAUSES, range, bind).join(' AND ');
    return walks.map((walk) => `SELECT b.key AS id FROM backup b WHERE ${walk} AND ${clauses}`).join(' UNION ALL ');
  },
});

/** Of the request, else of the end. */
const rangeOf = ({ requestedFrom, requestedTo, endedFrom, endedTo }: BackupFilter): BackupFilter | undefined => {
  const requested = { ...(requestedFrom && { requestedFrom }), ...(requestedTo && { requestedTo }) };
  const ended = { ...(endedFrom && { endedFrom }), ...(endedTo && { endedTo }) };
  return [requested, ended].find((range) => Object.keys(range).length > 0);
};

const byRequest: BackupSort = { by: 'requested', newestFirst: false };
