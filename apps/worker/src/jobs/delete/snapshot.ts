import type { SearchEngine } from '@tandem/engine/port.ts';
import { isFailure } from '@tandem/shared/domain/failure/failure.ts';

/** A missing snapshot counts as deleted. Rejects as `SearchEngine.deleteSnapshot` does otherwise. */
export const deleteSnapshot = async (engine: SearchEngine, repository: string, name: string): Promise<void> => {
  try {
    await engine.deleteSnapshot(repository, name);
  } catch (error) {
    if (!isFailure(error, 'SNAPSHOT_NOT_FOUND')) throw error;
  }
};
