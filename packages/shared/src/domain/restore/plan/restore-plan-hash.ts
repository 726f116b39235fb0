import { canonicalJson } from '../../canonical-json.ts';
import type { DigestOf } from '../manifest/manifest.ts';
import type { PlanFacts, RestoreRequest } from './plan-facts.ts';
import type { RestorePlan } from './planned-restore.ts';

/** 1: of restores accepted before tasks recorded a version. Theirs stays what it was, or none of them would pass its preflight. */
export type PlanHashVersion = 1 | 2 | 3;
export const PLAN_HASH_VERSION = 3 satisfies PlanHashVersion;

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
    only: request.only ?? null,
    copy: request.copy,
    acceptDiskShort: request.acceptDiskShort === true,
    dropAllocation: request.dropAllocation === true,
    deleteUnknown: asSet(request.deleteUnknown),
    keepUnknown: asSet(request.keepUnknown),
    acceptFailedRehearsal: request.acceptFailedRehearsal === true,
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
  parts: plan.parts,
  restores: plan.restores.map(({ part, index, as }) => ({ part, index, as })),
  deletes: plan.deletes.map(({ index, uuid }) => ({ index, uuid })),
  existing: existing.map(({ name, uuid }) => ({ name, uuid })),
  blockers: plan.blockers.map(({ code }) => code),
});

/** Frozen. */
const version2 = (hashed: HashedPlan) => {
  const { acceptFailedRehearsal: _, ...request } = requestOptions(hashed.request);
  return { ...version3(hashed), version: 2, request };
};

const version3 = ({ request, plan, facts: { backup, existing } }: HashedPlan) => ({
  version: 3,
  backup: backup.key,
  cluster: plan.clusterUuid,
  repository: plan.repository,
  request: requestOptions(request),
  parts: plan.parts,
  restores: plan.restores.map(({ part, index, as }) => ({ part, index, as })),
  deletes: plan.deletes.map(({ index, uuid, operations }) => ({ index, uuid, operations: operations ?? 'unmeasured' })),
  existing: existing.map(({ name, uuid }) => ({ name, uuid })),
  blockers: plan.blockers.map(({ code }) => code),
});

const contents = { 1: version1, 2: version2, 3: version3 } as const satisfies Record<
  PlanHashVersion,
  (hashed: HashedPlan) => unknown
>;
