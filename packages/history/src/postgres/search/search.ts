import type { SearchHistory } from '../../ports/search.ts';
import type { Database } from '../connection/open-database.ts';
import { searching } from '../searching.ts';
import { historyFrom } from './history-from.ts';
import { pastOf } from './past-of.ts';
import { backupOfSnapshot, countBackups, incarnationsOf, searchBackups } from './search-backups.ts';
import { searchEvents } from './search-events.ts';

/** Queries that allow any filter use `searches`. */
export const search = (database: Database, searches: Database): SearchHistory => ({
  searchBackups: searchBackups(searching(searches)),
  countBackups: countBackups(searching(searches)),
  incarnationsOf: incarnationsOf(database),
  backupOfSnapshot: backupOfSnapshot(database),
  pastOf: pastOf(database),
  historyFrom: historyFrom(database),
  searchEvents: searchEvents(searching(searches)),
});
