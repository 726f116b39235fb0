import { createHash } from 'node:crypto';
import { type Database, type DatabaseOptions, openDatabase } from './open-database.ts';
import type { History } from './port.ts';
import { searching } from './searching.ts';
import { accept } from './sql/accept.ts';
import { annotate } from './sql/annotate.ts';
import { appendEvents } from './sql/append-events.ts';
import { attemptsOf } from './sql/attempts-of.ts';
import { cancelOperation } from './sql/cancel-operation.ts';
import {
  acceptRepository,
  changedRepositories,
  learnSettings,
  noteChangedRepository,
  settleRepository,
} from './sql/changed-repositories.ts';
import { check } from './sql/check.ts';
import { claim } from './sql/claim.ts';
import { keepContents, readContents } from './sql/contents.ts';
import { discover } from './sql/discover.ts';
import { eventsAfter, eventsOf } from './sql/events-of.ts';
import { endLease, farLeases } from './sql/far-leases.ts';
import { figures } from './sql/figures.ts';
import { findBackup, findBackupWithDeleted } from './sql/find-backup.ts';
import { findOperation } from './sql/find-operation.ts';
import { findRestore } from './sql/find-restore.ts';
import { acknowledgeRollback, beat, readLine, recordRollback, unseenSnapshots } from './sql/history-line.ts';
import { historySummary } from './sql/history-summary.ts';
import { answerKey, claimKey, releaseKey } from './sql/idempotency-keys.ts';
import { lastCluster } from './sql/last-cluster.ts';
import { countOperations, listOperations, listRestores } from './sql/list-operations.ts';
import { livingBackups } from './sql/living-backups.ts';
import { newestBackups } from './sql/newest-backups.ts';
import { noteState } from './sql/note-state.ts';
import { openCreates } from './sql/open-creates.ts';
import { overdue } from './sql/overdue.ts';
import type { Digest } from './sql/part-rows.ts';
import { pastOf } from './sql/past-of.ts';
import { endedRehearsals, pastReports } from './sql/past-restores.ts';
import { previousOwnership } from './sql/previous-ownership.ts';
import {
  beginReconciliation,
  dueReconciliation,
  endReconciliation,
  findReconciliation,
  requestReconciliation,
} from './sql/reconciliations.ts';
import { endSuspended, record } from './sql/record.ts';
import { releaseOperation } from './sql/release-operation.ts';
import { renew } from './sql/renew.ts';
import { requestDeletion } from './sql/request-deletion.ts';
import { requestRestore } from './sql/request-restore.ts';
import { retryOperation } from './sql/retry-operation.ts';
import { revisionsOf } from './sql/revisions-of.ts';
import { addSeal, sealsAfter, sealsOf } from './sql/seals.ts';
import { backupOfSnapshot, countBackups, incarnationsOf, searchBackups } from './sql/search-backups.ts';
import { searchEvents } from './sql/search-events.ts';
import { settledCreates } from './sql/settled-creates.ts';
import { snapshotsToDelete } from './sql/snapshots-to-delete.ts';
import { stopRestore } from './sql/stop-restore.ts';
import { suspendOperations } from './sql/suspend-operations.ts';
import { suspendedCreates } from './sql/suspended-creates.ts';
import { takeLease } from './sql/take-lease.ts';
import { eventsAreQuiet, unsealedEvents } from './sql/unsealed-events.ts';
import {
  backupsWithEvents,
  eventsIn,
  eventsInOrder,
  eventsNaming,
  incarnationsWithEvents,
  keysWithoutBackup,
} from './sql/verified-rows.ts';

const sha256: Digest = (text) => createHash('sha256').update(text).digest('hex');

/** The history on a database that is open; `digest` names an index list by its content. What may take long goes to `searches`. */
export const historyOn = (database: Database, digest: Digest = sha256, searches = database): History => ({
  accept: accept(database, digest),
  annotate: annotate(database),
  findBackup: findBackup(database),
  findBackupWithDeleted: findBackupWithDeleted(database),
  discover: discover(database, digest),
  noteState: noteState(database, digest),
  appendEvents: appendEvents(database),
  eventsOf: eventsOf(database),
  previousOwnership: previousOwnership(database),
  claim: claim(database),
  renew: renew(database),
  record: record(database, digest),
  overdue: overdue(database),
  takeLease: takeLease(database),
  farLeases: farLeases(database),
  endLease: endLease(database),
  countOperations: countOperations(database),
  listOperations: listOperations(database),
  findOperation: findOperation(database),
  attemptsOf: attemptsOf(database),
  retryOperation: retryOperation(database),
  cancelOperation: cancelOperation(database),
  requestDeletion: requestDeletion(database),
  snapshotsToDelete: snapshotsToDelete(database),
  settledCreates: settledCreates(database),
  revisionsOf: revisionsOf(database),
  eventsAfter: eventsAfter(database),
  claimKey: claimKey(database),
  answerKey: answerKey(database),
  releaseKey: releaseKey(database),
  requestRestore: requestRestore(database),
  findRestore: findRestore(database),
  listRestores: listRestores(database),
  stopRestore: stopRestore(database),
  suspendOperations: suspendOperations(database),
  releaseOperation: releaseOperation(database),
  suspendedCreates: suspendedCreates(database),
  endSuspended: endSuspended(database, digest),
  pastReports: pastReports(database),
  openCreates: openCreates(database),
  endedRehearsals: endedRehearsals(database),
  keepContents: keepContents(database),
  readContents: readContents(database),
  searchBackups: searchBackups(searching(searches)),
  countBackups: countBackups(searching(searches)),
  incarnationsOf: incarnationsOf(database),
  backupOfSnapshot: backupOfSnapshot(database),
  pastOf: pastOf(database),
  searchEvents: searchEvents(searching(searches)),
  newestBackups: newestBackups(database),
  lastCluster: lastCluster(database),
  historySummary: historySummary(searching(searches)),
  livingBackups: livingBackups(database),
  requestReconciliation: requestReconciliation(database),
  dueReconciliation: dueReconciliation(database),
  beginReconciliation: beginReconciliation(database),
  endReconciliation: endReconciliation(database),
  findReconciliation: findReconciliation(database),
  changedRepositories: changedRepositories(database),
  noteChangedRepository: noteChangedRepository(database),
  acceptRepository: acceptRepository(database),
  settleRepository: settleRepository(database),
  learnSettings: learnSettings(database),
  eventsAreQuiet: eventsAreQuiet(database),
  unsealedEvents: unsealedEvents(database),
  addSeal: addSeal(database),
  sealsAfter: sealsAfter(database),
  sealsOf: sealsOf(database),
  eventsIn: eventsIn(database),
  eventsNaming: eventsNaming(database),
  eventsInOrder: eventsInOrder(database),
  backupsWithEvents: backupsWithEvents(database),
  incarnationsWithEvents: incarnationsWithEvents(database),
  keysWithoutBackup: keysWithoutBackup(database),
  readLine: readLine(database),
  beat: beat(database),
  recordRollback: recordRollback(database),
  acknowledgeRollback: acknowledgeRollback(database),
  unseenSnapshots: unseenSnapshots(database),
  check: check(database),
  figures: figures(database),
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
