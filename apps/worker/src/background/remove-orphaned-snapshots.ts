import { checkedBeforeSend } from '@tandem/engine/calls-port.ts';
import type { SearchEngine } from '@tandem/engine/port.ts';
import type { EventHistory } from '@tandem/history/ports/events.ts';
import type { OperationHistory, SettledCreate } from '@tandem/history/ports/operations.ts';
import type { Logger } from '@tandem/runtime/logging/logger.ts';
import type { ProblemLog } from '@tandem/runtime/logging/problem-log.ts';
import type { Snapshot } from '@tandem/shared/domain/backup/snapshot.ts';
import { backupIdOf } from '@tandem/shared/domain/backup/snapshot-name.ts';
import { isFailure } from '@tandem/shared/domain/failure/failure.ts';
import type { Actor, EventKind } from '@tandem/shared/domain/history/event.ts';
import { deleteSnapshot } from '../jobs/delete/snapshot.ts';

export type RemoveOrphanedSnapshots = {
  readonly history: Pick<OperationHistory, 'settledCreates'> & Pick<EventHistory, 'appendEvents'>;
  readonly engine: SearchEngine;
  readonly actor: Actor;
  readonly log: Logger;
  /** How long after the end of a create its late snapshots are still searched for. */
  readonly withinMs: number;
  /** Throws where another process may have taken over. */
  readonly assertHeld: () => void;
  /** Uuids whose deletion was recorded: a process records one that fails again and again once. */
  readonly intended: Set<string>;
  readonly problems: ProblemLog;
};

const AT_ONCE = 100;

/**
 * A worker that slept may have sent a create after its operation had been cancelled or its backup deleted. Removes snapshots whose
 * metadata names such an operation, except those that were recorded and kept; snapshots of other owners stay. Returns how many it removed. Rejects
 * as `assertHeld` and the history do.
 */
export const removeOrphanedSnapshots = async (deps: RemoveOrphanedSnapshots): Promise<number> => {
  const creates = await deps.history.settledCreates(deps.withinMs, AT_ONCE);
  const endRound = deps.problems.round();
  let removed = 0;
  for (const create of creates) removed += await removeOf(deps, create);
  endRound();
  return removed;
};

const removeOf = async (deps: RemoveOrphanedSnapshots, create: SettledCreate): Promise<number> => {
  const { operationId, parts } = create;
  let removed = 0;
  try {
    const names = parts.map(({ snapshotName }) => snapshotName);
    for (const orphan of await orphansOf(deps, create, names))
      removed += (await removeOne(deps, create, orphan)) ? 1 : 0;
  } catch (error) {
    if (!isFailure(error) || isFailure(error, 'HISTORY_UNREACHABLE')) throw error;
    const facts = { operationId, backupId: backupOf(create), err: error };
    deps.problems.met(operationId, facts, 'late snapshots of an operation that ended not removed');
  }
  return removed;
};

const orphansOf = async (
  { engine }: RemoveOrphanedSnapshots,
  create: SettledCreate,
  names: readonly string[],
): Promise<readonly Snapshot[]> =>
  (await engine.findSnapshots(create.location.repository, names)).filter((snapshot) => isOrphan(create, snapshot));

const isOrphan = ({ operationId, parts }: SettledCreate, { name, uuid, owner }: Snapshot): boolean =>
  owner?.operationId === operationId && parts.every(({ snapshotName, kept }) => snapshotName !== name || kept !== uuid);

/** An engine deletes by name: whether it is still the one that was found is read again right before. */
const removeOne = async (
  deps: RemoveOrphanedSnapshots,
  create: SettledCreate,
  { name, uuid }: Snapshot,
): Promise<boolean> => {
  const { engine, log } = deps;
  const { operationId, location } = create;
  if (!deps.intended.has(uuid)) await tell(deps, create, 'snapshot.removing', { name, uuid });
  deps.intended.add(uuid);
  const now = await orphansOf(deps, create, [name]);
  if (now.every((snapshot) => snapshot.uuid !== uuid)) return false;
  deps.assertHeld();
  await checkedBeforeSend(deps.assertHeld, () => deleteSnapshot(engine, location.repository, name));
  log.warn(
    { operationId, backupId: backupOf(create), snapshot: name, uuid },
    'removed a snapshot that came late from an operation that had ended',
  );
  await tell(deps, create, 'snapshot.removed', { name, uuid });
  return true;
};

const backupOf = ({ parts }: SettledCreate): string | undefined =>
  parts.map(({ snapshotName }) => backupIdOf(snapshotName)).find((id) => id !== undefined);

const tell = (
  { history, actor }: RemoveOrphanedSnapshots,
  { operationId }: SettledCreate,
  kind: EventKind,
  { name, uuid }: Pick<Snapshot, 'name' | 'uuid'>,
): Promise<void> => {
  const reason = 'It was made late by an operation that had been cancelled, or whose backup had been deleted.';
  const after = { operationId, snapshot: name, uuid };
  return history.appendEvents([{ kind, actor, source: 'sweep', reason, backupId: backupIdOf(name), after }]);
};
