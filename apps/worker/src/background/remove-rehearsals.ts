import { checkedBeforeSend } from '@tandem/engine/calls-port.ts';
import type { IndexEngine, IndexRecovery } from '@tandem/engine/index-port.ts';
import type { SearchEngine } from '@tandem/engine/port.ts';
import type { EventHistory } from '@tandem/history/ports/events.ts';
import type { RestoreHistory, RestoreRecord } from '@tandem/history/ports/restores.ts';
import type { Logger } from '@tandem/runtime/logging/logger.ts';
import type { ProblemLog } from '@tandem/runtime/logging/problem-log.ts';
import { isFailure } from '@tandem/shared/domain/failure/failure.ts';
import type { Actor, EventKind } from '@tandem/shared/domain/history/event.ts';
import { isOpen } from '@tandem/shared/domain/operation/operation-state.ts';
import { rehearsalPrefix } from '@tandem/shared/domain/restore/rehearsal.ts';
import { stepsBeforeDeletion } from '@tandem/shared/domain/restore/run/index-blocks.ts';
import { readRestoreDetail } from '@tandem/shared/domain/restore/run/restore-memory.ts';

export type RemoveRehearsals = {
  readonly history: Pick<RestoreHistory, 'endedRehearsals' | 'findRestore' | 'listRestores'> &
    Pick<EventHistory, 'appendEvents'>;
  readonly engine: Pick<SearchEngine, 'listIndices'> &
    Pick<IndexEngine, 'deleteIndices' | 'indexRecoveries' | 'setIndexBlock'>;
  readonly actor: Actor;
  readonly log: Logger;
  /** How long after the end of a rehearsal its late copies are still searched for. */
  readonly withinMs: number;
  /** Throws if another process may have taken over. */
  readonly assertHeld: () => void;
  /** Uuids whose deletion was recorded: a process records one that fails again and again once. */
  readonly intended: Set<string>;
  readonly problems: ProblemLog;
};

const AT_ONCE = 100;

/** A rehearsal whose copies must not stay. */
type Rehearsal = {
  readonly operationId: string;
  readonly backupId: string;
  /** Undefined: it has ended, so any index with its prefix was restored late. */
  readonly suspended: RestoreRecord | undefined;
};

/**
 * A worker that slept may have sent a restore of a rehearsal that had ended, and a suspended rehearsal cannot roll back what it restored.
 * Removes the indices with the prefix of such a rehearsal, which nothing else uses; of a suspended one only those restored from its snapshots.
 * Returns how many it removed.
 */
export const removeRehearsals = async (deps: RemoveRehearsals): Promise<number> => {
  const { history, withinMs, problems } = deps;
  const [ended, suspended] = await Promise.all([
    history.endedRehearsals(withinMs, AT_ONCE),
    history.listRestores({ kinds: ['rehearse'], states: ['SUSPENDED'] }, undefined, AT_ONCE),
  ]);
  const rehearsals: readonly Rehearsal[] = [
    ...ended.map(({ operationId, backupId }) => ({ operationId, backupId, suspended: undefined })),
    ...suspended.map((record) => ({ operationId: record.operationId, backupId: record.backupId, suspended: record })),
  ];
  const endRound = problems.round();
  let removed = 0;
  for (const rehearsal of rehearsals) {
    try {
      removed += await removeCopies(deps, rehearsal);
    } catch (error) {
      if (!isFailure(error) || isFailure(error, 'HISTORY_UNREACHABLE')) throw error;
      const { operationId, backupId } = rehearsal;
      problems.met(operationId, { operationId, backupId, err: error }, 'late indices of a rehearsal not removed');
    }
  }
  endRound();
  return removed;
};

const removeCopies = async (deps: RemoveRehearsals, rehearsal: Rehearsal): Promise<number> => {
  const { engine, log } = deps;
  const found = (await engine.listIndices(rehearsalPrefix(rehearsal.operationId))).map(({ name }) => name);
  const copies = await copiesOf(deps, rehearsal, found);
  if (copies.length === 0) return 0;
  if (!(await isStillObsolete(deps, rehearsal))) return 0;
  await recordIntent(deps, rehearsal, copies);
  for (const { block, names } of stepsBeforeDeletion(copies)) {
    deps.assertHeld();
    await checkedBeforeSend(deps.assertHeld, () => engine.setIndexBlock(names, block, 'lift'));
  }
  if (!(await isStillObsolete(deps, rehearsal))) return 0;
  const indices = await stillThere(deps, rehearsal, copies);
  if (indices.length === 0) return 0;
  deps.assertHeld();
  await checkedBeforeSend(deps.assertHeld, () => engine.deleteIndices(indices));
  log.warn(
    { operationId: rehearsal.operationId, backupId: rehearsal.backupId, indices, reason: reasonOf(rehearsal) },
    'removed indices of a rehearsal',
  );
  await tell(deps, rehearsal, 'index.removed', indices);
  return indices.length;
};

/** Since it was listed, a FAILED one may have been retried or a suspended one released: the indices are in use then. */
const isStillObsolete = async (
  { history }: RemoveRehearsals,
  { operationId, suspended }: Rehearsal,
): Promise<boolean> => {
  const state = (await history.findRestore(operationId))?.state;
  if (state === undefined) return true;
  return suspended === undefined ? !isOpen(state) : state === 'SUSPENDED';
};

const copiesOf = async (
  { engine }: RemoveRehearsals,
  { suspended }: Rehearsal,
  names: readonly string[],
): Promise<readonly IndexRecovery[]> => {
  const there = names.length === 0 ? [] : await engine.indexRecoveries(names);
  return suspended === undefined ? there : there.filter(isCopyOf(suspended));
};

const recordIntent = async (
  deps: RemoveRehearsals,
  rehearsal: Rehearsal,
  copies: readonly IndexRecovery[],
): Promise<void> => {
  const news = copies.filter(({ uuid }) => !deps.intended.has(uuid));
  if (news.length === 0) return;
  await tell(
    deps,
    rehearsal,
    'index.removing',
    news.map(({ name }) => name),
  );
  for (const { uuid } of news) deps.intended.add(uuid);
};

/** Engines delete by name: returns the copies that are still the same indices, read again immediately before. */
const stillThere = async (
  deps: RemoveRehearsals,
  rehearsal: Rehearsal,
  copies: readonly IndexRecovery[],
): Promise<readonly string[]> => {
  const uuids = new Set(copies.map(({ uuid }) => uuid));
  const names = copies.map(({ name }) => name);
  return (await copiesOf(deps, rehearsal, names)).filter(({ uuid }) => uuids.has(uuid)).map(({ name }) => name);
};

const reasonOf = ({ suspended }: Rehearsal): string =>
  suspended === undefined
    ? 'A rehearsal that had ended restored them late.'
    : 'A rehearsal that is suspended had restored them.';

const tell = (
  { history, actor }: RemoveRehearsals,
  rehearsal: Rehearsal,
  kind: EventKind,
  indices: readonly string[],
): Promise<void> => {
  const { operationId, suspended } = rehearsal;
  const after = { operationId, indices };
  const backupId = suspended?.backupId;
  return history.appendEvents([{ kind, actor, source: 'sweep', reason: reasonOf(rehearsal), backupId, after }]);
};

/** False for an index that the engine restored from another snapshot. */
const isCopyOf = ({ repository, detail }: RestoreRecord) => {
  const snapshots = new Set(readRestoreDetail(detail).task.parts.map(({ snapshot }) => snapshot));
  return ({ source }: IndexRecovery): boolean =>
    source === undefined || (source.repository === repository && snapshots.has(source.snapshot));
};
