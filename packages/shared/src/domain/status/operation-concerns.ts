import type { ErrorClass } from '../failure/failure-definition.ts';
import type { OperationKind, OperationState } from '../operation/operation.ts';
import type { Concern } from './protection.ts';

type OperationFact = {
  readonly operationId: string;
  readonly kind: OperationKind;
  readonly state: OperationState;
  readonly backupId: string;
  readonly errorClass: ErrorClass | undefined;
  /** Why its last attempt failed. */
  readonly reason: string | undefined;
};

export type OperationFacts = {
  readonly open: readonly OperationFact[];
  /** The last restore that ended. */
  readonly lastRestore: Pick<OperationFact, 'operationId' | 'backupId' | 'state' | 'reason'> | undefined;
  /** Since when no worker was seen; undefined: one is there, or it cannot be known. */
  readonly workerMissingSince: string | undefined;
  /** What a rollback of PostgreSQL means; undefined: none is open. */
  readonly rollback: string | undefined;
};

/** What waits for an operator, or for a worker. */
export const operationConcerns = (facts: OperationFacts): readonly Concern[] => [
  ...rolledBack(facts),
  ...workerMissing(facts),
  ...restoreFailed(facts),
  ...suspended(facts),
  ...waiting(facts),
];

const rolledBack = ({ rollback }: OperationFacts): readonly Concern[] =>
  rollback === undefined ? [] : [{ code: 'history-rolled-back', leadsTo: 'at-risk', message: rollback }];

const workerMissing = ({ workerMissingSince }: OperationFacts): readonly Concern[] => {
  if (workerMissingSince === undefined) return [];
  const message = `No worker has been seen since ${workerMissingSince}: requests are accepted, and wait. Start a worker, or read the log of the running one.`;
  return [{ code: 'worker-missing', leadsTo: 'at-risk', message }];
};

const restoreFailed = ({ lastRestore }: OperationFacts): readonly Concern[] => {
  if (lastRestore?.state !== 'FAILED') return [];
  const { operationId, backupId, reason } = lastRestore;
  const message = `The last restore, of backup ${backupId}, failed${reason === undefined ? '.' : `: ${reason}`} GET /api/v1/restores/${operationId} shows what it left.`;
  return [{ code: 'restore-failed', leadsTo: 'at-risk', backupId, operationId, message }];
};

const suspended = ({ open }: OperationFacts): readonly Concern[] => {
  const count = open.filter(({ state }) => state === 'SUSPENDED').length;
  if (count === 0) return [];
  const what = count === 1 ? '1 suspended operation waits' : `${count} suspended operations wait`;
  const message = `${what} for an operator to release or cancel: GET /api/v1/operations?state=SUSPENDED.`;
  return [{ code: 'operations-suspended', leadsTo: 'at-risk', message }];
};

const waiting = ({ open }: OperationFacts): readonly Concern[] =>
  open
    .filter(({ errorClass, state }) => errorClass === 'operator' && state !== 'SUSPENDED')
    .map(({ kind, backupId, operationId, reason = 'see its attempts.' }) => ({
      ...({ code: 'operation-waits', leadsTo: 'at-risk', backupId, operationId } as const),
      message: `The ${kind} of backup ${backupId} waits for an operator: ${reason}`,
    }));
