import { type TakenManifest, takeManifest } from '@tandem/planning/take-manifest.ts';
import type { ClaimedOperation, PartManifest, PartRecord } from '@tandem/shared/domain/backup.ts';
import { isFailure } from '@tandem/shared/domain/failure.ts';
import type { CreateJob } from './create.ts';

/**
 * Taken once, before the first create of the part is sent: one that is sent again may still arrive from then, and a manifest that is older
 * than need be is only less exact, never wrong.
 */
export const manifestBefore = async (
  job: CreateJob,
  operation: ClaimedOperation,
  part: PartRecord,
  indices: readonly string[],
): Promise<{ readonly manifest?: PartManifest }> => {
  if (part.state !== 'PLANNED' && part.manifest !== undefined) return { manifest: part.manifest };
  const before = await unlessRefused(job, operation, indices, 'before');
  return before === undefined ? {} : { manifest: { before: before.digest, after: undefined } };
};

export const manifestAfter = async (
  job: CreateJob,
  operation: ClaimedOperation,
  { manifest, indices }: PartRecord,
): Promise<{ readonly manifest?: PartManifest; readonly bytes?: number }> => {
  if (manifest === undefined) return {};
  const after = await unlessRefused(job, operation, indices, 'after');
  return after === undefined ? {} : { manifest: { ...manifest, after: after.digest }, bytes: after.bytes };
};

/** A backup that cannot be described is still a backup: it goes on without. A restore says that it could not be compared. */
const unlessRefused = async (
  { engine, history, log }: CreateJob,
  { operationId, requestId, backup }: ClaimedOperation,
  indices: readonly string[],
  when: 'before' | 'after',
): Promise<TakenManifest | undefined> => {
  try {
    return await takeManifest({ engine, history }, backup.indexPrefix, indices, when);
  } catch (error) {
    if (!isFailure(error) || isFailure(error, 'HISTORY_UNREACHABLE')) throw error;
    log.warn({ operationId, requestId, backupId: backup.backupId, err: error }, 'no manifest taken');
    return undefined;
  }
};
