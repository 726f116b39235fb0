import type { NewSnapshot, SearchEngine } from '@tandem/engine/port.ts';
import type { PartRecord } from '@tandem/shared/domain/backup/backup.ts';
import { isFailure } from '@tandem/shared/domain/failure/failure.ts';
import type { TickTools } from '../../job.ts';

/**
 * Sends a create. Resolves if the engine accepted it, or has the snapshot despite an error response. Rejects with the engine's error, or with
 * the cause that a probe found: a single error type covers a missing shard and a repository that is not writable.
 */
export const sendStart = async (
  engine: SearchEngine,
  snapshot: NewSnapshot,
  part: PartRecord,
  tools: TickTools,
): Promise<void> => {
  try {
    await engine.startSnapshot(snapshot);
  } catch (error) {
    // an index was deleted since the read: no snapshot was created, so the part is planned again
    if (isFailure(error, 'INDEX_NOT_FOUND')) await tools.record({ parts: [{ number: part.number, state: 'PLANNED' }] });
    if (isFailure(error, 'ENGINE_FAILED') && (await isThere(engine, snapshot))) return;
    if (isFailure(error, 'ENGINE_FAILED')) await engine.readRepository(snapshot.repository);
    throw error;
  }
};

/** Something between Tandem and the engine may have responded instead. */
const isThere = async (engine: SearchEngine, { repository, name, owner }: NewSnapshot): Promise<boolean> => {
  const [found] = await engine.findSnapshots(repository, [name]);
  return found?.owner?.operationId === owner.operationId;
};
