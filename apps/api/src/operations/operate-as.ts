import type { OperationRecord } from '@tandem/history/ports/operations.ts';
import { roleToCancel, roleToResume } from '@tandem/shared/domain/identity/operation-roles.ts';
import type { RequestContext } from '../http/route.ts';
import { requireRole } from '../identity/require-role.ts';
import { cancel, findOperation, type Operate, release, retry, stop } from './operate.ts';

/*
 * Retry, release and cancel in the name of a caller, whose role must suffice for what the operation does. As operate.ts, and FORBIDDEN. An
 * operation never changes its kind, so that nothing can come between the check and the act.
 */

export type Named = Pick<OperationRecord, 'operationId' | 'kind'>;

const commandOf = ({ actor, requestId }: RequestContext, reason: string) => ({ actor, requestId, reason });

export const retryAs = async (deps: Operate, context: RequestContext, { operationId, kind }: Named, reason: string) => {
  requireRole(context, roleToResume(kind), `Retrying a ${NOUNS[kind]}`);
  return retry(deps, operationId, commandOf(context, reason));
};

export const releaseAs = async (
  deps: Operate,
  context: RequestContext,
  { operationId, kind }: Named,
  reason: string,
) => {
  requireRole(context, roleToResume(kind), `Releasing a ${NOUNS[kind]}`);
  return release(deps, operationId, commandOf(context, reason));
};

export const cancelAs = async (
  deps: Operate,
  context: RequestContext,
  { operationId, reason, deleteSnapshots }: Cancelling,
): Promise<OperationRecord> => {
  const { kind } = await findOperation(deps, operationId);
  const what =
    kind === 'create' && deleteSnapshots ? 'Deleting the snapshots of a backup' : `Cancelling a ${NOUNS[kind]}`;
  requireRole(context, roleToCancel(kind, deleteSnapshots), what);
  return cancel(deps, operationId, commandOf(context, reason), deleteSnapshots);
};

/** Of restores and rehearsals. */
export const stopAs = async (
  deps: Operate,
  context: RequestContext,
  { operationId, kind }: Named,
  reason: string,
): Promise<OperationRecord> => {
  requireRole(context, roleToCancel(kind, false), `Cancelling a ${NOUNS[kind]}`);
  return stop(deps, operationId, commandOf(context, reason));
};

type Cancelling = { readonly operationId: string; readonly reason: string; readonly deleteSnapshots: boolean };

/** As messages name what an operation is. */
const NOUNS = { create: 'backup', delete: 'deletion', restore: 'restore', rehearse: 'rehearsal' } as const;
