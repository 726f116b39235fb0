import type { OperationFilter, OperationRecord } from '@tandem/history/operations-port.ts';
import type { BulkReleaseRequest } from '@tandem/shared/contract/operations.ts';
import type { OperationKind } from '@tandem/shared/domain/backup.ts';
import { isReleasable } from '@tandem/shared/domain/suspension.ts';
import type { RequestContext } from '../http/route.ts';
import { listPage, type Operate, release } from './operate.ts';
import { suspensionAnswer } from './operation-answer.ts';
import { writeToken } from './retry-token.ts';
import { BULK_LIMIT, runBulk } from './run-bulk.ts';

/** Operations that a preview shows. */
const SHOWN = 100;

/** Nothing is deleted by a release of many unless deletions are named. */
const UNNAMED: readonly OperationKind[] = ['create'];

const suspended = ({ filter }: BulkReleaseRequest): OperationFilter => ({
  states: ['SUSPENDED'],
  kinds: filter.kind?.filter(isReleasable) ?? UNNAMED,
  ...(filter.backupId === undefined ? {} : { backupId: filter.backupId }),
});

/** What would be released. The token names all of it, so that a run takes nothing else. */
export const previewRelease = async (deps: Operate, request: BulkReleaseRequest) => {
  const filter = suspended(request);
  const { items, next } = await listPage(deps, filter, undefined, BULK_LIMIT);
  const deletions = items.filter(({ kind }) => kind === 'delete').map(({ operationId }) => operationId);
  return {
    ...{ count: items.length, more: next !== undefined },
    operations: items.slice(0, SHOWN).map(summary),
    deletes: deletions.length === 0 ? [] : await deps.history.snapshotsToDelete(deletions),
    token: writeToken(items, filter),
  };
};

const summary = (operation: OperationRecord) => {
  const { operationId, kind, backupId, requestedAt } = operation;
  const suspension = suspensionAnswer(operation);
  return { operationId, kind, backupId, requestedAt: requestedAt.toISOString(), suspension };
};

/** One after the other; what cannot be released says why, and stops none of the others. TOKEN_INVALID. */
export const runRelease = (deps: Operate, request: BulkReleaseRequest, token: string, context: RequestContext) => {
  const asked = { actor: context.actor, reason: request.reason, requestId: context.requestId };
  return runBulk(deps, suspended(request), token, {
    state: 'SUSPENDED',
    otherwise: 'OPERATION_NOT_SUSPENDED',
    act: (operationId) => release(deps, operationId, asked),
  });
};
