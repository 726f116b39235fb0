import { setTimeout as pause } from 'node:timers/promises';
import type { ReconciliationHistory, ReconciliationRecord } from '@tandem/history/ports/reconciliation.ts';
import { fail } from '@tandem/shared/domain/failure/failure.ts';
import type { RequestContext } from '../http/route.ts';

export type ReconcileApi = {
  readonly history: Pick<ReconciliationHistory, 'requestReconciliation' | 'findReconciliation'>;
  readonly newId: () => string;
  readonly now: () => number;
};

/** How often waiting requests poll for the end of a reconciliation. */
const POLL_MS = 250;

/** Requests a reconciliation of the history with the repositories, or returns the one that is open. HISTORY_UNREACHABLE. */
export const requestReconciliation = async (
  deps: ReconcileApi,
  { reason, wait }: { readonly reason?: string | undefined; readonly wait?: number | undefined },
  { actor, requestId, signal }: RequestContext,
): Promise<ReconciliationRecord> => {
  const opened = await deps.history.requestReconciliation(deps.newId(), { actor, reason, requestId });
  return untilEnded(deps, opened, wait, signal);
};

/** Without an id returns the open reconciliation, or the last that ended. RECONCILIATION_NOT_FOUND, HISTORY_UNREACHABLE. */
export const readReconciliation = async (
  deps: ReconcileApi,
  { reconciliationId, wait }: { readonly reconciliationId?: string; readonly wait?: number | undefined },
  { signal }: RequestContext,
): Promise<ReconciliationRecord> => {
  const found = await deps.history.findReconciliation(reconciliationId);
  if (found !== undefined) return untilEnded(deps, found, wait, signal);
  throw fail(
    'RECONCILIATION_NOT_FOUND',
    reconciliationId === undefined
      ? 'No reconciliation has run yet: request one with POST /api/v1/history/reconcile.'
      : `No reconciliation has the id ${reconciliationId}. Those that ended long ago are not kept.`,
    { reconciliationId: reconciliationId ?? null },
  );
};

/** Its state when it has ended, on time-out, or when the client has gone. */
const untilEnded = async (
  { history, now }: ReconcileApi,
  first: ReconciliationRecord,
  waitMs: number | undefined,
  signal: AbortSignal,
): Promise<ReconciliationRecord> => {
  const until = now() + (waitMs ?? 0);
  let seen = first;
  while (seen.endedAt === undefined && now() < until && !signal.aborted) {
    await pause(Math.min(POLL_MS, until - now()), undefined, { signal }).catch(() => undefined);
    seen = (await history.findReconciliation(first.id)) ?? seen;
  }
  return seen;
};
