import type { ExportHistory } from '../ports/exports.ts';
import type { History } from '../ports/history.ts';
import { accept, discover, findBackup, findBackupWithDeleted, previousOwnership } from './backups.ts';
import { claim, renew } from './claim.ts';
import { keepContents, readContents } from './contents.ts';
import { dumpTables } from './dump.ts';
import { appendEvents, eventsAfter, eventsOf } from './events.ts';
import { exportPage, exportSpan } from './exports.ts';
import { figures } from './figures.ts';
import { claimKey, keepAnswer, releaseKey } from './keys.ts';
import { annotate } from './labels.ts';
import { endLease, farLeases, overdue, takeLease } from './ledger.ts';
import { lastCluster, newestBackups } from './newest-backups.ts';
import { noteState } from './note-state.ts';
import { cancelOperation, requestDeletion, retryOperation } from './operation-requests.ts';
import {
  attemptsOf,
  countOperations,
  findOperation,
  listOperations,
  revisionsOf,
  settledCreates,
  snapshotsToDelete,
} from './operations.ts';
import {
  beginReconciliation,
  dueReconciliation,
  endReconciliation,
  findReconciliation,
  livingBackups,
  requestReconciliation,
} from './reconciliation.ts';
import { endSuspended, record } from './record.ts';
import {
  acceptRepository,
  changedRepositories,
  learnSettings,
  noteChangedRepository,
  settleRepository,
} from './repositories.ts';
import { requestRestore, stopRestore } from './restore-requests.ts';
import { endedRehearsals, findRestore, listRestores, openCreates, pastReports } from './restores.ts';
import { acknowledgeRollback, beat, readLine, recordRollback, unseenSnapshots } from './rollback.ts';
import {
  addSeal,
  backupsWithEvents,
  eventsIn,
  eventsInOrder,
  eventsNaming,
  incarnationsWithEvents,
  keysWithoutBackup,
  sealsAfter,
  sealsOf,
  unsealedEvents,
} from './seals.ts';
import {
  backupOfSnapshot,
  countBackups,
  historyFrom,
  incarnationsOf,
  pastOf,
  searchBackups,
  searchEvents,
} from './search.ts';
import { historySummary } from './summary.ts';
import { releaseOperation, suspendedCreates, suspendOperations } from './suspensions.ts';
import { newTables, type Tables } from './tables.ts';

export type InMemoryHistory = History &
  ExportHistory & {
    /** Keeps all of it as it is now; the function that it returns puts it back, as a dump of a database does. */
    readonly dump: () => () => void;
  };

/**
 * The history without a database, for unit tests and simulations: no timers and no chance, `now` is the database's clock, keys count
 * from 1. A method takes effect at once when it is called, and resolves later.
 */
