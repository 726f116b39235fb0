import { readManifests } from '@tandem/planning/manifests/read-manifests.ts';
import {
  deletionCheck,
  type SavedOperations,
  savedOperations,
} from '@tandem/shared/domain/backup/delete/deletion-check.ts';
import type { Reason } from '@tandem/shared/domain/failure/reason.ts';
import type { IndexFacts } from '@tandem/shared/domain/restore/manifest/index-facts.ts';
import type { RestoreTick } from '../context.ts';

/**
 * Measures the indices again immediately before they are deleted. Returns why none of them may be deleted: documents were written since the
 * safety backup or, without one, since the plan. Undefined: their contents are those that were saved or reviewed.
 */
export const writtenSince = async (
  { job, detail }: Pick<RestoreTick, 'job' | 'detail'>,
  there: readonly Pick<IndexFacts, 'name' | 'open'>[],
): Promise<Reason | undefined> => {
  const { deletes, acceptUnsaved = [], safetyBackupId } = detail.task;
  // measured last, to see as many writes as possible
  const saved = safetyBackupId === undefined ? new Map<string, SavedOperations>() : await savedIn(job, safetyBackupId);
  const measured = await job.engine.readOperations(there.map(({ name }) => name));
  const now = new Map(measured.map(({ name, operations }) => [name, operations]));
  const planned = new Map(deletes.map(({ index, operations }) => [index, operations]));
  return deletionCheck({
    indices: there.map(({ name, open }) => ({
      ...{ index: name, open, operations: now.get(name) },
      ...{ planned: planned.get(name), saved: saved.get(name) },
    })),
    hasSafetyBackup: safetyBackupId !== undefined,
    acceptUnsaved,
    begun: detail.memory.written,
  });
};

/** By index; empty if that backup is not recorded or no longer recorded. */
const savedIn = async (
  { history }: RestoreTick['job'],
  safetyBackupId: string,
): Promise<ReadonlyMap<string, SavedOperations>> => {
  const { parts } = (await history.findBackupWithDeleted(safetyBackupId, undefined)) ?? { parts: [] };
  const { byPart } = await readManifests(history, parts);
  return new Map(
    parts.flatMap(({ number, indices }) =>
      indices.map((index) => [index, savedOperations(index, byPart.get(number))] as const),
    ),
  );
};
