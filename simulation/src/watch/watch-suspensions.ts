import type { Released, SuspendedOperation, SuspensionHistory } from '@tandem/history/ports/suspensions.ts';
import { isCreate, type Watched } from './watched.ts';
import type { Watching } from './watching.ts';

type Ending = Parameters<SuspensionHistory['endSuspended']>[2];

const ON_ITS_WAY_MS = 5_000;

/** What is suspended, and what ends that: nobody works on it, and it is open for its own backup only. */
export const watchSuspensions = ({ now, suspendAfterMs, clock, releasable, operationOf, broken }: Watching) => {
  const onSuspend = (suspended: readonly SuspendedOperation[], by: string, sentAt: number): void => {
    for (const operation of suspended.map(({ operationId }) => operationOf(operationId)))
      if (operation !== undefined) suspend(operation, by, sentAt);
  };

  const suspend = (operation: Watched, by: string, sentAt: number): void => {
    const { operationId, activeAt, ended, held } = operation;
    if (ended !== undefined) broken('suspended', `${operationId} was suspended after its end`);
    // the clock may jump after it was compared, while a statement is on its way
    const jumpedMs = clock.unnoticedMs(activeAt, by) + clock.forwardMs(Math.min(sentAt, activeAt) - ON_ITS_WAY_MS);
    if (now() - activeAt + jumpedMs < suspendAfterMs)
      broken('suspended', `${operationId} was suspended ${now() - activeAt} ms after a worker had it`);
    operation.suspendedAt = now();
    if (held !== undefined) held.released = true;
    if (isCreate(operation)) operation.hasSlot = false;
  };

  const onRelease = (operationId: string, result: Released): void => {
    const operation = operationOf(operationId);
    if (!result.done || operation === undefined) return;
    if (operation.suspendedAt === undefined) broken('suspended', `${operationId} was released and was not suspended`);
    if (!releasable.has(operationId)) broken('suspended', `${operationId} was released, and nobody had asked for that`);
    Object.assign(operation, { suspendedAt: undefined, activeAt: now(), dueAt: now() });
  };

  /** The sweep looked, and ends it. In no run does anybody wait as long as it takes to give one up. */
  const onEndSuspended = (operationId: string, { outcome }: Ending, isWritten: boolean): void => {
    const operation = operationOf(operationId);
    if (!isWritten || operation === undefined) return;
    if (operation.suspendedAt === undefined) broken('suspended', `${operationId} was ended and was not suspended`);
    if (outcome.state !== 'SUCCEEDED') broken('suspended', `${operationId} was suspended, and is ${outcome.state}`);
    Object.assign(operation, { suspendedAt: undefined, ended: outcome.state });
  };

  return { onSuspend, onRelease, onEndSuspended };
};

/** How long nobody has worked on what was due. */
export const unclaimedMs = ({ dueAt, held }: Watched, now: number): number =>
  now - Math.max(dueAt, held === undefined || held.released ? 0 : held.leaseUntil);
