import type { OperationFilter } from '@tandem/history/ports/operations.ts';
import type { BulkRetryRequest } from '@tandem/shared/contract/operations.ts';
import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import type { OperationKind } from '@tandem/shared/domain/operation/operation.ts';
import type { RequestContext } from '../http/route.ts';
import { requireRole } from '../identity/require-role.ts';
import type { Operate } from './operate.ts';
import { retryAs } from './operate-as.ts';
import { previewBulk, runBulk } from './run-bulk.ts';

/** A bulk retry includes deletions only if the filter names them, and never restores, which are retried one by one. */
const UNNAMED: readonly OperationKind[] = ['create', 'rehearse'];

const failed = ({ filter }: BulkRetryRequest): OperationFilter => ({
  states: ['FAILED'],
  kinds: filter.kind?.filter((kind) => kind !== 'restore') ?? UNNAMED,
  ...omitUndefined({ backupId: filter.backupId, errorClass: filter.failureClass }),
});

/** Previews which operations would be retried. */
export const previewRetry = async (deps: Operate, request: BulkRetryRequest) => {
  const { count, more, shown, deletes, token } = await previewBulk(deps, failed(request));
  return { count, more, operationIds: shown.map(({ operationId }) => operationId), deletes, token };
};

/** Retries one operation after the other. One that cannot be retried gets a reason; the others continue. TOKEN_INVALID, FORBIDDEN. */
export const runRetry = async (deps: Operate, request: BulkRetryRequest, token: string, context: RequestContext) => {
  requireRole(context, 'operator', 'Retrying operations');
  return runBulk(deps, failed(request), token, {
    state: 'FAILED',
    otherwise: 'OPERATION_NOT_FAILED',
    act: (operation) => retryAs(deps, context, operation, request.reason),
  });
};
