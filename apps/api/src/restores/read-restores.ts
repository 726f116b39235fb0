import type { IndexEngine } from '@tandem/engine/index-port.ts';
import type { OperationHistory } from '@tandem/history/ports/operations.ts';
import type { RestoreHistory, RestoreRecord } from '@tandem/history/ports/restores.ts';
import type { RestoreQuery, RestoreWithProgress } from '@tandem/shared/contract/restores.ts';
import { fail } from '@tandem/shared/domain/failure/failure.ts';
import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import { operationStates, restoreWithProgress } from './restore-answer.ts';
import { readRestoreProgress } from './restore-progress.ts';

export type ReadRestores = {
  readonly history: Pick<RestoreHistory, 'findRestore' | 'listRestores'> & Pick<OperationHistory, 'attemptsOf'>;
  readonly engine: Pick<IndexEngine, 'indexRecoveries'>;
  readonly now: () => Date;
};

/** OPERATION_NOT_FOUND. */
export const findRestore = async (
  { history }: { readonly history: Pick<RestoreHistory, 'findRestore'> },
  id: string,
): Promise<RestoreRecord> => {
  const record = await history.findRestore(id);
  if (record !== undefined) return record;
  throw fail('OPERATION_NOT_FOUND', `No restore or rehearsal has the id ${id}.`, { operationId: id });
};

/** Includes the progress if it is running and the engine responds. OPERATION_NOT_FOUND, HISTORY_UNREACHABLE. */
export const readRestore =
  (deps: ReadRestores) =>
  async (id: string): Promise<RestoreWithProgress> => {
    const record = await findRestore(deps, id);
    const [progress, attempts] = await Promise.all([
      readRestoreProgress(deps.engine, record, deps.now()),
      deps.history.attemptsOf(id),
    ]);
    return restoreWithProgress(record, progress, attempts);
  };

export type RestoreFilter = Pick<RestoreQuery, 'state' | 'kind' | 'backupId'>;

/** The next page after a position, newest first, and the position at which the page after that begins. HISTORY_UNREACHABLE. */
export const listRestores = async (
  { history }: Pick<ReadRestores, 'history'>,
  query: RestoreFilter,
  after: string | undefined,
  limit: number,
): Promise<{ readonly items: readonly RestoreRecord[]; readonly next: string | undefined }> => {
  const { state, kind, backupId } = query;
  const filter = omitUndefined({ kinds: kind, states: state && operationStates(state), backupId });
  const found = await history.listRestores(filter, after, limit + 1);
  const items = found.slice(0, limit);
  return { items, next: found.length > limit ? items.at(-1)?.position : undefined };
};
