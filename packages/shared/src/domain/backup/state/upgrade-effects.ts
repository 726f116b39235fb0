import { canRead, type ReadingEngine, readsAnyIndex, whyUnreadable } from './compatibility.ts';
import type { EngineRelease } from './engine-releases.ts';
import { plainId } from './engine-releases.ts';

/** Versions that are recorded, or those of them that matter. */
export type Versions = { readonly snapshots: readonly number[]; readonly oldestIndices: readonly number[] };

/** What a change of the engine does to what has which version. */
export type UpgradeEffects = {
  readonly unusable: Versions;
  /** It depends on what is not known; `unrecorded`: snapshots of these versions, if the oldest index was not recorded. */
  readonly undecided: Versions & { readonly unrecorded: readonly number[] };
};

/** The target as it certainly reads: a running engine of that kind which is not newer shows more than the listed releases. */
export const readingTarget = (target: EngineRelease, running: ReadingEngine | undefined): EngineRelease => {
  if (running?.kind !== target.kind || target.perhapsUpTo === undefined || running.major > target.major) return target;
  const shown = plainId(running.newestReadable);
  return shown > plainId(target.newestReadable) && shown <= plainId(target.perhapsUpTo)
    ? { ...target, newestReadable: running.newestReadable }
    : target;
};

const isUndecided = (versionId: number, target: EngineRelease): boolean =>
  target.perhapsUpTo !== undefined &&
  whyUnreadable(versionId, target) === 'newer' &&
  canRead(versionId, { ...target, newestReadable: target.perhapsUpTo });

/** Pure: which of the recorded versions an engine could not restore, and of which that is not known. */
export const upgradeEffects = ({ snapshots, oldestIndices }: Versions, target: EngineRelease): UpgradeEffects => {
  const undecided = (versions: readonly number[]) => versions.filter((version) => isUndecided(version, target));
  const unusable = (versions: readonly number[]) =>
    versions.filter((version) => !canRead(version, target) && !isUndecided(version, target));
  return {
    unusable: { snapshots: unusable(snapshots), oldestIndices: unusable(oldestIndices) },
    undecided: {
      ...{ snapshots: undecided(snapshots), oldestIndices: undecided(oldestIndices) },
      unrecorded: snapshots.filter((version) => canRead(version, target) && !readsAnyIndex(version, target)),
    },
  };
};
