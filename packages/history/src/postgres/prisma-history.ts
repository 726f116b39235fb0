import { createHash } from 'node:crypto';
import type { History } from '../ports/history.ts';
import { accept } from './backups/accept.ts';
import { discover } from './backups/discover.ts';
import { findBackup, findBackupWithDeleted } from './backups/find-backup.ts';
import { noteState } from './backups/note-state.ts';
import type { Digest } from './backups/part-rows.ts';
import { previousOwnership } from './backups/previous-ownership.ts';
import { check } from './check.ts';
import { appendEvents } from './events/append-events.ts';
import { eventsAfter, eventsOf } from './events/events.ts';
import { revisionsOf } from './events/revisions-of.ts';
import { answerKey, claimKey, releaseKey } from './keys/keys.ts';
import { annotate } from './labels/labels.ts';
import { claim } from './ledger/claim.ts';
import { endLease, farLeases } from './ledger/leases.ts';
import { overdue } from './ledger/overdue.ts';
import { endSuspended, record } from './ledger/record.ts';
import { renew } from './ledger/renew.ts';
import { takeLease } from './ledger/take-lease.ts';
import { type Database, type DatabaseOptions, openDatabase } from './open-database.ts';
import { attemptsOf } from './operations/attempts-of.ts';
import { cancelOperation } from './operations/cancel-operation.ts';
import { findOperation } from './operations/find-operation.ts';
import { countOperations, listOperations, listRestores } from './operations/list-operations.ts';
import { requestDeletion } from './operations/request-deletion.ts';
import { retryOperation } from './operations/retry-operation.ts';
import { settledCreates } from './operations/settled-creates.ts';
import { snapshotsToDelete } from './operations/snapshots-to-delete.ts';
import { livingBackups } from './reconciliation/living-backups.ts';
import {
  beginReconciliation,
  dueReconciliation,
  endReconciliation,
  findReconciliation,
  requestReconciliation,
} from './reconciliation/reconciliation.ts';
import {
  acceptRepository,
  changedRepositories,
  learnSettings,
  noteChangedRepository,
  settleRepository,
} from './repositories/repositories.ts';
import { keepContents, readContents } from './restores/contents.ts';
import { findRestore } from './restores/find-restore.ts';
import { openCreates } from './restores/open-creates.ts';
import { endedRehearsals, pastReports } from './restores/read-restores.ts';
import { requestRestore } from './restores/request-restore.ts';
import { stopRestore } from './restores/stop-restore.ts';
import { acknowledgeRollback, beat, readLine, recordRollback, unseenSnapshots } from './rollback/rollback.ts';
import { addSeal, sealsAfter, sealsOf } from './seals/seals.ts';
import { eventsAreQuiet, unsealedEvents } from './seals/unsealed-events.ts';
import {
  backupsWithEvents,
  eventsIn,
  eventsInOrder,
  eventsNaming,
  incarnationsWithEvents,
  keysWithoutBackup,
} from './seals/verified-rows.ts';
import { historyFrom } from './search/history-from.ts';
import { pastOf } from './search/past-of.ts';
import { backupOfSnapshot, countBackups, incarnationsOf, searchBackups } from './search/search-backups.ts';
import { searchEvents } from './search/search-events.ts';
import { searching } from './searching.ts';
import { figures } from './summary/figures.ts';
import { historySummary } from './summary/history-summary.ts';
import { lastCluster } from './summary/last-cluster.ts';
import { newestBackups } from './summary/newest-backups.ts';
import { releaseOperation } from './suspensions/release-operation.ts';
import { suspendOperations } from './suspensions/suspend-operations.ts';
import { suspendedCreates } from './suspensions/suspended-creates.ts';

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
  historyFrom: historyFrom(database),
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
