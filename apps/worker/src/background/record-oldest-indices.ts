import type { RestoreHistory } from '@tandem/history/ports/restores.ts';
import type { UnrecordedPart, VersionHistory } from '@tandem/history/ports/versions.ts';
import { oldestInManifests } from '@tandem/planning/manifests/oldest-in-manifests.ts';
import type { Logger } from '@tandem/runtime/logging/logger.ts';
import type { BackgroundTask, Term } from './leader.ts';

export type RecordOldestIndices = {
  readonly history: Pick<VersionHistory, 'unrecordedParts' | 'recordOldestIndex'> &
    Pick<RestoreHistory, 'keepContents' | 'readContents'>;
  readonly log: Logger;
};

const AT_ONCE = 200;

/**
 * Records the oldest index of parts that an earlier version recorded without it, from their manifests: whether an engine can restore them depends
 * on it. Parts without a manifest stay as they are. Resolves with how many were recorded; repeated, it records what was left. Rejects between two
 * pages as `assertHeld`, and as the history does.
 */
export const recordOldestIndices = async (
  { history, log }: RecordOldestIndices,
  { assertHeld }: Term,
): Promise<number> => {
  let recorded = 0;
  let page: readonly UnrecordedPart[] = [];
  do {
    assertHeld();
    page = await history.unrecordedParts(page.at(-1), AT_ONCE);
    recorded += await recordPage(history, page);
  } while (page.length === AT_ONCE);
  if (recorded > 0) log.info({ parts: recorded }, 'oldest indices of earlier parts recorded');
  return recorded;
};

const recordPage = async (
  history: RecordOldestIndices['history'],
  page: readonly UnrecordedPart[],
): Promise<number> => {
  const parts = page.flatMap(({ manifest, ...part }) => (manifest === undefined ? [] : [{ ...part, manifest }]));
  const oldest = await oldestInManifests(
    history,
    parts.map(({ manifest }) => manifest),
  );
  let recorded = 0;
  for (const { backupKey, number, manifest } of parts) {
    const oldestIndex = oldest.get(manifest);
    if (oldestIndex === undefined) continue;
    recorded += (await history.recordOldestIndex({ backupKey, number, manifest, oldestIndex })) ? 1 : 0;
  }
  return recorded;
};

/** It runs once in so many intervals of the sweep. */
const SWEEPS = 5;
/** Workers of the version before may still write such parts while they are replaced. */
const AGAIN_MS = 24 * 3_600_000;

/** A process that has recorded all there is rests for a day. `now`: monotonic milliseconds. */
export const oldestIndicesTask = (
  deps: RecordOldestIndices,
  { sweepIntervalMs, now }: { readonly sweepIntervalMs: number; readonly now: () => number },
): BackgroundTask => {
  let doneAt: number | undefined;
  return {
    ...{ name: 'oldest-indices', everyMs: sweepIntervalMs * SWEEPS, leaseMs: sweepIntervalMs * SWEEPS * 3, pause: 3 },
    run: async (term) => {
      if (doneAt !== undefined && now() - doneAt < AGAIN_MS) return;
      await recordOldestIndices(deps, term);
      doneAt = now();
    },
  };
};
