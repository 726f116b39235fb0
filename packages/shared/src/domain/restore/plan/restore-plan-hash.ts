import { canonicalJson } from '../../canonical-json.ts';
import type { DigestOf } from '../manifest/manifest.ts';
import type { PlanFacts, RestoreRequest } from './plan-facts.ts';
import type { PlannedRestorePart, RestorePlan } from './planned-restore.ts';

/** 1: of restores accepted before tasks recorded a version. Theirs stays what it was, or none of them would pass its preflight. */
export type PlanHashVersion = 1 | 2 | 3 | 4;
export const PLAN_HASH_VERSION = 4 satisfies PlanHashVersion;

/** What a hash covers: the request, what would run, and what is in its way. */
export type HashedPlan = {
  readonly request: RestoreRequest;
  readonly plan: Omit<RestorePlan, 'planHash'>;
  readonly facts: Pick<PlanFacts, 'backup' | 'existing'>;
};

/** SHA-256 without figures that drift: equal exactly where what was reviewed is what would run now. */
export const planHash = (hashed: HashedPlan, version: PlanHashVersion, digestOf: DigestOf): string =>
  digestOf(canonicalJson(contents[version](hashed)));

const asSet = (names: readonly string[]): readonly string[] => [...new Set(names)].sort();

/**
 * Every option of a request in one form; a new one is added here and nowhere else. What a caller leaves out equals its default, and lists of
 * names are sets.
 */
export const requestOptions = (request: RestoreRequest) =>
  ({
    rename: request.rename ?? null,
    deleteExisting: request.deleteExisting,
    acceptVersion: request.acceptVersion ?? null,
    acceptUnsaved: [...new Set(request.acceptUnsaved)].sort(),
    only: request.only === undefined ? null : asSet(request.only),
    acceptInconsistent: request.acceptInconsistent === true,
    copy: request.copy,
    acceptDiskShort: request.acceptDiskShort === true,
    dropAllocation: request.dropAllocation === true,
    deleteUnknown: asSet(request.deleteUnknown),
    keepUnknown: asSet(request.keepUnknown),
    acceptFailedRehearsal: request.acceptFailedRehearsal === true,
    acceptUnknownVersions: request.acceptUnknownVersions === true,
  }) satisfies Readonly<Record<keyof RestoreRequest, unknown>>;

/** Frozen. */
const version1 = ({ request, plan, facts: { backup, existing } }: HashedPlan) => ({
  backup: backup.key,
  cluster: plan.clusterUuid,
  repository: plan.repository,
  request: {
    rename: request.rename ?? null,
    deleteExisting: request.deleteExisting,
    acceptVersion: request.acceptVersion ?? null,
    only: request.only ?? null,
    copy: request.copy,
  },
  parts: plan.parts.map(partOfVersion3),
  restores: plan.restores.map(({ part, index, as }) => ({ part, index, as })),
  deletes: plan.deletes.map(({ index, uuid }) => ({ index, uuid })),
  existing: existing.map(({ name, uuid }) => ({ name, uuid })),
  blockers: plan.blockers.map(({ code }) => code),
});

/** Frozen. */
const version2 = (hashed: HashedPlan) => {
  const { acceptFailedRehearsal: _, ...request } = optionsOfVersion3(hashed.request);
  return { ...version3(hashed), version: 2, request };
};

/** Frozen. */
const version3 = (hashed: HashedPlan) => {
  const { aliasesLeftOff: _, ...contents } = version4(hashed);
  const parts = hashed.plan.parts.map(partOfVersion3);
  return { ...contents, version: 3, request: optionsOfVersion3(hashed.request), parts };
};

const optionsOfVersion3 = (request: RestoreRequest) => {
  const { acceptInconsistent: _, acceptUnknownVersions: __, ...options } = requestOptions(request);
  return { ...options, only: request.only ?? null };
};

const partOfVersion3 = ({ number, snapshot, uuid }: PlannedRestorePart) => ({ number, snapshot, uuid });

const version4 = ({ request, plan, facts: { backup, existing } }: HashedPlan) => ({
  version: 4,
  backup: backup.key,
  cluster: plan.clusterUuid,
  repository: plan.repository,
  request: requestOptions(request),
  parts: plan.parts,
  restores: plan.restores.map(({ part, index, as }) => ({ part, index, as })),
  deletes: plan.deletes.map(({ index, uuid, operations }) => ({ index, uuid, operations: operations ?? 'unmeasured' })),
  existing: existing.map(({ name, uuid }) => ({ name, uuid })),
  aliasesLeftOff: plan.aliasesLeftOff.map(({ index, alias }) => ({ index, alias })),
  blockers: plan.blockers.map(({ code }) => code),
});

const contents = { 1: version1, 2: version2, 3: version3, 4: version4 } as const satisfies Record<
  PlanHashVersion,
  (hashed: HashedPlan) => unknown
>;
