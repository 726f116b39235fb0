import type { SearchEngine } from '@tandem/engine/port.ts';
import type { OperationHistory, SettledCreate } from '@tandem/history/operations-port.ts';
import type { BackupHistory } from '@tandem/history/port.ts';
import type { Logger } from '@tandem/runtime/logger.ts';
import type { Actor } from '@tandem/shared/domain/event.ts';
import { isFailure } from '@tandem/shared/domain/failure.ts';
import { optimize } from '@tandem/shared/domain/profile.ts';
import type { Snapshot } from '@tandem/shared/domain/snapshot.ts';
import { parseSnapshotName } from '@tandem/shared/domain/snapshot-name.ts';
import { deleteSnapshot } from './jobs/delete-snapshot.ts';

export type RemoveStrays = {
  readonly history: Pick<OperationHistory, 'settledCreates'> & Pick<BackupHistory, 'appendEvents'>;
  readonly engine: SearchEngine;
  readonly actor: Actor;
  readonly log: Logger;
  /** How long after the end of a create a late one of it is still looked for. */
  readonly withinMs: number;
};

const AT_ONCE = 100;

/**
 * A worker that slept may have sent a create after its operation had been cancelled or its backup deleted. Removes snapshots whose
 * metadata names such an operation; one that was recorded and kept stays, and so does everybody else's. Answers how many went.
 */
export const removeStrays = async (deps: RemoveStrays): Promise<number> => {
  const creates = await deps.history.settledCreates(deps.withinMs, AT_ONCE);
  let removed = 0;
  for (const create of creates) {
    for (const stray of await straysOf(deps, create)) {
      await removeOne(deps, create, stray);
      removed += 1;
    }
  }
  return removed;
};

const straysOf = async ({ engine, log }: RemoveStrays, create: SettledCreate): Promise<readonly Snapshot[]> => {
  const { location, operationId, parts } = create;
  try {
    const names = parts.map(({ snapshotName }) => snapshotName);
    const seen = await engine.findSnapshots(location.repository, names);
    return seen.filter((snapshot) => isStray(create, snapshot));
  } catch (error) {
    if (!isFailure(error)) throw error;
    log.warn({ operationId, err: error }, 'not looked for late snapshots of an operation that ended');
    return [];
  }
};

const isStray = ({ operationId, parts }: SettledCreate, { name, uuid, owner }: Snapshot): boolean =>
  owner?.operationId === operationId && parts.every(({ snapshotName, kept }) => snapshotName !== name || kept !== uuid);

const removeOne = async (
  { engine, history, actor, log }: RemoveStrays,
  { operationId, location }: SettledCreate,
  { name, uuid }: Snapshot,
): Promise<void> => {
  await deleteSnapshot(engine, location.repository, name);
  log.warn({ operationId, snapshot: name, uuid }, 'removed a snapshot that came late from an operation that had ended');
  const reason = 'It was made late by an operation that had been cancelled, or whose backup had been deleted.';
  const backupId = parseSnapshotName(optimize, name)?.backupId;
  const after = { operationId, snapshot: name, uuid };
  await history.appendEvents([{ kind: 'snapshot.removed', actor, source: 'sweep', reason, backupId, after }]);
};
