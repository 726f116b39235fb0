import type { ReconciliationHistory } from '@tandem/history/ports/reconciliation.ts';
import type { Logger } from '@tandem/runtime/logging/logger.ts';
import type { Actor } from '@tandem/shared/domain/history/event.ts';
import type { ReconciliationResult } from '@tandem/shared/domain/reconciliation/reconciliation.ts';
import type { BackgroundTask, Term } from '../background/leader.ts';
import { isComplete } from './reconcile.ts';

export type ReconcileRegularly = {
  readonly history: Pick<ReconciliationHistory, 'dueReconciliation' | 'beginReconciliation' | 'endReconciliation'>;
  /** Runs one reconciliation; `assertHeld` throws if it must not continue. */
  readonly reconcile: (term: Term) => Promise<ReconciliationResult>;
  readonly actor: Actor;
  readonly newId: () => string;
  /** Undefined: only on request. */
  readonly everyMs: number | undefined;
  readonly log: Logger;
};

const LEASE_MS = 30_000;
/** How long ended reconciliations are kept. */
const KEEP_MS = 90 * 86_400_000;

/** Runs the reconciliation that is due, if any. Rejects as the history and `assertHeld` do; it is restarted then. */
export const reconcileOnce = async (deps: ReconcileRegularly, term: Term): Promise<void> => {
  const { history, actor, newId, everyMs, log } = deps;
  const due = await history.dueReconciliation(newId(), actor, everyMs);
  if (due === undefined || !(await history.beginReconciliation(due.id))) return;
  const result = await deps.reconcile(term);
  term.assertHeld();
  await history.endReconciliation(due.id, { complete: isComplete(result), result, keepMs: KEEP_MS });
  tell(log, due.id, result);
};

const tell = (log: Logger, id: string, result: ReconciliationResult): void => {
  const {
    backups,
    parts,
    changedCount: changed,
    discoveredCount: discovered,
    repositories,
    unverifiedCount: unverified,
  } = result;
  const unread = repositories.filter((repository) => repository.unread !== undefined);
  const line = {
    reconciliationId: id,
    backups,
    parts,
    changed,
    discovered,
    unverified,
    repositories: repositories.length,
  };
  if (unread.length === 0 && changed === 0) {
    log.info(line, 'history and repositories compared');
    return;
  }
  const reasons = unread.map(({ repository, unread: reason }) => ({ repository, ...reason }));
  log.warn({ ...line, unread: reasons }, 'history and repositories differ, or could not all be compared');
};

/** `pollMs`: how often to check whether a reconciliation is due or requested. */
export const reconcileTask = (deps: ReconcileRegularly, pollMs: number): BackgroundTask => ({
  ...{ name: 'reconcile', everyMs: pollMs, leaseMs: Math.max(pollMs * 3, LEASE_MS), pause: 10 },
  run: (term) => reconcileOnce(deps, term),
});
