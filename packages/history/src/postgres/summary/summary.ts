import type { SummaryHistory } from '../../ports/summary.ts';
import type { Database } from '../connection/open-database.ts';
import { searching } from '../searching.ts';
import { calendar } from './calendar.ts';
import { figures } from './figures.ts';
import { historySummary } from './history-summary.ts';
import { lastCluster, newestBackups } from './newest-backups.ts';

/** Queries that allow any range use `searches`. */
export const summary = (database: Database, searches: Database): SummaryHistory => ({
  newestBackups: newestBackups(database),
  lastCluster: lastCluster(database),
  historySummary: historySummary(searching(searches)),
  calendar: calendar(searching(searches)),
  figures: figures(database),
});
