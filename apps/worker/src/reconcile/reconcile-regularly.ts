import type { OperationLedger } from '@tandem/history/port.ts';
import type { ReconcileHistory } from '@tandem/history/reconcile-port.ts';
import type { Logger } from '@tandem/runtime/logger.ts';
import type { Actor } from '@tandem/shared/domain/event.ts';
import type { ReconciliationResult } from '@tandem/shared/domain/reconciliation.ts';
import { isComplete } from './reconcile.ts';

export type ReconcileRegularly = {
  readonly history: Pick<OperationLedger, 'takeLease'> &
    Pick<ReconcileHistory, 'dueReconciliation' | 'beginReconciliation' | 'endReconciliation'>;
  /** One comparison; `assertHeld` rejects where it must not go on. */
  readonly reconcile: (assertHeld: () => Promise<void>) => Promise<ReconciliationResult>;
  readonly holder: string;
  readonly actor: Actor;
  readonly newId: () => string;
  /** Undefined: only when somebody asks. */
  readonly everyMs: number | undefined;
  /** How often it is looked whether somebody asks. */
  readonly pollMs: number;
  readonly every: (ms: number, task: () => void) => () => void;
  readonly log: Logger;
};

const LEASE = 'reconcile';
const LEASE_MS = 30_000;
/** A lease cannot be given back, but it can be made this short. */
const RELEASED_MS = 1;
/** Runs that a worker leaves to others after one that failed. */
const PAUSE = 10;
/** How long ended comparisons are kept. */
const KEEP_MS = 90 * 86_400_000;

/** What was to be carried on by another worker. */
class NotHeld extends Error {
  override readonly name = 'NotHeld';
}

/** Does the comparison that is due, if one is and no other worker does it. Rejects as the history does: it is begun again then. */
export const reconcileOnce = async (deps: ReconcileRegularly, isStopped: () => boolean): Promise<void> => {
  const { history, holder, actor, newId, everyMs, every, log } = deps;
  const due = await history.dueReconciliation(newId(), actor, everyMs);
  if (due === undefined || !(await history.takeLease(LEASE, holder, LEASE_MS))) return;
  let held = true;
  let renewing: Promise<void> = Promise.resolve();
  const renew = async () => {
    held = (await history.takeLease(LEASE, holder, LEASE_MS)) && held;
  };
  const stopRenewing = every(LEASE_MS / 3, () => {
    renewing = renew().catch((error: unknown) => log.warn({ err: error }, 'lease of a comparison not renewed'));
  });
  try {
    if (!(await history.beginReconciliation(due.id))) return;
    const result = await deps.reconcile(async () => {
      if (!held || isStopped()) throw new NotHeld('Another worker goes on with the comparison.');
    });
    const complete = isComplete(result);
    await history.endReconciliation(due.id, { complete, result, keepMs: KEEP_MS });
    tell(log, due.id, result);
  } finally {
    stopRenewing();
    await renewing;
    if (held) await history.takeLease(LEASE, holder, RELEASED_MS);
  }
};

const tell = (log: Logger, id: string, result: ReconciliationResult): void => {
  const {
    backups,
    parts,
    changedCount: changed,
    discoveredCount: discovered,
    repositories,
    untoldCount: untold,
  } = result;
  const unread = repositories.filter((repository) => repository.unread !== undefined);
  const line = { reconciliationId: id, backups, parts, changed, discovered, untold, repositories: repositories.length };
  if (unread.length === 0 && changed === 0) {
    log.info(line, 'history and repositories compared');
    return;
  }
  const reasons = unread.map(({ repository, unread: reason }) => ({ repository, ...reason }));
  log.warn({ ...line, unread: reasons }, 'history and repositories differ, or could not all be compared');
};

/** Looks now and then every `pollMs`, never twice at once; the function that it answers stops it and lets another worker go on. */
export const reconcileRegularly = (deps: ReconcileRegularly): (() => Promise<void>) => {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  const run = async () => {
    let pause = 1;
    try {
      await reconcileOnce(deps, () => stopped);
    } catch (error) {
      if (error instanceof NotHeld) deps.log.info('a comparison is left to another worker');
      else {
        pause = PAUSE;
        deps.log.warn({ err: error }, 'comparison of history and repositories failed');
      }
    }
    if (!stopped) timer = setTimeout(start, deps.pollMs * pause);
  };
  const start = () => {
    running = run();
  };
  start();
  return async () => {
    stopped = true;
    clearTimeout(timer);
    await running;
  };
};
