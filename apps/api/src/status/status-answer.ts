import type { OperationRecord } from '@tandem/history/ports/operations.ts';
import type { StatusBackup, StatusFigures } from '@tandem/history/ports/status.ts';
import type { Status } from '@tandem/shared/contract/status.ts';
import { milliseconds } from '@tandem/shared/domain/duration.ts';
import type { CheckedBackup } from '@tandem/shared/domain/status/backup-concerns.ts';
import { type Concern, protectionOf, worstFirst } from '@tandem/shared/domain/status/protection.ts';
import { operationAnswer } from '../operations/operation-answer.ts';

export const MAX_OPEN = 20;
const RECENT_MS = milliseconds('24h');

/** What the history knows. */
export type KnownStatus = {
  readonly completed: readonly StatusBackup[];
  readonly checked: readonly CheckedBackup[];
  readonly proven: StatusFigures['proven'];
  /** One more than are shown, if there are more. */
  readonly open: readonly OperationRecord[];
  readonly failed: readonly OperationRecord[];
};

/** `known` undefined: the history could not be read. */
export const statusAnswer = (now: Date, concerns: readonly Concern[], known?: KnownStatus): Status => ({
  status: protectionOf(concerns),
  checkedAt: now.toISOString(),
  concerns: worstFirst(concerns).map(({ code, leadsTo, message, backupId, operationId }) => ({
    ...{ code, leadsTo, message, backupId: backupId ?? null, operationId: operationId ?? null },
  })),
  backups: known === undefined ? null : { lastCompleted: lastCompleted(known), lastProven: lastProven(known) },
  operations: known === undefined ? null : operationsAnswer(known, now),
});

/** The first that was not found to be lost. */
const lastCompleted = ({ completed, checked }: KnownStatus): NonNullable<Status['backups']>['lastCompleted'] => {
  const last = checked.at(-1);
  const backup = completed[checked.length - 1];
  if (backup === undefined || (last?.state !== undefined && last.state !== 'COMPLETED')) return null;
  const { backupId, optimizeVersion, endedAt, ageMs } = backup;
  return { backupId, optimizeVersion, endedAt: endedAt.toISOString(), ageMs, verified: last?.state === 'COMPLETED' };
};

const lastProven = ({ proven }: KnownStatus): NonNullable<Status['backups']>['lastProven'] =>
  proven === undefined
    ? null
    : { backupId: proven.backupId, provenAt: proven.provenAt.toISOString(), ageMs: proven.ageMs };

const operationsAnswer = ({ open, failed }: KnownStatus, now: Date): NonNullable<Status['operations']> => ({
  open: open.slice(0, MAX_OPEN).map(operationAnswer),
  more: open.length > MAX_OPEN,
  failed: failed
    .filter(({ endedAt }) => endedAt !== undefined && now.getTime() - endedAt.getTime() <= RECENT_MS)
    .map(operationAnswer),
});
