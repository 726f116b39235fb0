import type { NewSnapshot, SearchEngine } from '@tandem/engine/port.ts';
import type { PartRecord } from '@tandem/shared/domain/backup/backup.ts';
import { isFailure } from '@tandem/shared/domain/failure/failure.ts';
import type { TickTools } from '../../job.ts';

/**
 * Sends a create. Resolves when the engine accepted it, or has it although it answered an error. Rejects with what the engine said,
 * or with what a probe found behind it: one error type covers a shard that is not there and a repository that cannot be written.
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
    // an index went since the look: nothing was made, so the part is planned anew
    if (isFailure(error, 'INDEX_NOT_FOUND')) await tools.record({ parts: [{ number: part.number, state: 'PLANNED' }] });
    if (isFailure(error, 'ENGINE_FAILED') && (await isThere(engine, snapshot))) return;
    if (isFailure(error, 'ENGINE_FAILED')) await engine.readRepository(snapshot.repository);
    throw error;
  }
};

/** Something between us and the engine may have answered in its place. */
const isThere = async (engine: SearchEngine, { repository, name, owner }: NewSnapshot): Promise<boolean> => {
  const [found] = await engine.findSnapshots(repository, [name]);
  return found?.owner?.operationId === owner.operationId;
};
