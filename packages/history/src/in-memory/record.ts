import { safetyHoldAfter } from '@tandem/shared/domain/backup/hold.ts';
import { repositoryKeyOf } from '@tandem/shared/domain/backup/location.ts';
import type { DueOperation, Evidence, NewAttempt, OperationChange, Recorded } from '../ports/ledger.ts';
import { mergedParts } from '../ports/merged-parts.ts';
import type { SuspensionHistory } from '../ports/suspensions.ts';
import { addEvents } from './add-events.ts';
import { move } from './move.ts';
import { withChanges } from './parts.ts';
import { after, type BackupRow, type OperationRow, stored, type Tables } from './tables.ts';
import { wakeNext } from './wake-next.ts';

export const record = (tables: Tables, operationId: string, revision: number, change: OperationChange): Recorded => {
  const operation = tables.operations.get(operationId);
  if (operation?.state !== 'RUNNING' || operation.revision !== revision) return { written: false };
  return write(tables, operation, change);
};

export const endSuspended = (
  tables: Tables,
  ...[operationId, revision, change]: Parameters<SuspensionHistory['endSuspended']>
): boolean => {
  const operation = tables.operations.get(operationId);
  if (operation?.state !== 'SUSPENDED' || operation.revision !== revision) return false;
  operation.suspension = undefined;
  return write(tables, operation, change).written;
};

const write = (tables: Tables, operation: OperationRow, change: OperationChange): Recorded => {
  changeParts(operation.backup, change);
  if (change.repositoryUuid !== undefined) learnUuid(tables, operation.backup, change.repositoryUuid);
  if (change.ownership !== undefined) operation.backup.ownership = stored(change.ownership);
  if (change.evidence !== undefined) keepEvidence(operation.backup, change.evidence);
  countTries(operation, change.tries, tables.now());
  if (change.attempt) addAttempt(tables, operation, change.attempt);
  operation.detail = { ...operation.detail, ...stored(change.detail ?? {}) };
  operation.waitingFor = change.outcome.do === 'wait' ? change.outcome.for : undefined;
  addEvents(tables, change.events ?? [], operation.backup, operation.id);
  const next = finish(tables, operation, change.outcome);
  return { written: true, revision: operation.revision, next };
};

const changeParts = (backup: BackupRow, { parts = [] }: OperationChange): void => {
  const changes = new Map(mergedParts(parts).map((part) => [part.number, part]));
  backup.parts = backup.parts.map((part) => {
    const change = changes.get(part.number);
    return change ? withChanges(part, change) : part;
  });
};

/** Only once, and not where another record of that id lives there already. */
const learnUuid = (tables: Tables, backup: BackupRow, repositoryUuid: string): void => {
  if (backup.location.repositoryUuid !== undefined) return;
  const isTaken = tables.backups.some(
    (other) =>
      other.backupId === backup.backupId &&
      other.deletedAt === undefined &&
      repositoryKeyOf(other.location) === repositoryUuid,
  );
  if (!isTaken) backup.location = { ...backup.location, repositoryUuid };
};

const countTries = (operation: OperationRow, tries: OperationChange['tries'], now: Date): void => {
  if (tries === undefined) return;
  const failed = tries === 'failed';
  operation.failedTries = failed ? operation.failedTries + 1 : 0;
  operation.failingSince = failed ? (operation.failingSince ?? now) : undefined;
  if (!failed) operation.errorClass = undefined;
};

const addAttempt = (tables: Tables, operation: OperationRow, { nextInMs, ...attempt }: NewAttempt): void => {
  operation.attempts += 1;
  operation.errorClass = attempt.errorClass;
  operation.trigger = attempt.errorClass === undefined ? 'request' : 'retry';
  const endedAt = tables.now();
  const nextAttemptAt = nextInMs === undefined ? undefined : after(endedAt, nextInMs);
  operation.lastFailed =
    attempt.reason === undefined ? undefined : { reason: stored(attempt.reason), at: endedAt, nextAttemptAt };
  tables.attempts.push({ ...attempt, operationId: operation.id, number: operation.attempts, endedAt, nextAttemptAt });
};

const finish = (
  tables: Tables,
  operation: OperationRow,
  outcome: OperationChange['outcome'],
): readonly DueOperation[] => {
  if (outcome.do === 'hold') return [];
  operation.leaseUntil = undefined;
  if (outcome.do === 'wait') {
    move(tables, operation, 'wait');
    operation.nextTickAt = after(tables.now(), outcome.inMs);
    operation.waitMs = outcome.inMs;
    return [];
  }
  operation.state = outcome.state;
  operation.revision += 1;
  operation.failure = outcome.failure;
  operation.endedAt = tables.now();
  endBackup(operation, outcome, tables.now());
  if (operation.kind === 'restore') endSafetyHold(tables, operation);
  return wakeNext(tables, operation);
};

/** Gives the hold of its safety backup an end. */
const endSafetyHold = (tables: Tables, { id }: OperationRow): void => {
  for (const backup of tables.backups.filter(({ safetyOf, deletedAt }) => safetyOf === id && deletedAt === undefined)) {
    const before = backup.hold;
    const hold = safetyHoldAfter(before, id, tables.now());
    if (before === undefined || hold === undefined) continue;
    backup.hold = hold;
    const { actor, reason } = hold;
    const change = { before: { hold: before }, after: { hold } };
    addEvents(tables, [{ kind: 'backup.held', actor, source: 'worker', reason, ...change }], backup, id);
  }
};

const keepEvidence = (
  backup: BackupRow,
  { proof, partialProof, failedRehearsal, endsFailedRehearsal }: Evidence,
): void => {
  if (endsFailedRehearsal) backup.failedRehearsal = undefined;
  if (partialProof) backup.partialProof = stored(partialProof);
  if (failedRehearsal) backup.failedRehearsal = stored(failedRehearsal);
  if (proof) Object.assign(backup, { proof: stored(proof), failedRehearsal: undefined });
};

const endBackup = (
  { backup, kind }: OperationRow,
  outcome: Extract<OperationChange['outcome'], { do: 'end' }>,
  now: Date,
): void => {
  if (outcome.backup !== undefined) Object.assign(backup, { state: outcome.backup, stateSeenAt: now });
  if (kind === 'delete' && outcome.deleted) backup.deletedAt = now;
  if (kind !== 'create') return;
  backup.endedAt = now;
  backup.failure = outcome.failure;
  backup.repositoryCheck = outcome.repositoryCheck && stored(outcome.repositoryCheck);
};
