import type { EventHistory } from '@tandem/history/ports/events.ts';
import type { Failure, FailureCode } from '@tandem/shared/domain/failure/failure.ts';
import { maskCredentials } from '@tandem/shared/domain/identity/mask-credentials.ts';
import type { RequestContext } from '../../http/route.ts';
import type { AfterAnswer } from './after-answer.ts';

type Refused = Parameters<EventHistory['appendEvents']>[0][number];

/** Records an event for each request that a rule refused: the actor, the backup id and the reason. Runs after the response. */
export const refusedRequests = (
  history: Pick<EventHistory, 'appendEvents'>,
  after: AfterAnswer,
): ((failure: Failure, context: RequestContext, input: unknown) => void) => {
  const write = after.batched<Refused>('write refused requests', { limit: 200, max: 10_000 }, (events) =>
    history.appendEvents(events),
  );
  return (failure, { actor, requestId }, input) => {
    if (!eventful.has(failure.code)) return;
    const reason = maskCredentials(`${failure.code}: ${failure.message}`);
    write({ kind: 'backup.refused', actor, source: 'api', requestId, reason, backupId: idIn(input) });
  };
};

/** A request to an unknown path concerns no backup. */
const eventful: ReadonlySet<FailureCode> = new Set([
  'REQUEST_INVALID',
  'BACKUP_ID_INVALID',
  'BACKUP_EXISTS',
  'SNAPSHOT_EXISTS',
  'RESTORE_RUNNING',
  'BACKUP_HELD',
  'REPOSITORY_NOT_CONFIGURED',
  'REPOSITORY_READ_ONLY',
  'REPOSITORY_CHANGED',
]);

/** The requested id, if it is a string; without NUL, which PostgreSQL cannot store. */
const idIn = (input: unknown): string | undefined => {
  const id = typeof input === 'object' && input !== null ? (input as { backupId?: unknown }).backupId : undefined;
  return typeof id === 'string'
    ? maskCredentials(id).replaceAll('\u0000', '\uFFFD').slice(0, 300).toWellFormed()
    : undefined;
};
