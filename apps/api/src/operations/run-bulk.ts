import type { OperationFilter, OperationRecord } from '@tandem/history/ports/operations.ts';
import { cutList } from '@tandem/shared/domain/cut-list.ts';
import { type FailureCode, isFailure } from '@tandem/shared/domain/failure/failure.ts';
import { listPage, type Operate } from './operate.ts';
import { readToken, type Shown, writeToken } from './retry-token.ts';

/** Max operations per run; the others need another preview. */
const BULK_LIMIT = 1_000;

/** Max operations listed in a preview. */
const SHOWN = 100;

/**
 * Previews one run. The token covers exactly these operations, so that the run includes no others; `deletes`: the snapshots that deletions among
 * them would delete.
 */
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
  /** The state that the action requires. */
  readonly state: OperationRecord['state'];
  /** Why an operation in another state is skipped. */
  readonly otherwise: FailureCode;
  readonly act: (operation: OperationRecord) => Promise<unknown>;
};

/**
 * Runs one after the other, newest first, the operations that the preview with that token showed and that are unchanged since. One that fails
 * gets a reason, FORBIDDEN too; the others continue. SKIPPED: it matches the filter but was not in the preview, or has changed. TOKEN_INVALID.
 */
export const runBulk = async (
  deps: Operate,
  filter: OperationFilter,
  token: string,
  { state: required, otherwise, act }: BulkAction,
) => {
  const shown = readToken(token, filter);
  const fitting = await fittingNow(deps, filter, shown);
  const operations = [...fitting, ...(await changedSince(deps, shown, fitting))].sort(newestFirst);
  const results: { operationId: string; result: string }[] = [];
  for (const operation of operations) {
    const { operationId, position, revision, state } = operation;
    const isAsShown = state === required && shown.get(position) === revision;
    const reasonAgainst = state === required ? 'SKIPPED' : otherwise;
    results.push({ operationId, result: isAsShown ? await resultOf(() => act(operation)) : reasonAgainst });
  }
  return { items: results };
};

const newestFirst = (one: OperationRecord, other: OperationRecord): number =>
  Number(BigInt(other.position) - BigInt(one.position));

/** All operations that were shown and still match, and as many of the others as a preview would include. */
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

/** Operations that were shown and are in another state now: another request was faster. */
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
