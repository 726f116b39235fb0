import type { OperationFilter, OperationRecord } from '@tandem/history/ports/operations.ts';
import type { BulkReleaseRequest } from '@tandem/shared/contract/operations.ts';
import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import type { OperationKind } from '@tandem/shared/domain/operation/operation.ts';
import { isReleasable } from '@tandem/shared/domain/operation/suspension.ts';
import type { RequestContext } from '../http/route.ts';
import { requireRole } from '../identity/require-role.ts';
import type { Operate } from './operate.ts';
import { releaseAs } from './operate-as.ts';
import { suspensionAnswer } from './operation-answer.ts';
import { previewBulk, runBulk } from './run-bulk.ts';

/** A bulk release includes deletions only if the filter names them. */
const UNNAMED: readonly OperationKind[] = ['create'];

const suspended = ({ filter }: BulkReleaseRequest): OperationFilter => ({
  states: ['SUSPENDED'],
  kinds: filter.kind?.filter(isReleasable) ?? UNNAMED,
  ...omitUndefined({ backupId: filter.backupId }),
});

/** Previews which operations would be released. */
export const previewRelease = async (deps: Operate, request: BulkReleaseRequest) => {
  const { count, more, shown, deletes, token } = await previewBulk(deps, suspended(request));
  return { count, more, operations: shown.map(summary), deletes, token };
};

const summary = (operation: OperationRecord) => {
  const { operationId, kind, backupId, requestedAt } = operation;
  const suspension = suspensionAnswer(operation);
  return { operationId, kind, backupId, requestedAt: requestedAt.toISOString(), suspension };
};

/** Releases one operation after the other. One that cannot be released gets a reason; the others continue. TOKEN_INVALID, FORBIDDEN. */
export const runRelease = async (
  deps: Operate,
  request: BulkReleaseRequest,
  token: string,
  context: RequestContext,
) => {
  requireRole(context, 'operator', 'Releasing operations');
  return runBulk(deps, suspended(request), token, {
    state: 'SUSPENDED',
    otherwise: 'OPERATION_NOT_SUSPENDED',
    act: (operation) => releaseAs(deps, context, operation, request.reason),
  });
};
