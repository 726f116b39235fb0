import { canRead, readsAnyIndex } from '../../../backup/state/compatibility.ts';
import { versionName } from '../../../backup/state/engine-releases.ts';
import { nameList } from '../../../name-list.ts';
import type { PlanFacts, PlannedIndex, RestoreRequest } from '../plan-facts.ts';
import { type Blocker, blocker, blockerOf } from './blocker.ts';

/**
 * INDEX_INCOMPATIBLE: the running engine cannot read indices that are to be restored, since they were created by another version than the
 * snapshot. INDEX_VERSIONS_UNKNOWN: whether it can was not recorded, and indices would be deleted for them, unless that was accepted.
 */
export const indexVersionBlockers = (
  request: RestoreRequest,
  facts: PlanFacts,
  restores: readonly PlannedIndex[],
): readonly Blocker[] => {
  const { backupId } = facts.backup;
  return [
    ...blockerOf(
      'INDEX_INCOMPATIBLE',
      unreadable(facts, restores),
      'The running engine cannot read indices that were created by that version.',
      `Restore into an engine that can, and re-index there before you upgrade. GET /api/v1/backups/${backupId}/compatibility lists them.`,
    ),
    ...unknownBlockers(request, facts, restores),
  ];
};

const unknownBlockers = (
  request: RestoreRequest,
  facts: PlanFacts,
  restores: readonly PlannedIndex[],
): readonly Blocker[] => {
  const found = unknownVersions(facts, restores);
  const deletes = request.deleteExisting && facts.existing.length > 0;
  if (found.length === 0 || !deletes || request.acceptUnknownVersions === true) return [];
  return [
    blocker(
      'INDEX_VERSIONS_UNKNOWN',
      found,
      unknownVersionsWords(found),
      `Restore into an engine of the version that took the snapshots; GET /api/v1/backups/${facts.backup.backupId}/compatibility lists the engines that can. Or, if you know that no version older than the engine reads created them, send "acceptUnknownVersions": true to delete what is there all the same.`,
    ),
  ];
};

/** What a blocker and a warning say of such indices. */
export const unknownVersionsWords = (found: readonly string[]): string =>
  `Which version created these indices was not recorded, and the running engine does not read every index that the engine of the snapshot could hold: ${nameList(found)}.`;

/**
 * The indices that are to be restored and that the running engine may be unable to read: which version created them was not recorded, and the
 * engine that took the snapshot could hold older ones than this engine reads.
 */
export const unknownVersions = (facts: PlanFacts, restores: readonly PlannedIndex[]): readonly string[] => {
  const created = createdVersions(facts);
  const uncertain = new Set(
    facts.backup.parts
      .filter(({ snapshotName }) => {
        const versionId = facts.seen.find(({ name }) => name === snapshotName)?.versionId;
        // a snapshot that the engine cannot read at all is PART_INCOMPATIBLE
        return versionId !== undefined && canRead(versionId, facts.engine) && !readsAnyIndex(versionId, facts.engine);
      })
      .map(({ number }) => number),
  );
  return restores
    .filter(({ part, index }) => uncertain.has(part) && created.get(`${part}/${index}`) === undefined)
    .map(({ index }) => index);
};

const unreadable = (facts: PlanFacts, restores: readonly PlannedIndex[]): readonly string[] => {
  const created = createdVersions(facts);
  return restores.flatMap(({ part, index }) => {
    const version = created.get(`${part}/${index}`);
    return version === undefined || canRead(version, facts.engine)
      ? []
      : [`${index} (created by ${versionName(version)})`];
  });
};

/** By part and index; what was not recorded is absent. */
const createdVersions = ({ manifests }: PlanFacts): ReadonlyMap<string, number> =>
  new Map(
    [...manifests].flatMap(([part, { before }]) =>
      before.shapes.map(({ name, createdVersion }) => [`${part}/${name}`, createdVersion] as const),
    ),
  );
