import type { Reason } from '../failure/reason.ts';
import type { OperationKind } from './operation.ts';

/** Why operations are SUSPENDED: no worker claimed it for too long; or the database is an older copy of what had happened. */
export const SUSPENSION_CODES = ['OPERATION_UNCLAIMED', 'HISTORY_ROLLED_BACK'] as const;
export type SuspensionCode = (typeof SUSPENSION_CODES)[number];

/**
 * What of the open operations is suspended. unclaimed: creates and deletions that were due, and that no worker claimed, for so long.
 * destructive: deletions of backups, and restores that delete indices. all: every one.
 */
export type SuspensionScope =
  | { readonly scope: 'unclaimed'; readonly forMs: number }
  | { readonly scope: 'destructive' | 'all' };

/** OPERATION_UNCLAIMED: why an operation is suspended that no worker claimed for `forMs` after it was due. */
export const unclaimedReason = (forMs: number): Reason => ({
  code: 'OPERATION_UNCLAIMED' satisfies SuspensionCode,
  message: `No worker claimed it for more than ${inWords(forMs)} after it was due, so it may be out of date. Release it to have it carried out now, or cancel it.`,
  data: { unclaimedForMs: forMs },
});

/** HISTORY_ROLLED_BACK: why an operation is suspended after the database was put back by up to `lossMs`. */
export const rolledBackReason = (lossMs: number): Reason => ({
  code: 'HISTORY_ROLLED_BACK' satisfies SuspensionCode,
  message: `PostgreSQL was put back to an earlier state, and up to ${inWords(lossMs)} of the history are lost: since then it may have been carried out, cancelled or deleted. See docs/disaster-recovery.md.`,
  data: { lossMs },
});

const inWords = (ms: number): string => {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 1) return `${Math.round(ms / 1_000)} s`;
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${minutes} min`;
};

/** How long a suspended create waits for its release before it ends FAILED. */
export const RELEASE_WITHIN_MS = 7 * 86_400_000;

/**
 * Whether a suspended operation can be released. A restore or rehearsal cannot: calls may have been sent after the state that the database
 * holds, and sending them again, or rolling back, would destroy what they made. It can be abandoned only.
 */
export const isReleasable = (kind: OperationKind): boolean => releasable[kind];

const releasable: Readonly<Record<OperationKind, boolean>> = {
  create: true,
  delete: true,
  restore: false,
  rehearse: false,
};

/** The calls that end a suspended operation, for messages. */
export const endsSuspension = (operation: { readonly operationId: string; readonly kind: OperationKind }): string => {
  const path = `/api/v1/operations/${operation.operationId}`;
  const cancel = `POST ${path}/cancel`;
  return isReleasable(operation.kind)
    ? `release it with POST ${path}/release, or cancel it with ${cancel}`
    : `cancel it with ${cancel}, which leaves the engine as it is`;
};
