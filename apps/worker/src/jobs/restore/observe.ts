import { eachIndex, OF_ONE_INDEX } from '@tandem/planning/manifests/each-index.ts';
import { readManifests } from '@tandem/planning/manifests/read-manifests.ts';
import type { BackupRecord } from '@tandem/shared/domain/backup/backup.ts';
import type { IndexFigures } from '@tandem/shared/domain/restore/manifest/index-facts.ts';
import type { Manifests } from '@tandem/shared/domain/restore/manifest/manifest.ts';
import { operationsAtMost } from '@tandem/shared/domain/restore/manifest/saved-documents.ts';
import {
  partKey,
  type RestoreDetail,
  type RestorePart,
  type RestoreTask,
  targetNames,
} from '@tandem/shared/domain/restore/run/restore-memory.ts';
import { isMeasurable } from '@tandem/shared/domain/restore/run/restored-index.ts';
import { NOT_MEASURED, type SeenIndex, type WriteCounts } from '@tandem/shared/domain/restore/run/restoring.ts';
import type { RestoreJob } from './context.ts';

/** Before the first part is sent, no index belongs to the restore. */
export const targetsSeen = async (
  { engine }: RestoreJob,
  { task, memory }: RestoreDetail,
): Promise<readonly SeenIndex[]> => {
  const sent = task.parts.filter((part) => memory.parts[partKey(part)] !== undefined);
  return sent.length === 0 ? [] : engine.indexRecoveries(targetNames(sent));
};

/** Read only if the next step may delete restored indices. */
export const operationsSeen = async (
  job: RestoreJob,
  backup: BackupRecord,
  detail: RestoreDetail,
  seen: readonly SeenIndex[],
): Promise<WriteCounts> => {
  if (seen.length === 0 || !mayDelete(detail, seen)) return NOT_MEASURED;
  const [figures, { byPart }] = await Promise.all([
    measured(job, detail.task, seen),
    readManifests(job.history, backup.parts),
  ]);
  return { now: operationsIn(figures), savedAtMost: operationsSaved(byPart, detail.task.parts) };
};

export const operationsIn = (figures: readonly IndexFigures[]): ReadonlyMap<string, number> =>
  new Map(figures.map(({ name, operations }) => [name, operations]));

const mayDelete = ({ task, memory }: RestoreDetail, seen: readonly SeenIndex[]): boolean => {
  if (memory.ending === undefined) return seen.some(({ failures }) => failures.some(({ lost }) => lost));
  return task.copy || memory.ending.state !== 'SUCCEEDED';
};

const measured = async (
  { engine }: RestoreJob,
  { copy }: RestoreTask,
  seen: readonly SeenIndex[],
): Promise<readonly IndexFigures[]> => {
  const names = seen.filter(isMeasurable).map(({ name }) => name);
  const measure = (some: readonly string[]) => engine.measureIndices(some, 'operations-last');
  return (await eachIndex(names, measure, copy ? OF_ONE_INDEX : UNMEASURABLE)).found;
};

/** Waits for shards that are not started: without figures it is unknown whether documents were written. Copies are removed anyway. */
const UNMEASURABLE = ['ENGINE_FAILED', 'ENGINE_BLOCKED', 'INDEX_NOT_FOUND'] as const;

/** By target name. The snapshot was taken before the second manifest of its part, which therefore counts every operation in it. */
export const operationsSaved = (
  byPart: ReadonlyMap<number, Manifests>,
  parts: readonly RestorePart[],
): ReadonlyMap<string, number> =>
  new Map(
    parts.flatMap(({ number, indices }) => {
      const saved = byPart.get(number);
      return indices.flatMap(({ index, as }) => {
        const max = saved === undefined ? undefined : operationsAtMost(saved, index);
        return max === undefined ? [] : [[as, max] as const];
      });
    }),
  );
