import type { OperationFilter } from '@tandem/history/operations-port.ts';
import type { BulkRetryRequest } from '@tandem/shared/contract/operations.ts';
import type { OperationKind } from '@tandem/shared/domain/backup.ts';
import type { RequestContext } from '../http/route.ts';
import { listPage, type Operate, retry } from './operate.ts';
import { writeToken } from './retry-token.ts';
import { BULK_LIMIT, runBulk } from './run-bulk.ts';

/** Ids that a preview shows. */
const SHOWN = 100;

/** Nothing is deleted by a retry of many unless deletions are named, and a restore is always decided by itself. */
const UNNAMED: readonly OperationKind[] = ['create', 'rehearse'];

const failed = ({ filter }: BulkRetryRequest): OperationFilter => ({
  states: ['FAILED'],
  kinds: filter.kind?.filter((kind) => kind !== 'restore') ?? UNNAMED,
  ...(filter.backupId === undefined ? {} : { backupId: filter.backupId }),
  ...(filter.class === undefined ? {} : { errorClass: filter.class }),
});

/** What would be retried. The token names all of it, so that a run takes nothing else. */
export const previewRetry = async (deps: Operate, request: BulkRetryRequest) => {
  const filter = failed(request);
  const { items, next } = await listPage(deps, filter, undefined, BULK_LIMIT);
  const operationIds = items.slice(0, SHOWN).map(({ operationId }) => operationId);
  const deletions = items.filter(({ kind }) => kind === 'delete').map(({ operationId }) => operationId);
  return {
    ...{ count: items.length, more: next !== undefined, operationIds },
    deletes: deletions.length === 0 ? [] : await deps.history.snapshotsToDelete(deletions),
    token: writeToken(items, filter),
  };
};

/** One after the other; what cannot be retried says why, and stops none of the others. TOKEN_INVALID. */
export const runRetry = (deps: Operate, request: BulkRetryRequest, token: string, context: RequestContext) => {
  const asked = { actor: context.actor, reason: request.reason, requestId: context.requestId };
  return runBulk(deps, failed(request), token, {
    state: 'FAILED',
    otherwise: 'OPERATION_NOT_FAILED',
    act: (operationId) => retry(deps, operationId, asked),
  });
};