export const inMemoryHistory = ({ now }: { now: () => Date }): InMemoryHistory => {
  const tables: Tables = newTables(now);
  return {
    accept: async (create) => accept(tables, create),
    annotate: async (...wish) => annotate(tables, ...wish),
    findBackup: async (backupId, location) => findBackup(tables, backupId, location),
    findBackupWithDeleted: async (backupId, location) => findBackupWithDeleted(tables, backupId, location),
    discover: async (set) => discover(tables, set),
    noteState: async (...noted) => noteState(tables, ...noted),
    appendEvents: async (events) => appendEvents(tables, events),
    eventsOf: async (backupId, limit) => eventsOf(tables, backupId, limit),
    previousOwnership: async (key) => previousOwnership(tables, key),
    claim: async (operationId, options) => claim(tables, operationId, options),
    renew: async (operationId, revision, leaseMs) => renew(tables, operationId, revision, leaseMs),
    record: async (operationId, revision, change) => record(tables, operationId, revision, change),
    overdue: async (overdueMs, limit) => overdue(tables, overdueMs, limit),
    farLeases: async (limit) => farLeases(tables, limit),
    endLease: async (lease) => endLease(tables, lease),
    takeLease: async (name, holder, leaseMs) => takeLease(tables, name, holder, leaseMs),
    countOperations: async (filter) => countOperations(tables, filter),
    listOperations: async (filter, after, limit) => listOperations(tables, filter, after, limit),
    findOperation: async (operationId) => findOperation(tables, operationId),
    attemptsOf: async (operationId) => attemptsOf(tables, operationId),
    retryOperation: async (operationId, asked) => retryOperation(tables, operationId, asked),
    cancelOperation: async (...asked) => cancelOperation(tables, ...asked),
    requestDeletion: async (backupKey, asked, deletion) => requestDeletion(tables, backupKey, asked, deletion),
    snapshotsToDelete: async (operationIds) => snapshotsToDelete(tables, operationIds),
    settledCreates: async (withinMs, limit) => settledCreates(tables, withinMs, limit),
    revisionsOf: async (backupIds) => revisionsOf(tables, backupIds),
    eventsAfter: async (backupId, after, limit) => eventsAfter(tables, backupId, after, limit),
    claimKey: async (key, bodyDigest, times) => claimKey(tables, key, bodyDigest, times),
    answerKey: async (key, answer) => keepAnswer(tables, key, answer),
    releaseKey: async (key) => releaseKey(tables, key),
    requestRestore: async (restore) => requestRestore(tables, restore),
    findRestore: async (operationId) => findRestore(tables, operationId),
    listRestores: async (filter, after, limit) => listRestores(tables, filter, after, limit),
    stopRestore: async (operationId, asked) => stopRestore(tables, operationId, asked),
    suspendOperations: async (...asked) => suspendOperations(tables, ...asked),
    releaseOperation: async (...asked) => releaseOperation(tables, ...asked),
    suspendedCreates: async (...asked) => suspendedCreates(tables, ...asked),
    endSuspended: async (...ended) => endSuspended(tables, ...ended),
    pastReports: async (limit) => pastReports(tables, limit),
    openCreates: async (clusterUuid) => openCreates(tables, clusterUuid),
    endedRehearsals: async (withinMs, limit) => endedRehearsals(tables, withinMs, limit),
    keepContents: async (contents) => keepContents(tables, contents),
    readContents: async (digests) => readContents(tables, digests),
    searchBackups: async (...asked) => searchBackups(tables, ...asked),
    countBackups: async (...asked) => countBackups(tables, ...asked),
    incarnationsOf: async (backupId) => incarnationsOf(tables, backupId),
    backupOfSnapshot: async (name) => backupOfSnapshot(tables, name),
    pastOf: async (backupKey) => pastOf(tables, backupKey),
    historyFrom: async () => historyFrom(tables),
    searchEvents: async (...asked) => searchEvents(tables, ...asked),
    newestBackups: async (...asked) => newestBackups(tables, ...asked),
    lastCluster: async () => lastCluster(tables),
    historySummary: async (...asked) => historySummary(tables, ...asked),
    livingBackups: async (...asked) => livingBackups(tables, ...asked),
    requestReconciliation: async (...asked) => requestReconciliation(tables, ...asked),
    dueReconciliation: async (...asked) => dueReconciliation(tables, ...asked),
    beginReconciliation: async (id) => beginReconciliation(tables, id),
    endReconciliation: async (...ended) => endReconciliation(tables, ...ended),
    findReconciliation: async (id) => findReconciliation(tables, id),
    changedRepositories: async () => changedRepositories(tables),
    noteChangedRepository: async (...asked) => noteChangedRepository(tables, ...asked),
    acceptRepository: async (...asked) => acceptRepository(tables, ...asked),
    settleRepository: async (...asked) => settleRepository(tables, ...asked),
    learnSettings: async (...asked) => learnSettings(tables, ...asked),
    eventsAreQuiet: async () => ({ quiet: true, seal: tables.seals.length }),
    unsealedEvents: async (limit) => unsealedEvents(tables, limit),
    addSeal: async (seal) => addSeal(tables, seal),
    sealsAfter: async (number, limit) => sealsAfter(tables, number, limit),
    sealsOf: async (eventIds) => sealsOf(tables, eventIds),
    eventsIn: async (spans) => eventsIn(tables, spans),
    eventsNaming: async (backupId, limit) => eventsNaming(tables, backupId, limit),
    eventsInOrder: async (after, limit) => eventsInOrder(tables, after, limit),
    backupsWithEvents: async (after, limit) => backupsWithEvents(tables, after, limit),
    incarnationsWithEvents: async (backupId) => incarnationsWithEvents(tables, backupId),
    keysWithoutBackup: async (keys) => keysWithoutBackup(tables, keys),
    readLine: async (eventIds) => readLine(tables, eventIds),
    beat: async (line) => beat(tables, line),
    recordRollback: async (...found) => recordRollback(tables, ...found),
    acknowledgeRollback: async (asked) => acknowledgeRollback(tables, asked),
    unseenSnapshots: async (snapshots) => unseenSnapshots(tables, snapshots),
    exportSpan: async (exported, signal) => {
      signal.throwIfAborted();
      return exportSpan(tables, exported);
    },
    exportPage: async (exported, format, span, signal) => {
      signal.throwIfAborted();
      return exportPage(tables, exported, format, span);
    },
    figures: async () => figures(tables),
    dump: () => dumpTables(tables),
    check: async () => undefined,
    close: async () => undefined,
  };
};
