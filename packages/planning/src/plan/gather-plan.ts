import type { IndexEngine } from '@tandem/engine/index-port.ts';
import type { SearchEngine } from '@tandem/engine/port.ts';
import type { OperationHistory } from '@tandem/history/ports/operations.ts';
import type { ChangedRepository, RepositoryHistory } from '@tandem/history/ports/repositories.ts';
import type { RestoreHistory } from '@tandem/history/ports/restores.ts';
import type { BackupRecord } from '@tandem/shared/domain/backup/backup.ts';
import type { Snapshot } from '@tandem/shared/domain/backup/snapshot.ts';
import { backupIdOf } from '@tandem/shared/domain/backup/snapshot-name.ts';
import { isFailure } from '@tandem/shared/domain/failure/failure.ts';
import { belongsInBackup, type Ownership } from '@tandem/shared/domain/ownership/index-ownership.ts';
import type { TemplateCapsule } from '@tandem/shared/domain/restore/manifest/index-facts.ts';
import type { Manifests } from '@tandem/shared/domain/restore/manifest/manifest.ts';
import type { PlanFacts, RestoreRequest } from '@tandem/shared/domain/restore/plan/plan-facts.ts';
import { isIndexName, renamed } from '@tandem/shared/domain/restore/plan/rename.ts';
import { inTheWay, restoreOwnership } from '@tandem/shared/domain/restore/plan/restore-ownership.ts';
import { isSelection } from '@tandem/shared/domain/restore/plan/selection.ts';
import { templatesFor } from '@tandem/shared/domain/restore/plan/templates/chosen-templates.ts';
import { templateOverlaps } from '@tandem/shared/domain/restore/plan/templates/template-overlaps.ts';
import { readManifests } from '../manifests/read-manifests.ts';
import { detectVersion } from '../optimize/optimize-version.ts';
import { compareTemplates, ownersOf, withoutLeftOut } from './compare-templates.ts';
import { openWork } from './open-work.ts';
import { readPlanRepository } from './read-plan-repository.ts';

export type GatherPlan = {
  readonly engine: SearchEngine & IndexEngine;
  readonly history: RestoreHistory &
    Pick<OperationHistory, 'listOperations'> &
    Pick<RepositoryHistory, 'changedRepositories'>;
  /** CAMUNDA_OPTIMIZE_VERSION. */
  readonly configuredVersion: string | undefined;
  /** CAMUNDA_OPTIMIZE_INDEX_PREFIX. */
  readonly indexPrefix: string;
  /** Repository of safety backups; undefined: the repository of the restored backup. */
  readonly repository: string | undefined;
  /** The URL at which Optimize currently responds; undefined: it does not respond, or no URL is configured. */
  readonly optimizeAnswersAt: () => Promise<string | undefined>;
};

/**
 * Reads from the engine and the history all facts that a plan is made from. `own`: the restore that is being planned again, which does not
 * block itself, and neither does its safety backup; undefined: the restore has not been accepted yet.
 * Changes nothing, except that the engine writes a file into the repository and removes it, to verify it. Rejects as the ports do. A
 * problem of the repository alone is a fact, not a rejection.
 */
export const gatherPlan =
  ({ engine, history, configuredVersion, optimizeAnswersAt, ...configured }: GatherPlan) =>
  async (backup: BackupRecord, request: RestoreRequest, own?: OwnWork): Promise<PlanFacts> => {
    const saveTo = own === undefined ? (configured.repository ?? backup.location.repository) : own.saveTo;
    const [info, { repository, seen, saving }, saved, runningSnapshots, capacity, answersAt, reports, listed] =
      await Promise.all([
        engine.info(),
        readPlanRepository(engine, backup, request.deleteExisting ? saveTo : undefined),
        readManifests(history, backup.parts),
        engine.runningSnapshots(),
        engine.capacity(),
        optimizeAnswersAt(),
        history.pastReports(PAST),
        engine.listIndices(backup.indexPrefix),
      ]);
    const held = savedIn(backup, seen);
    const ownership = restoreOwnership(
      backup.indexPrefix,
      held,
      listed.map(({ name }) => name),
    );
    const targets = targetsOf(held, request);
    const inPlace = isSelection(request) ? targets : maybeOurs(ownership);
    const names = request.rename === undefined ? inPlace : targets;
    const { deletable } = inTheWay(request, { existing: names.map((name) => ({ name })), ownership });
    const doomed = deletable.map(({ name }) => name);
    const [existing, conditions, existingCopies, operations, aliasOwners, version, work, changed, now] =
      await Promise.all([
        engine.describeIndices(names),
        engine.clusterConditions(names),
        request.deleteExisting ? engine.storedCopies(doomed) : [],
        request.deleteExisting ? operationsOf(engine, doomed) : [],
        engine.aliasOwners([...new Set([...targets, ...savedAliases(saved.byPart)])].filter(isIndexName)),
        runningVersion(engine, configuredVersion, backup.indexPrefix),
        openWork(history, backup, info.clusterUuid, own?.operationId),
        history.changedRepositories(),
        engine.readTemplates(backup.indexPrefix, targets),
      ]);
    return {
      backup,
      ownPrefix: configured.indexPrefix,
      engine: info,
      repository,
      seen,
      saving: saving && { ...saving, changed: changedAt(changed, info.clusterUuid, saving.repository) },
      ownership,
      listed: listed.map(({ name }) => name),
      existing,
      conditions,
      existingCopies,
      aliasOwners,
      operations: operations && new Map(operations.map((index) => [index.name, index.operations])),
      runningSnapshots: runningSnapshots?.filter(({ name }) => !isOfBackup(name, own?.safetyBackupId)),
      ...work,
      openCreates: work.openCreates.filter(({ backupId }) => backupId !== own?.safetyBackupId),
      capacity,
      runningVersion: version,
      optimizeAnswersAt: answersAt,
      manifests: saved.byPart,
      ...templateFacts(request, saved.capsule, now, { backup, listed }),
      bytesPerSecond: rateOf(reports),
    };
  };

