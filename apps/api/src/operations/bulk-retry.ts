import type { OperationFilter, OperationRecord } from '@tandem/history/operations-port.ts';
import type { BulkRetryRequest } from '@tandem/shared/contract/operations.ts';
import type { OperationKind } from '@tandem/shared/domain/backup.ts';
import { isFailure } from '@tandem/shared/domain/failure.ts';
import type { RequestContext } from '../http/route.ts';
import { listPage, type Operate, retry } from './operate.ts';
import { readToken, type Shown, writeToken } from './retry-token.ts';

/** Ids that a preview shows. */
const SHOWN = 100;
/** Operations that one run takes; the rest is for another preview. */
const AT_ONCE = 1_000;

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
  const { items, next } = await listPage(deps, filter, undefined, AT_ONCE);
  const operationIds = items.slice(0, SHOWN).map(({ operationId }) => operationId);
  const deletions = items.filter(({ kind }) => kind === 'delete').map(({ operationId }) => operationId);
  return {
    ...{ count: items.length, more: next !== undefined, operationIds },
    deletes: deletions.length === 0 ? [] : await deps.history.snapshotsToDelete(deletions),
    token: writeToken(items, filter),
  };
};

/** One after the other; what cannot be retried says why, and stops none of the others. TOKEN_INVALID. */
export const runRetry = async (deps: Operate, request: BulkRetryRequest, token: string, context: RequestContext) => {
  const filter = failed(request);
  const shown = readToken(token, filter);
  const fitting = await fittingNow(deps, filter, shown);
  const operations = [...fitting, ...(await endedOtherwise(deps, shown, fitting))].sort(newestFirst);
  const asked = { actor: context.actor, reason: request.reason, requestId: context.requestId };
  const results: { operationId: string; result: string }[] = [];
  for (const { operationId, position, revision, state } of operations) {
    const isAsShown = state === 'FAILED' && shown.get(position) === revision;
    const result = isAsShown ? await resultOf(() => retry(deps, operationId, asked)) : reasonAgainst(state);
    results.push({ operationId, result });
  }
  return { items: results };
};

const newestFirst = (one: OperationRecord, other: OperationRecord): number =>
  Number(BigInt(other.position) - BigInt(one.position));

/** It fits, and was not shown: it failed, or failed again, after the preview. */
const reasonAgainst = (state: OperationRecord['state']): string =>
  state === 'FAILED' ? 'SKIPPED' : 'OPERATION_NOT_FAILED';

/** All that were shown and still fit, and of the others as many as a preview would take. */
const fittingNow = async (
  deps: Operate,
  filter: OperationFilter,
  shown: Shown,
): Promise<readonly OperationRecord[]> => {
  const oldest = [...shown.keys()].at(-1);
  const found: OperationRecord[] = [];
  let after: string | undefined;
  do {
    const { items, next } = await listPage(deps, filter, after, AT_ONCE);
    const isFirst = after === undefined;
    found.push(...items.filter(({ position }) => isFirst || shown.has(position)));
    after = next;
  } while (after !== undefined && oldest !== undefined && BigInt(after) > BigInt(oldest));
  return found;
};

/** Shown, and not FAILED any more: somebody else had them retried. */
const endedOtherwise = async (
  { history }: Operate,
  shown: Shown,
  fitting: readonly OperationRecord[],
): Promise<readonly OperationRecord[]> => {
  const known = new Set(fitting.map(({ position }) => position));
  const found: OperationRecord[] = [];
  for (const position of shown.keys()) {
    if (known.has(position)) continue;
    const [operation] = await history.listOperations({}, String(BigInt(position) + 1n), 1);
    if (operation?.position === position) found.push(operation);
  }
  return found;
};

const resultOf = async (task: () => Promise<unknown>): Promise<string> => {
  try {
    await task();
    return 'QUEUED';
  } catch (error) {
    if (isFailure(error) && error.code !== 'HISTORY_UNREACHABLE') return error.code;
    throw error;
  }
};
