import type { IndexEngine, IndexRecovery } from '@tandem/engine/index-port.ts';
import type { SearchEngine } from '@tandem/engine/port.ts';
import type { BackupHistory } from '@tandem/history/port.ts';
import type { RestoreHistory, RestoreRecord } from '@tandem/history/restores-port.ts';
import type { Logger } from '@tandem/runtime/logger.ts';
import type { Actor } from '@tandem/shared/domain/event.ts';
import { isFailure } from '@tandem/shared/domain/failure.ts';
import { stepsBeforeDeletion } from '@tandem/shared/domain/index-blocks.ts';
import { rehearsalPrefix } from '@tandem/shared/domain/rehearsal.ts';
import { readRestoreDetail } from '@tandem/shared/domain/restore-memory.ts';

export type RemoveRehearsals = {
  readonly history: Pick<RestoreHistory, 'endedRehearsals' | 'listRestores'> & Pick<BackupHistory, 'appendEvents'>;
  readonly engine: Pick<SearchEngine, 'listIndices'> &
    Pick<IndexEngine, 'deleteIndices' | 'indexRecoveries' | 'setIndexBlock'>;
  readonly actor: Actor;
  readonly log: Logger;
  /** How long after the end of a rehearsal a late copy of it is still looked for. */
  readonly withinMs: number;
};

const AT_ONCE = 100;

/** A rehearsal whose copies must not stay. */
type Rehearsal = {
  readonly operationId: string;
  /** Undefined: it has ended, so that whatever has its prefix came late. */
  readonly suspended: RestoreRecord | undefined;
};

/**
 * A worker that slept may have sent a restore of a rehearsal that had ended, and a suspended rehearsal cannot roll back what it restored.
 * Removes the indices under the prefix of such a one, which nothing else uses; of a suspended one those that came from its snapshots.
 * Answers how many went.
 */
export const removeRehearsals = async (deps: RemoveRehearsals): Promise<number> => {
  const { history, withinMs, log } = deps;
  const [ended, suspended] = await Promise.all([
    history.endedRehearsals(withinMs, AT_ONCE),
    history.listRestores({ kinds: ['rehearse'], states: ['SUSPENDED'] }, undefined, AT_ONCE),
  ]);
  const rehearsals: readonly Rehearsal[] = [
    ...ended.map(({ operationId }) => ({ operationId, suspended: undefined })),
    ...suspended.map((record) => ({ operationId: record.operationId, suspended: record })),
  ];
  let removed = 0;
  for (const rehearsal of rehearsals) {
    try {
      removed += await removeCopies(deps, rehearsal);
    } catch (error) {
      if (!isFailure(error)) throw error;
      log.warn({ operationId: rehearsal.operationId, err: error }, 'not looked for late indices of a rehearsal');
    }
  }
  return removed;
};

const removeCopies = async (deps: RemoveRehearsals, { operationId, suspended }: Rehearsal): Promise<number> => {
  const { engine, history, actor, log } = deps;
  const found = (await engine.listIndices(rehearsalPrefix(operationId))).map(({ name }) => name);
  const there = found.length === 0 ? [] : await engine.indexRecoveries(found);
  const copies = suspended === undefined ? there : there.filter(isCopyOf(suspended));
  const indices = copies.map(({ name }) => name);
  if (indices.length === 0) return 0;
  for (const { block, names } of stepsBeforeDeletion(copies)) await engine.setIndexBlock(names, block, 'lift');
  await engine.deleteIndices(indices);
  const reason =
    suspended === undefined
      ? 'A rehearsal that had ended restored them late.'
      : 'A rehearsal that is suspended had restored them.';
  log.warn({ operationId, indices, reason }, 'removed indices of a rehearsal');
  const after = { operationId, indices };
  const backupId = suspended?.backupId;
  await history.appendEvents([{ kind: 'index.removed', actor, source: 'sweep', reason, backupId, after }]);
  return indices.length;
};

/** An index of which the engine says that it came from another snapshot is not one of them. */
const isCopyOf = ({ repository, detail }: RestoreRecord) => {
  const snapshots = new Set(readRestoreDetail(detail).task.parts.map(({ snapshot }) => snapshot));
  return ({ source }: IndexRecovery): boolean =>
    source === undefined || (source.repository === repository && snapshots.has(source.snapshot));
};
