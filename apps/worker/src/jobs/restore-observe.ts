import { readManifests } from '@tandem/planning/read-manifests.ts';
import type { BackupRecord } from '@tandem/shared/domain/backup.ts';
import { isFailure } from '@tandem/shared/domain/failure.ts';
import type { IndexFigures } from '@tandem/shared/domain/index-facts.ts';
import { type Manifests, operationsAtMost } from '@tandem/shared/domain/manifest-difference.ts';
import { type RestoreDetail, type RestorePart, targetNames } from '@tandem/shared/domain/restore-memory.ts';
import { isMeasurable } from '@tandem/shared/domain/restored-index.ts';
import { NOT_MEASURED, type Operations, type SeenIndex } from '@tandem/shared/domain/restoring.ts';
import type { RestoreJob } from './restore.ts';

/** Before the first part is sent nothing there is ours. */
export const targetsSeen = async (
  { engine }: RestoreJob,
  { task, memory }: RestoreDetail,
): Promise<readonly SeenIndex[]> => {
  const sent = task.parts.filter(({ number }) => memory.parts[number] !== undefined);
  return sent.length === 0 ? [] : engine.indexRecoveries(targetNames(sent));
};

/** Read only where the next step may delete what was restored. */
export const operationsSeen = async (
  job: RestoreJob,
  backup: BackupRecord,
  detail: RestoreDetail,
  seen: readonly SeenIndex[],
): Promise<Operations> => {
  const isLost = seen.some(({ failures }) => failures.some(({ lost }) => lost));
  if (seen.length === 0 || (detail.memory.ending === undefined && !isLost)) return NOT_MEASURED;
  const [figures, { byPart }] = await Promise.all([measured(job, seen), readManifests(job.history, backup.parts)]);
  return { now: operationsIn(figures), savedAtMost: operationsSaved(byPart, detail.task.parts) };
};

export const operationsIn = (figures: readonly IndexFigures[]): ReadonlyMap<string, number> =>
  new Map(figures.map(({ name, operations }) => [name, operations]));

const measured = async ({ engine }: RestoreJob, seen: readonly SeenIndex[]): Promise<readonly IndexFigures[]> => {
  const names = seen.filter(isMeasurable).map(({ name }) => name);
  if (names.length === 0) return [];
  try {
    return await engine.measureIndices(names, 'operations-last');
  } catch (error) {
    if (!isFailure(error, ...UNMEASURABLE)) throw error;
    const each = await Promise.all(names.map((name) => measuredAlone(engine, name)));
    return each.flat();
  }
};

/** What may be about a single index. */
const UNMEASURABLE = ['ENGINE_FAILED', 'ENGINE_BLOCKED', 'INDEX_NOT_FOUND'] as const;

const measuredAlone = async (engine: RestoreJob['engine'], name: string): Promise<readonly IndexFigures[]> => {
  try {
    return await engine.measureIndices([name], 'operations-last');
  } catch (error) {
    if (isFailure(error, ...UNMEASURABLE)) return [];
    throw error;
  }
};

/** By target name. The snapshot was taken before its part's second manifest, so that it holds no operation that is not counted there. */
export const operationsSaved = (
  byPart: ReadonlyMap<number, Manifests>,
  parts: readonly RestorePart[],
): ReadonlyMap<string, number> =>
  new Map(
    parts.flatMap(({ number, indices }) => {
      const saved = byPart.get(number);
      return indices.flatMap(({ index, as }) => {
        const most = saved === undefined ? undefined : operationsAtMost(saved, index);
        return most === undefined ? [] : [[as, most] as const];
      });
    }),
  );
