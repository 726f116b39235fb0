import type { Cancelled, DeletionRequested, NewDeletion, Retried } from '@tandem/history/ports/operations.ts';
import { type Accepted, isCreate, type Watched } from './watched.ts';
import type { Watching } from './watching.ts';

/** Once the cause is over, an operation that is retried must not meet it again. */
const PASSING = /^(the engine answered|its tries)/;

/** What people had done to operations. */
export const watchCommands = ({ now, accepted, deletions, operationOf, broken }: Watching) => {
  const fence = (operation: Watched): void => {
    operation.ended = 'CANCELLED';
    operation.suspendedAt = undefined;
    if (operation.held !== undefined) operation.held.released = true;
  };

  const open = (of: Accepted, command: NewDeletion): void => {
    const { operationId } = command;
    const fresh = { held: undefined, ended: undefined, retries: 0, retriedAt: 0, suspendedAt: undefined };
    const deletion = { operationId, of, command, ...fresh, activeAt: now(), dueAt: now() };
    deletions.set(operationId, deletion);
    of.deletions.push(deletion);
    of.settled = undefined;
  };

  const onDeletion = (backupKey: string, command: NewDeletion, result: DeletionRequested): void => {
    const of = [...accepted.values()].find((operation) => operation.backupKey === backupKey);
    if (!result.accepted || of === undefined) return;
    const isOpen = [of, ...of.deletions].filter(({ ended }) => ended === undefined);
    if (isOpen.length > 1 || isOpen[0]?.operationId !== result.cancelled)
      broken('fenced', `a deletion of ${of.create.backupId} ended ${result.cancelled} and not what was open`);
    for (const operation of isOpen) fence(operation);
    open(of, command);
  };

  const onCancel = (operationId: string, command: NewDeletion | undefined, result: Cancelled): void => {
    const operation = operationOf(operationId);
    if (!result.done || operation === undefined) return;
    if (operation.ended !== undefined) broken('fenced', `${operationId} was cancelled after its end`);
    // what a suspended create has made nobody knows: it stays, unless its deletion was asked for
    const isLeft = operation.suspendedAt !== undefined && command?.onlyUnfinished !== false;
    fence(operation);
    if (isCreate(operation) && isLeft) operation.isAbandoned = true;
    else if (isCreate(operation) && command !== undefined) open(operation, command);
  };

  const onRetry = (operationId: string, result: Retried): void => {
    const operation = operationOf(operationId);
    if (!result.done || operation === undefined) return;
    if (operation.ended !== 'FAILED') broken('fenced', `${operationId} was retried and is ${operation.ended}`);
    operation.ended = undefined;
    operation.retries += 1;
    Object.assign(operation, { retriedAt: now(), activeAt: now(), dueAt: now() });
    if (!isCreate(operation)) return;
    operation.hasSlot = false;
    for (const why of operation.excuses) if (PASSING.test(why)) operation.excuses.delete(why);
  };

  return { onDeletion, onCancel, onRetry };
};
