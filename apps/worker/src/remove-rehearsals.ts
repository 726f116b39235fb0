import type { IndexEngine } from '@tandem/engine/index-port.ts';
import type { SearchEngine } from '@tandem/engine/port.ts';
import type { BackupHistory } from '@tandem/history/port.ts';
import type { RestoreHistory } from '@tandem/history/restores-port.ts';
import type { Logger } from '@tandem/runtime/logger.ts';
import type { Actor } from '@tandem/shared/domain/event.ts';
import { isFailure } from '@tandem/shared/domain/failure.ts';
import { stepsBeforeDeletion } from '@tandem/shared/domain/index-blocks.ts';
import { rehearsalPrefix } from '@tandem/shared/domain/rehearsal.ts';

export type RemoveRehearsals = {
  readonly history: Pick<RestoreHistory, 'endedRehearsals'> & Pick<BackupHistory, 'appendEvents'>;
  readonly engine: Pick<SearchEngine, 'listIndices'> &
    Pick<IndexEngine, 'deleteIndices' | 'indexRecoveries' | 'setIndexBlock'>;
  readonly actor: Actor;
  readonly log: Logger;
  /** How long after the end of a rehearsal a late copy of it is still looked for. */
  readonly withinMs: number;
};

const AT_ONCE = 100;

/**
 * A worker that slept may have sent a restore of a rehearsal that had ended. Removes the indices under the prefix of such a one, which
 * nothing else uses. Answers how many went.
 */
export const removeRehearsals = async ({
  history,
  engine,
  actor,
  log,
  withinMs,
}: RemoveRehearsals): Promise<number> => {
  let removed = 0;
  for (const { operationId } of await history.endedRehearsals(withinMs, AT_ONCE)) {
    try {
      const left = (await engine.listIndices(rehearsalPrefix(operationId))).map(({ name }) => name);
      if (left.length === 0) continue;
      for (const { block, names } of stepsBeforeDeletion(await engine.indexRecoveries(left))) {
        await engine.setIndexBlock(names, block, 'lift');
      }
      await engine.deleteIndices(left);
      removed += left.length;
      log.warn({ operationId, indices: left }, 'removed indices that came late from a rehearsal that had ended');
      const reason = 'A rehearsal that had ended restored them late.';
      const after = { operationId, indices: left };
      await history.appendEvents([
        { kind: 'index.removed', actor, source: 'sweep', reason, backupId: undefined, after },
      ]);
    } catch (error) {
      if (!isFailure(error)) throw error;
      log.warn({ operationId, err: error }, 'not looked for late indices of a rehearsal');
    }
  }
  return removed;
};
