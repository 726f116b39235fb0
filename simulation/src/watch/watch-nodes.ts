import type { NewSnapshot } from '@tandem/engine/port.ts';
import type { OperationChange } from '@tandem/history/ports/ledger.ts';
import { takenParts } from '@tandem/shared/domain/backup/backup.ts';
import { readMemory } from '@tandem/shared/domain/backup/create/create-memory.ts';
import type { Accepted } from './watched.ts';
import type { Watching } from './watching.ts';

/** Nodes that cannot use a repository, and what was made meanwhile. */
export const watchNodes = ({ now, engine, distrusted, broken }: Watching) => {
  const hiddenSince = new Map<string, number>();
  /** When a worker last recorded that it found such a node, by the name of what an operation may have sent before. */
  const distrustedAt = new Map<string, number>();

  /** A node cannot use it any more, or all can again. */
  const onHidden = (repository: string, isHidden: boolean): void => {
    if (isHidden) hiddenSince.set(repository, now());
    else hiddenSince.delete(repository);
  };

  /** A worker has recorded that it found such a node: nothing that is there by then is kept. */
  const onChanged = (operation: Accepted, { detail = {}, outcome }: OperationChange): void => {
    const { location, parts } = operation.create;
    for (const { number, snapshotName } of parts) {
      if (!readMemory(detail, number).distrusted) continue;
      distrustedAt.set(snapshotName, now());
      const uuid = engine.find(location.repository, snapshotName)?.uuid;
      if (uuid !== undefined) distrusted.add(uuid);
    }
    if (outcome.do === 'end' && outcome.state === 'SUCCEEDED')
      onCompleted(operation, outcome.repositoryCheck?.verified);
  };

  /** The engine has just created it; it may have been sent before the node was found. */
  const onMade = ({ repository, name }: NewSnapshot, sentAt: number): void => {
    const uuid = engine.find(repository, name)?.uuid;
    if (uuid !== undefined && sentAt < (distrustedAt.get(name) ?? 0)) distrusted.add(uuid);
  };

  const onCompleted = ({ create, claimedAt, record }: Accepted, isVerified: boolean | undefined): void => {
    const since = hiddenSince.get(create.location.repository);
    if (isVerified === true && since !== undefined && since < claimedAt)
      broken(
        'shared',
        `${create.backupId} is COMPLETED and verified, and a node could not use the repository since ${since}`,
      );
    for (const { number, uuid } of takenParts(record?.parts ?? []))
      if (uuid !== undefined && distrusted.has(uuid))
        broken(
          'shared',
          `part ${number} of the completed ${create.backupId} was made before a node was found that could not`,
        );
  };

  return { onHidden, onChanged, onMade };
};
