import type { OperationChange } from '@tandem/history/ports/ledger.ts';
import { cutList } from '@tandem/shared/domain/cut-list.ts';
import { type Failure, fail, isFailure } from '@tandem/shared/domain/failure/failure.ts';
import type { BlockStep } from '@tandem/shared/domain/restore/run/restoring.ts';
import type { RestoreTick } from '../context.ts';
import { remember, restoreEvent } from '../restore-records.ts';

/** The last step of a successful restore in place. Rejects BLOCKS_NOT_LIFTED, whatever the engine rejects with. */
export const setSavedBlocks = async (tick: RestoreTick, changes: readonly BlockStep[]): Promise<OperationChange> => {
  const { job } = tick;
  for (const { names, block, change } of changes) {
    await job.engine.setIndexBlock(names, block, change).catch((error: unknown) => {
      throw isFailure(error) && error.code !== 'CLUSTER_CHANGED' ? notLifted(error, names) : error;
    });
  }
  const after = {
    step: 'blocks',
    changes: changes.map(({ block, change, names }) => ({ block, change, indices: names })),
  };
  return {
    detail: remember(tick, { blocksDone: true }),
    events: [restoreEvent(tick, 'step', { after })],
    tries: 'progress',
    outcome: { do: 'wait', inMs: 0 },
  };
};

const notLifted = (error: Failure, names: readonly string[]): Failure =>
  fail(
    'BLOCKS_NOT_LIFTED',
    `Everything was restored and compared well, but the blocks of ${names.length} indices could not be changed: ${error.message}`,
    { ...error.data, engineCode: error.code, ...cutList('indices', names) },
    error,
  );
