import type { Schemas } from '../../connect/schemas.ts';
import type { Screen } from '../../output/screen.ts';
import { fields } from '../../output/table.ts';
import { counted, span, when } from '../../output/units.ts';

type HistoryStatus = Schemas['HistoryStatus'];

const marks = ({ read, marks: count, unread }: HistoryStatus['redis']): string => {
  if (unread !== null) return `could not be read: ${unread}`;
  return read ? counted(count, 'mark') : 'not read yet';
};

export const historyStatus = (status: HistoryStatus, { now, ...screen }: Screen): string => {
  const { rollback } = status;
  return fields(
    [
      ['History', status.historyId],
      ['Epoch', status.epoch],
      ['Last marked', when(status.heartbeatAt, now)],
      ['Marks in Redis', marks(status.redis)],
      ['Marks in snapshots', marks(status.snapshots)],
      ['Rolled back', rollback === null ? 'no' : screen.style.bad(`yes, found ${when(rollback.detectedAt, now)}`)],
      ['Lost at most', rollback && span(rollback.lossMs)],
      ['Suspended', rollback && SUSPENDED[rollback.suspends]],
    ],
    { now, ...screen },
  );
};

const SUSPENDED: Readonly<Record<NonNullable<HistoryStatus['rollback']>['suspends'], string>> = {
  everything: 'every operation that was open',
  deletions: 'deletions, and restores that delete',
};
