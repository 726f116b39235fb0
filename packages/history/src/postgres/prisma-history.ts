import { createHash } from 'node:crypto';
import type { History } from '../ports/history.ts';
import { apiKeys } from './api-keys/api-keys.ts';
import { backups } from './backups/backups.ts';
import type { Digest } from './backups/part-rows.ts';
import { check } from './connection/check.ts';
import { type Database, type DatabaseOptions, openDatabase } from './connection/open-database.ts';
import { doctorRuns } from './doctor/doctor-runs.ts';
import { inspectDatabase } from './doctor/inspect-database.ts';
import { events } from './events/events.ts';
import { keys } from './keys/keys.ts';
import { labels } from './labels/labels.ts';
import { ledger } from './ledger/ledger.ts';
import { operations } from './operations/operations.ts';
import { plans } from './plans/plans.ts';
import { reconciliation } from './reconciliation/reconciliation.ts';
import { repositories } from './repositories/repositories.ts';
import { restores } from './restores/restores.ts';
import { rollback } from './rollback/rollback.ts';
import { seals } from './seals/seals.ts';
import { search } from './search/search.ts';
import { status } from './status/status.ts';
import { summary } from './summary/summary.ts';
import { suspensions } from './suspensions/suspensions.ts';
import { versions } from './versions/versions.ts';

const sha256: Digest = (text) => createHash('sha256').update(text).digest('hex');

/** The history on an open database; `digest` identifies an index list by its content. Slow queries use `searches`. */
export const historyOn = (database: Database, digest: Digest = sha256, searches = database): History => ({
  ...backups(database, digest),
  ...ledger(database, digest),
  ...operations(database),
  ...restores(database),
  ...plans(database),
  ...suspensions(database, digest),
  ...labels(database),
  ...events(database),
  ...keys(database),
  ...search(database, searches),
  ...summary(database, searches),
  ...status(database),
  ...reconciliation(database),
  ...repositories(database),
  ...seals(database),
  ...versions(database, searches),
  ...rollback(database),
  ...doctorRuns(database),
  ...apiKeys(database),
  inspectDatabase: inspectDatabase(database),
  check: check(database),
  close: async () => {
    await Promise.all([...new Set([database, searches])].map((one) => one.close()));
  },
});

/**
 * The history in PostgreSQL. Connects on first use. Each method is one statement that commits by itself, so that it works behind a pooler in
 * transaction mode and is atomic; after a lost race it is retried a few times. Rejecting with anything but HISTORY_UNREACHABLE is a defect of
 * Tandem.
 */
export const openPrismaHistory = (
  { searchTimeoutMs, ...options }: HistoryOptions,
  { digest }: { digest?: Digest } = {},
): History => historyOn(openDatabase(options), digest, openDatabase(searchOptions(options, searchTimeoutMs)));

export type HistoryOptions = DatabaseOptions & {
  /** Time-out of searches, which allow any filter. Default: that of other statements. */
  readonly searchTimeoutMs?: number;
};

/** Max connections per process for searches, separate from those that accept backups. */
const SEARCHES = 2;

/** How much longer than the time-out in PostgreSQL the client waits for the response. */
const ANSWER_MS = 1_000;

/** Not prepared: filters vary too much, and each is planned with its values. */
export const searchOptions = (options: DatabaseOptions, searchTimeoutMs = options.queryTimeoutMs): DatabaseOptions => ({
  ...options,
  poolSize: SEARCHES,
  connectTimeoutMs: options.connectTimeoutMs + searchTimeoutMs,
  statementTimeoutMs: searchTimeoutMs,
  queryTimeoutMs: searchTimeoutMs + ANSWER_MS,
  preparedStatements: false,
});
