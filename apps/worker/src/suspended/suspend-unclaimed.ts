import type { SuspensionHistory } from '@tandem/history/ports/suspensions.ts';
import type { Logger } from '@tandem/runtime/logging/logger.ts';
import { cutList } from '@tandem/shared/domain/cut-list.ts';
import type { Actor } from '@tandem/shared/domain/history/event.ts';
import { unclaimedReason } from '@tandem/shared/domain/operation/suspension.ts';

export type SuspendUnclaimed = {
  readonly history: Pick<SuspensionHistory, 'suspendOperations'>;
  readonly actor: Actor;
  /** SUSPEND_AFTER. */
  readonly suspendAfterMs: number;
  /** Notifies callers that wait for the backups. */
  readonly announce: (backupIds: readonly string[]) => void;
  readonly log: Logger;
};

/** The rest is suspended by the next run; until then no worker claims it. */
const AT_ONCE = 500;

/** Suspends creates and deletions that no worker claimed for too long. Returns how many. */
export const suspendUnclaimed = async (deps: SuspendUnclaimed): Promise<number> => {
  const { history, actor, suspendAfterMs, announce, log } = deps;
  const suspended = await history.suspendOperations(
    { scope: 'unclaimed', forMs: suspendAfterMs },
    { actor, source: 'sweep', why: unclaimedReason(suspendAfterMs) },
    AT_ONCE,
  );
  if (suspended.length === 0) return 0;
  announce(suspended.map(({ backupId }) => backupId));
  log.warn(
    cutList(
      'operationIds',
      suspended.map(({ operationId }) => operationId),
      { max: 20, count: 'operations' },
    ),
    'operations that no worker claimed for too long were suspended: an operator must release or cancel them',
  );
  return suspended.length;
};