const templateFacts = (
  request: RestoreRequest,
  saved: TemplateCapsule | undefined,
  now: TemplateCapsule,
  { backup, listed }: { readonly backup: BackupRecord; readonly listed: readonly { readonly name: string }[] },
): Pick<PlanFacts, 'templates' | 'templateOverlaps'> => {
  if (saved === undefined) return { templates: undefined, templateOverlaps: [] };
  const owners = ownersOf(
    saved,
    backup,
    listed.map(({ name }) => name),
  );
  const chosen = templatesFor(request, saved);
  const templates = compareTemplates(chosen, now, owners);
  return { templates, templateOverlaps: templateOverlaps(withoutLeftOut(chosen, templates), now) };
};

export type OwnWork = {
  readonly operationId: string;
  readonly safetyBackupId: string | undefined;
  /** Repository for the safety backup that is still to be taken; undefined: none is needed, or it exists already. */
  readonly saveTo: string | undefined;
};

const isOfBackup = (snapshot: string, backupId: string | undefined): boolean =>
  backupId !== undefined && backupIdOf(snapshot) === backupId;

/** Max number of restores that an estimate is made from. */
const PAST = 20;

const savedIn = ({ parts }: BackupRecord, seen: readonly Snapshot[]): readonly string[] =>
  parts.flatMap(({ snapshotName, indices }) => seen.find(({ name }) => name === snapshotName)?.indices ?? indices);

const targetsOf = (saved: readonly string[], { rename, only }: RestoreRequest): readonly string[] => {
  const selected = only === undefined ? saved : saved.filter((index) => only.includes(index));
  const targets = [...new Set(selected.map((index) => renamed(index, rename)))].sort();
  // no index can have a name that the engine rejects; the name itself is a blocker
  return rename === undefined ? targets : targets.filter(isIndexName);
};

/** A restore in place is blocked by every index that is not provably another owner's, even if the backup does not contain it. */
const maybeOurs = (ownership: Ownership): readonly string[] =>
  [...ownership.values()]
    .filter(belongsInBackup)
    .map(({ name }) => name)
    .sort();

/** Undefined: not allowed. Wrong credentials fail the other calls. */
const operationsOf = async (engine: IndexEngine, names: readonly string[]) => {
  try {
    return await engine.readOperations(names);
  } catch (error) {
    if (isFailure(error, 'ENGINE_FORBIDDEN', 'ENGINE_REFUSED')) return undefined;
    throw error;
  }
};

const savedAliases = (byPart: ReadonlyMap<number, Manifests>): readonly string[] =>
  [...byPart.values()]
    .flatMap(({ before, after }) => [...before.shapes, ...(after?.shapes ?? [])])
    .flatMap(({ writes }) => Object.keys(writes ?? {}));

const UNREADABLE_VERSION = [
  ...(['VERSION_UNKNOWN', 'VERSION_INVALID', 'ENGINE_BUSY', 'ENGINE_FAILED', 'ENGINE_BLOCKED'] as const),
  ...(['ENGINE_REFUSED', 'ENGINE_ANSWER_INVALID'] as const),
];

/** Undefined: unknown. */
const runningVersion = async (engine: SearchEngine, configured: string | undefined, prefix: string) => {
  try {
    return await detectVersion(engine, configured, prefix);
  } catch (error) {
    // operators restore exactly because the metadata index is lost, red, closed or broken
    if (isFailure(error, ...UNREADABLE_VERSION)) return undefined;
    throw error;
  }
};

/** Backups are refused until an operator decides. */
const changedAt = (
  changed: readonly ChangedRepository[],
  clusterUuid: string,
  repository: string,
): ChangedRepository | undefined =>
  changed.find(({ location, acceptedAt }) => {
    const isThat = location.clusterUuid === clusterUuid && location.repository === repository;
    return isThat && acceptedAt === undefined;
  });

/** The median of bytes per second; undefined: no restore was timed. */
const rateOf = (reports: readonly Readonly<Record<string, unknown>>[]): number | undefined => {
  const rates = reports
    .flatMap(({ bytes, milliseconds }) =>
      typeof bytes === 'number' && typeof milliseconds === 'number' && bytes > 0 && milliseconds > 0
        ? [(bytes * 1_000) / milliseconds]
        : [],
    )
    .sort((one, other) => one - other);
  return rates[Math.floor(rates.length / 2)];
};
