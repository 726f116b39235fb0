import { oldestInManifests } from '@tandem/planning/manifests/oldest-in-manifests.ts';
import { type TakenManifest, takeManifest } from '@tandem/planning/manifests/take-manifest.ts';
import type { PartManifest, PartRecord } from '@tandem/shared/domain/backup/backup.ts';
import type { OldestIndex } from '@tandem/shared/domain/backup/state/compatibility.ts';
import { cutList } from '@tandem/shared/domain/cut-list.ts';
import { isFailure } from '@tandem/shared/domain/failure/failure.ts';
import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import type { ClaimedOperation } from '@tandem/shared/domain/operation/claimed-operation.ts';
import type { UnrecordedIndex } from '@tandem/shared/domain/restore/manifest/manifest.ts';
import type { CreateJob } from '../context.ts';

/**
 * Taken once, before the first create of the part is sent: that create may still arrive after a retry, and an older manifest is only less
 * exact, never wrong.
 */
export const manifestBefore = async (
  job: CreateJob,
  operation: ClaimedOperation,
  part: PartRecord,
  indices: readonly string[],
): Promise<{ readonly manifest?: PartManifest; readonly oldestIndex?: OldestIndex }> => {
  if (part.state !== 'PLANNED' && part.manifest !== undefined)
    return {
      manifest: part.manifest,
      ...omitUndefined({ oldestIndex: await oldestRecorded(job, part, part.manifest) }),
    };
  const before = await unlessRefused(job, operation, indices, 'before');
  if (typeof before === 'string') return {};
  const { digest, oldestIndex } = before;
  return { manifest: { before: digest, after: undefined }, ...omitUndefined({ oldestIndex }) };
};

/** An earlier version recorded the manifest alone. */
const oldestRecorded = async (
  { history }: CreateJob,
  { oldestIndex }: PartRecord,
  { before }: PartManifest,
): Promise<OldestIndex | undefined> => oldestIndex ?? (await oldestInManifests(history, [before])).get(before);

export type PartAfterwards = {
  readonly facts: { readonly manifest?: PartManifest; readonly bytes?: number };
  /** What a restore will be unable to compare, for the event at the end of the part. Undefined: it can compare everything. */
  readonly unmeasured: { readonly count: number; readonly indices: readonly UnrecordedIndex[] } | undefined;
};

export const manifestAfter = async (
  job: CreateJob,
  operation: ClaimedOperation,
  { manifest, indices }: PartRecord,
): Promise<PartAfterwards> => {
  const all = (reason: string): PartAfterwards => ({
    facts: {},
    unmeasured: listed(indices.map((index) => ({ index, reason }))),
  });
  if (manifest === undefined) return all('nothing was recorded before the part');
  const after = await unlessRefused(job, operation, indices, 'after');
  if (typeof after === 'string') return all(after);
  return {
    facts: { manifest: { ...manifest, after: after.digest }, bytes: after.bytes },
    unmeasured: listed(after.unrecorded),
  };
};

const MAX_LISTED = 20;

const listed = (indices: readonly UnrecordedIndex[]): PartAfterwards['unmeasured'] =>
  indices.length === 0 ? undefined : cutList('indices', indices, { max: MAX_LISTED });

/** A backup without a manifest is still a backup, so it continues. A restore reports that it could not be compared. */
const unlessRefused = async (
  { engine, history, log }: CreateJob,
  { operationId, requestId, backup }: ClaimedOperation,
  indices: readonly string[],
  when: 'before' | 'after',
): Promise<TakenManifest | string> => {
  try {
    return await takeManifest({ engine, history }, backup.indexPrefix, indices, when);
  } catch (error) {
    if (!isFailure(error) || error.code === 'HISTORY_UNREACHABLE') throw error;
    log.warn({ operationId, requestId, backupId: backup.backupId, err: error }, 'no manifest taken');
    return error.message;
  }
};
