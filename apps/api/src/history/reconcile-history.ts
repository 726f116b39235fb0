import type { ReconciliationHistory, ReconciliationRecord } from '@tandem/history/ports/reconciliation.ts';
import { fail } from '@tandem/shared/domain/failure/failure.ts';
import type { RequestContext } from '../http/route.ts';
import { untilEnded } from '../http/until-ended.ts';

export type ReconcileApi = {
  readonly history: Pick<ReconciliationHistory, 'requestReconciliation' | 'findReconciliation'>;
  readonly newId: () => string;
  readonly now: () => number;
};

/** Requests a reconciliation of the history with the repositories, or returns the one that is open. HISTORY_UNREACHABLE. */
export const requestReconciliation = async (
  deps: ReconcileApi,
  { reason, wait }: { readonly reason?: string | undefined; readonly wait?: number | undefined },
  { actor, requestId, signal }: RequestContext,
): Promise<ReconciliationRecord> => {
  const opened = await deps.history.requestReconciliation(deps.newId(), { actor, reason, requestId });
  return waited(deps, opened, wait, signal);
};

/** Without an id returns the open reconciliation, or the last that ended. RECONCILIATION_NOT_FOUND, HISTORY_UNREACHABLE. */
export const readReconciliation = async (
  deps: ReconcileApi,
  { reconciliationId, wait }: { readonly reconciliationId?: string; readonly wait?: number | undefined },
  { signal }: RequestContext,
): Promise<ReconciliationRecord> => {
  const found = await deps.history.findReconciliation(reconciliationId);
  if (found !== undefined) return waited(deps, found, wait, signal);
  throw fail(
    'RECONCILIATION_NOT_FOUND',
    reconciliationId === undefined
      ? 'No reconciliation has run yet: request one with POST /api/v1/history/reconcile.'
      : `No reconciliation has the id ${reconciliationId}. Those that ended long ago are not kept.`,
    { reconciliationId: reconciliationId ?? null },
  );
};

const waited = (
  { history, now }: ReconcileApi,
  run: ReconciliationRecord,
  waitMs: number | undefined,
  signal: AbortSignal,
): Promise<ReconciliationRecord> =>
  untilEnded(run, { readAgain: () => history.findReconciliation(run.id), waitMs, signal, now });
