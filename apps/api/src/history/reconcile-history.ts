import { setTimeout as pause } from 'node:timers/promises';
import type { ReconciliationHistory, ReconciliationRecord } from '@tandem/history/ports/reconciliation.ts';
import { fail } from '@tandem/shared/domain/failure/failure.ts';
import type { RequestContext } from '../http/route.ts';

export type ReconcileApi = {
  readonly history: Pick<ReconciliationHistory, 'requestReconciliation' | 'findReconciliation'>;
  readonly newId: () => string;
  readonly now: () => number;
};

/** How often the end of a comparison is looked for by those who wait. */
const LOOK_MS = 250;

/** Has a worker compare the history with the repositories; while one does, that comparison is answered. HISTORY_UNREACHABLE. */
export const requestReconciliation = async (
  deps: ReconcileApi,
  { reason, wait }: { readonly reason?: string | undefined; readonly wait?: number | undefined },
  { actor, requestId, signal }: RequestContext,
): Promise<ReconciliationRecord> => {
  const opened = await deps.history.requestReconciliation(deps.newId(), { actor, reason, requestId });
  return untilEnded(deps, opened, wait, signal);
};

/** Without an id the open comparison, or the last that ended. RECONCILIATION_NOT_FOUND, HISTORY_UNREACHABLE. */
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
      ? 'No comparison was made yet: POST /api/v1/history/reconcile asks for one.'
      : `No comparison has the id ${reconciliationId}: those that ended long ago are not kept.`,
    { reconciliationId: reconciliationId ?? null },
  );
};

/** As it is when it has ended, the time is up, or nobody waits any more. */
const untilEnded = async (
  { history, now }: ReconcileApi,
  first: ReconciliationRecord,
  waitMs: number | undefined,
  signal: AbortSignal,
): Promise<ReconciliationRecord> => {
  const until = now() + (waitMs ?? 0);
  let seen = first;
  while (seen.endedAt === undefined && now() < until && !signal.aborted) {
    await pause(Math.min(LOOK_MS, until - now()), undefined, { signal }).catch(() => undefined);
    seen = (await history.findReconciliation(first.id)) ?? seen;
  }
  return seen;
};
