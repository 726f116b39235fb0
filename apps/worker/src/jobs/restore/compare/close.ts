import { isFailure } from '@tandem/shared/domain/failure/failure.ts';
import type { IndexFacts } from '@tandem/shared/domain/restore/manifest/index-facts.ts';
import type { Manifests } from '@tandem/shared/domain/restore/manifest/manifest.ts';
import { wasClosed } from '@tandem/shared/domain/restore/manifest/saved-closed.ts';
import type { RestoreReport } from '@tandem/shared/domain/restore/run/restore-memory.ts';
import type { RestoreTick } from '../context.ts';
import { restoreEvent } from '../restore-records.ts';

/**
 * Closes again the indices that were closed in the backup, once all are compared. If the engine refuses, the report says so: the data is
 * restored, and a successful restore is not rolled back for it. After a tick that was interrupted after the call, they are already closed.
 */
export const closeAgain = async (
  tick: RestoreTick,
  restored: readonly IndexFacts[],
  saved: ReadonlyMap<number, Manifests>,
): Promise<Pick<RestoreReport, 'notClosed'>> => {
  const { job, detail, tools } = tick;
  if (detail.task.copy) return {};
  const savedClosed = new Set(
    detail.task.parts.flatMap(({ number, indices }) => {
      const manifests = saved.get(number);
      return manifests === undefined
        ? []
        : indices.filter(({ index }) => wasClosed(manifests, index)).map(({ as }) => as);
    }),
  );
  const indices = restored.filter(({ name, open }) => open && savedClosed.has(name)).map(({ name }) => name);
  if (indices.length === 0) return {};
  await tools.record({ events: [restoreEvent(tick, 'step', { after: { step: 'close', indices } })] });
  try {
    await job.engine.closeIndices(indices);
    return {};
  } catch (error) {
    if (!isFailure(error, 'ENGINE_REFUSED', 'ENGINE_BLOCKED', 'ENGINE_FAILED', 'ENGINE_FORBIDDEN')) throw error;
    const open = (await job.engine.describeIndices(indices)).filter((index) => index.open).map(({ name }) => name);
    return open.length === 0 ? {} : { notClosed: [{ indices: open, reason: error.message }] };
  }
};
