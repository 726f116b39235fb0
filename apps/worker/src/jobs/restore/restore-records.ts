import type { NewAttempt } from '@tandem/history/ports/ledger.ts';
import type { Reason } from '@tandem/shared/domain/failure/reason.ts';
import type { EventKind, NewEvent } from '@tandem/shared/domain/history/event.ts';
import type { RestoreMemory } from '@tandem/shared/domain/restore/run/restore-memory.ts';
import { backupEvent } from '../events.ts';
import type { RestoreTick } from './context.ts';

type Known = Omit<RestoreTick, 'tools' | 'seen'>;

/** The changed memory, which replaces that in the operation's detail. */
export const remember = ({ detail }: Known, change: Partial<RestoreMemory>) => ({
  memory: { ...detail.memory, ...change },
});

/** Milliseconds since the start, or since the last retry. */
export const elapsedMs = ({ operation, detail }: Known): number =>
  operation.now.getTime() - new Date(detail.memory.startedAt ?? operation.now).getTime();

type Word = 'step' | 'completed' | 'failed' | 'cancelled';

/** `restore.failed` of a restore is `rehearsal.failed` of a rehearsal. */
export const restoreEvent = (
  { job, operation, detail }: Known,
  word: Word,
  more: { readonly reason?: string; readonly after?: object } = {},
): NewEvent => {
  const kind: EventKind = detail.task.copy ? `rehearsal.${word}` : `restore.${word}`;
  return backupEvent(job.actor, operation, kind, more);
};

export const indexRemovedEvent = ({ job, operation }: Known, indices: readonly string[], why: string): NewEvent =>
  backupEvent(job.actor, operation, 'index.removed', { reason: why, after: { indices } });

/** An attempt at one part, or at the complete restore if `part` is undefined. Undefined `reason`: success. */
export const restoreAttempt = (
  { job, operation, detail }: Known,
  part: number | undefined,
  reason: Reason | undefined,
): NewAttempt => ({
  part,
  trigger: operation.trigger,
  actor: job.actor,
  errorClass: reason === undefined ? undefined : 'terminal',
  reason,
  startedAt: detail.memory.startedAt === undefined ? operation.now : new Date(detail.memory.startedAt),
  nextInMs: undefined,
});
