import { createHash } from 'node:crypto';
import type { History } from '../ports/history.ts';
import { backups } from './backups/backups.ts';
import type { Digest } from './backups/part-rows.ts';
import { check } from './connection/check.ts';
import { type Database, type DatabaseOptions, openDatabase } from './connection/open-database.ts';
import { events } from './events/events.ts';
import { keys } from './keys/keys.ts';
import { labels } from './labels/labels.ts';
import { ledger } from './ledger/ledger.ts';
import { operations } from './operations/operations.ts';
import { reconciliation } from './reconciliation/reconciliation.ts';
import { repositories } from './repositories/repositories.ts';
import { restores } from './restores/restores.ts';
import { rollback } from './rollback/rollback.ts';
import { seals } from './seals/seals.ts';
import { search } from './search/search.ts';
import { summary } from './summary/summary.ts';
import { suspensions } from './suspensions/suspensions.ts';

const sha256: Digest = (text) => createHash('sha256').update(text).digest('hex');

/** The history on a database that is open; `digest` names an index list by its content. What may take long goes to `searches`. */
export const historyOn = (database: Database, digest: Digest = sha256, searches = database): History => ({
  ...backups(database, digest),
  ...ledger(database, digest),
  ...operations(database),
  ...restores(database),
  ...suspensions(database, digest),
  ...labels(database),
  ...events(database),
  ...keys(database),
  ...search(database, searches),
  ...summary(database, searches),
  ...reconciliation(database),
  ...repositories(database),
  ...seals(database),
  ...rollback(database),
  check: check(database),
  close: async () => {
    await Promise.all([...new Set([database, searches])].map((one) => one.close()));
  },
});

/**
 * The history in PostgreSQL. Connects when first asked. Each method is one statement that commits by itself, so that it works behind
 * a pooler in transaction mode and leaves nothing half done; where a race was lost it may be asked again, a few times. What rejects
 * with anything but HISTORY_UNREACHABLE is a mistake of ours.
 */
export const openPrismaHistory = (
  { searchTimeoutMs, ...options }: HistoryOptions,
  { digest }: { digest?: Digest } = {},
): History => historyOn(openDatabase(options), digest, openDatabase(searchOptions(options, searchTimeoutMs)));

export type HistoryOptions = DatabaseOptions & {
  /** For a search, which may be asked with any filter. Default: as for every statement. */
  readonly searchTimeoutMs?: number;
};

/** At once and per process: what auditors ask takes no connection from what accepts backups. */
const SEARCHES = 2;

/** How much longer than PostgreSQL is waited for its answer that it ended a search. */
const ANSWER_MS = 1_000;

/** Without named statements: there are as many as filters, and each is planned with its values. */
export const searchOptions = (options: DatabaseOptions, searchTimeoutMs = options.queryTimeoutMs): DatabaseOptions => ({
  ...options,
  poolSize: SEARCHES,
  connectTimeoutMs: options.connectTimeoutMs + searchTimeoutMs,
  statementTimeoutMs: searchTimeoutMs,
  queryTimeoutMs: searchTimeoutMs + ANSWER_MS,
  preparedStatements: false,
});
