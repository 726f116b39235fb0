import type { RollbackHistory } from '@tandem/history/ports/rollback.ts';
import type { CheckedLine, HistoryGuard } from '@tandem/planning/guard/history-guard.ts';
import type { ReadMarks } from '@tandem/planning/guard/mark-source.ts';
import type { HistoryStatus } from '@tandem/shared/contract/history.ts';
import { fail } from '@tandem/shared/domain/failure/failure.ts';
import type { RequestContext } from '../http/route.ts';

export type HistoryStatusDeps = {
  readonly guard: Pick<HistoryGuard, 'check'>;
  readonly history: Pick<RollbackHistory, 'acknowledgeRollback'>;
};

/** Compares the history with its marks now. HISTORY_UNREACHABLE. */
export const readHistoryStatus = async ({ guard }: HistoryStatusDeps): Promise<HistoryStatus> =>
  statusOf(await guard.check());

/** Acknowledges a rollback; suspended operations stay suspended. HISTORY_NOT_ROLLED_BACK, HISTORY_UNREACHABLE. */
export const acknowledgeRollback = async (
  { guard, history }: HistoryStatusDeps,
  { reason }: { readonly reason: string },
  { actor, requestId }: RequestContext,
): Promise<HistoryStatus> => {
  if (!(await history.acknowledgeRollback({ actor, reason, requestId }))) {
    throw fail('HISTORY_NOT_ROLLED_BACK', 'No rollback of the history is open: there is nothing to acknowledge.');
  }
  return statusOf(await guard.check());
};

const statusOf = (checked: CheckedLine): HistoryStatus => {
  const { line, rollback, redis, snapshots } = checked;
  const { historyId, epoch, heartbeatAt } = line;
  const reading = (source: ReadMarks) => ({
    read: source.wasRead(),
    marks: source.marks().filter((mark) => mark.historyId === historyId && mark.epoch === epoch).length,
    unread: source.unread() ?? null,
  });
  return {
    ...{ historyId, epoch, heartbeatAt, redis: reading(redis), snapshots: reading(snapshots) },
    rollback: rollback === undefined ? null : detected(rollback),
  };
};

const detected = ({
  detectedAt,
  lossMs,
  scope,
  mark,
}: NonNullable<CheckedLine['rollback']>): NonNullable<HistoryStatus['rollback']> => {
  const { source, eventId, is, at } = mark;
  return { detectedAt, lossMs, suspends: scope, mark: { source, eventId, is, at } };
};
