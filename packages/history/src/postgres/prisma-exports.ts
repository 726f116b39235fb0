import type { ExportHistory } from '../ports/exports.ts';
import { exports } from './exports/exports.ts';
import { openExports } from './exports/open-exports.ts';
import { type HistoryOptions, searchOptions } from './prisma-history.ts';

/** Max connections per process for all exports, separate from those that accept backups. */
const CONNECTIONS = 4;

/**
 * Exports of the history in PostgreSQL, page after page: no transaction and no connection is held between two pages, so an export may take
 * hours, behind a pooler in transaction mode too, and no time-out of a statement ends it.
 */
export const openPrismaExports = ({ searchTimeoutMs, ...options }: HistoryOptions): ExportHistory => {
  const searches = searchOptions(options, searchTimeoutMs);
  const database = openExports({ ...searches, poolSize: CONNECTIONS });
  return exports(database, searches.statementTimeoutMs ?? searches.queryTimeoutMs);
};
