import type { OperationFilter } from '@tandem/history/ports/operations.ts';
import type { BulkRetryRequest } from '@tandem/shared/contract/operations.ts';
import type { OperationKind } from '@tandem/shared/domain/backup/backup.ts';
import type { RequestContext } from '../http/route.ts';
import { type Operate, retry } from './operate.ts';
import { previewBulk, runBulk } from './run-bulk.ts';

/** Nothing is deleted by a retry of many unless deletions are named, and a restore is always decided by itself. */
const UNNAMED: readonly OperationKind[] = ['create', 'rehearse'];

const failed = ({ filter }: BulkRetryRequest): OperationFilter => ({
  states: ['FAILED'],
  kinds: filter.kind?.filter((kind) => kind !== 'restore') ?? UNNAMED,
  ...(filter.backupId === undefined ? {} : { backupId: filter.backupId }),
  ...(filter.failureClass === undefined ? {} : { errorClass: filter.failureClass }),
});

/** What would be retried. */
export const previewRetry = async (deps: Operate, request: BulkRetryRequest) => {
  const { count, more, shown, deletes, token } = await previewBulk(deps, failed(request));
  return { count, more, operationIds: shown.map(({ operationId }) => operationId), deletes, token };
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
