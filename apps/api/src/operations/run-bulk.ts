import type { OperationFilter, OperationRecord } from '@tandem/history/ports/operations.ts';
import { cutList } from '@tandem/shared/domain/cut-list.ts';
import { type FailureCode, isFailure } from '@tandem/shared/domain/failure/failure.ts';
import { listPage, type Operate } from './operate.ts';
import { readToken, type Shown, writeToken } from './retry-token.ts';

/** Operations that one run takes; the rest is for another preview. */
const BULK_LIMIT = 1_000;

/** Operations that a preview shows. */
const SHOWN = 100;

/** What one run would take. The token names all of it, so that the run takes nothing else; `deletes`: what deletions among it would delete. */
export const previewBulk = async (deps: Operate, filter: OperationFilter) => {
  const { items, next } = await listPage(deps, filter, undefined, BULK_LIMIT);
  const more = next === undefined ? 0 : Math.max(0, (await deps.history.countOperations(filter)) - items.length);
  const deletions = items.filter(({ kind }) => kind === 'delete').map(({ operationId }) => operationId);
  return {
    ...{ ...cutList('shown', items, { max: SHOWN }), more },
    deletes: deletions.length === 0 ? [] : await deps.history.snapshotsToDelete(deletions),
    token: writeToken(items, filter),
  };
};

export type BulkAction = {
  /** The state that the action is for. */
  readonly state: OperationRecord['state'];
  /** Why it is not for one in another state. */
  readonly otherwise: FailureCode;
  readonly act: (operationId: string) => Promise<unknown>;
};

/**
 * One after the other, newest first, those that the preview with that token showed and that are as they were then; what cannot be done says
 * why, and stops none of the others. SKIPPED: it fits the filter, and was not shown so. TOKEN_INVALID.
 */
export const runBulk = async (
  deps: Operate,
  filter: OperationFilter,
  token: string,
  { state: wanted, otherwise, act }: BulkAction,
) => {
  const shown = readToken(token, filter);
  const fitting = await fittingNow(deps, filter, shown);
  const operations = [...fitting, ...(await changedSince(deps, shown, fitting))].sort(newestFirst);
  const results: { operationId: string; result: string }[] = [];
  for (const { operationId, position, revision, state } of operations) {
    const isAsShown = state === wanted && shown.get(position) === revision;
    const reasonAgainst = state === wanted ? 'SKIPPED' : otherwise;
    results.push({ operationId, result: isAsShown ? await resultOf(() => act(operationId)) : reasonAgainst });
  }
  return { items: results };
};

const newestFirst = (one: OperationRecord, other: OperationRecord): number =>
  Number(BigInt(other.position) - BigInt(one.position));

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
    const { items, next } = await listPage(deps, filter, after, BULK_LIMIT);
    const isFirst = after === undefined;
    found.push(...items.filter(({ position }) => isFirst || shown.has(position)));
    after = next;
  } while (after !== undefined && oldest !== undefined && BigInt(after) > BigInt(oldest));
  return found;
};

/** Shown, and in another state by now: another request was faster. */
const changedSince = async (
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
