import type { Hold as HoldAnswer } from '@tandem/shared/contract/labels.ts';
import type { Hold } from '@tandem/shared/domain/backup/hold.ts';
import { type Failure, fail } from '@tandem/shared/domain/failure/failure.ts';
import { actorName } from '@tandem/shared/domain/history/event.ts';

/** As returned by /api/v1. */
export const holdAnswer = (hold: Hold | undefined): HoldAnswer | null => {
  if (hold === undefined) return null;
  const { reason, until, actor, at, requestId } = hold;
  return { reason, until, actor, at, requestId: requestId ?? null };
};

export const heldFailure = (backupId: string, hold: Hold): Failure => {
  const end = hold.until === null ? 'until it is released' : `until ${hold.until}`;
  return fail(
    'BACKUP_HELD',
    `Backup ${backupId} is held ${end} by ${actorName(hold.actor)}, since ${hold.at}: ${JSON.stringify(hold.reason)}. Release it with PATCH /api/v1/backups/${backupId} {"hold": null, "reason": "why"}.`,
    { backupId, hold: holdAnswer(hold) },
  );
};
