import { takenParts } from '../../backup/backup.ts';
import { ownershipList } from '../../ownership/index-ownership.ts';
import type { DigestOf, Manifests } from '../manifest/manifest.ts';
import { aliasesLeftOff } from './aliases-left-off.ts';
import type { PlanFacts, PlannedIndex, RestoreRequest } from './plan-facts.ts';
import type { RestorePlan } from './planned-restore.ts';
import { renamed } from './rename.ts';
import { restoreBlockers } from './restore-blockers.ts';
import { inTheWay, leftOut } from './restore-ownership.ts';
import { PLAN_HASH_VERSION, type PlanHashVersion, planHash } from './restore-plan-hash.ts';
import { planWarnings } from './restore-warnings.ts';
import { chosenOf, inconsistency, isSelection } from './selection.ts';
import { ownershipWarnings } from './warnings/ownership-warnings.ts';
import { selectionWarnings } from './warnings/selection-warnings.ts';
import { unmeasuredWarnings } from './warnings/unmeasured-warnings.ts';

/** Pure: everything that is in the way at once, and what would be done. `hashVersion`: of the plan that this one is compared with. */
export const planRestore = (
  request: RestoreRequest,
  given: PlanFacts,
  digestOf: DigestOf,
  hashVersion: PlanHashVersion = PLAN_HASH_VERSION,
): RestorePlan => {
  const facts = { ...given, existing: chosenOf(request, given.existing) };
  const { backup, engine } = facts;
  const saved = savedIndices(request, facts);
  const complete = savedIndices({ ...request, only: undefined }, facts);
  const notRestored = saved.map((index) => leftOut(request, facts, index)).filter((one) => one !== undefined);
  const restores = saved.filter((index) => leftOut(request, facts, index) === undefined);
  const all = complete.filter((index) => leftOut(request, facts, index) === undefined);
  const way = inTheWay(request, facts);
  // kept and foreign indices do not block
  const touched = { ...facts, existing: way.deletable };
  const deletes = request.deleteExisting
    ? touched.existing.map(({ name, uuid }) => ({ index: name, uuid, operations: facts.operations?.get(name) ?? null }))
    : [];
  const leftOff = aliasesLeftOff(request, touched, restores, complete);
  const needs = inconsistency(request, facts, restores, all);
  const blockers = restoreBlockers(request, touched, restores, { way, notRestored, needs, leftOff });
  const bytes = total(restores.map((index) => index.bytes));
  const parts = takenParts(backup.parts).map((part) => ({
    number: part.number,
    snapshot: part.snapshotName,
    uuid: facts.seen.find(({ name }) => name === part.snapshotName)?.uuid ?? null,
    ...(isSelection(request) && restores.every((index) => index.part !== part.number)
      ? { skipped: true as const }
      : {}),
  }));
  const plan = {
    backupId: backup.backupId,
    optimizeVersion: backup.optimizeVersion,
    clusterUuid: engine.clusterUuid,
    repository: backup.location.repository,
    blockers,
    warnings: [
      ...planWarnings(request, touched, restores),
      ...ownershipWarnings(facts, notRestored),
      ...selectionWarnings(request, needs, leftOff),
      ...(facts.operations === undefined ? [] : unmeasuredWarnings(deletes)),
    ],
    parts,
    restores,
    deletes,
    notRestored,
    aliasesLeftOff: leftOff,
    ownership: ownershipList(facts.ownership),
    documents: total(restores.map((index) => index.documents)),
    bytes,
    estimatedDurationMs:
      bytes === null || facts.bytesPerSecond === undefined ? null : Math.ceil((bytes * 1_000) / facts.bytesPerSecond),
    templates: facts.templates ?? null,
  };
  return { ...plan, planHash: planHash({ request, plan, facts }, hashVersion, digestOf) };
};

/** As the engine holds them, where it does; else as planned. */
const savedIndices = (
  { rename, only }: RestoreRequest,
  { backup, seen, manifests }: PlanFacts,
): readonly PlannedIndex[] =>
  takenParts(backup.parts).flatMap((part) => {
    const indices = seen.find(({ name }) => name === part.snapshotName)?.indices ?? part.indices;
    const selected = only === undefined ? indices : indices.filter((index) => only.includes(index));
    return [...selected].sort().map((index) => ({
      part: part.number,
      index,
      as: renamed(index, rename),
      ...savedFigures(manifests.get(part.number), index),
    }));
  });

const savedFigures = (saved: Manifests | undefined, index: string) => {
  const figures = [saved?.after, saved?.before]
    .map((manifest) => manifest?.figures.find(({ name }) => name === index))
    .find((found) => found !== undefined);
  return { documents: figures?.documents ?? null, bytes: figures?.primaryBytes ?? null };
};

/** Null where any is not known. */
const total = (numbers: readonly (number | null)[]): number | null =>
  numbers.reduce<number | null>((sum, number) => (sum === null || number === null ? null : sum + number), 0);
