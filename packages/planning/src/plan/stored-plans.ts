import { gunzipSync, gzipSync } from 'node:zlib';
import type { PlanHistory, PlanLimits, StoredPlan } from '@tandem/history/ports/plans.ts';
import { fail } from '@tandem/shared/domain/failure/failure.ts';
import type { PlannedRequest } from '@tandem/shared/domain/restore/plan/plan-difference.ts';
import type { ListedPlan } from '@tandem/shared/domain/restore/plan/plan-lists.ts';

/** A plan as it is stored: with the request as the caller sent it, and as it was understood. */
export type PlanDocument = PlannedRequest & ListedPlan & { readonly sent: object };

export type PlanTimes = Pick<StoredPlan, 'plannedAt' | 'expiresAt'>;

const DAY_MS = 86_400_000;
/** Days for which a plan can be read after it was made. */
export const PLAN_DAYS = 7;

/** A script may create a new plan every minute: the plans that expire take at most this much of the database. */
export const PLAN_LIMITS: PlanLimits = { keepMs: PLAN_DAYS * DAY_MS, maxPlans: 1_000, maxBytes: 64 * 1_048_576 };

/** Stores a plan under its hash. Rejects with HISTORY_UNREACHABLE. */
export const keepPlan = (history: Pick<PlanHistory, 'keepPlan'>, document: PlanDocument): Promise<PlanTimes> => {
  const { planHash, backupId } = document.plan;
  // takes about 50 ms for a plan of 10,000 indices
  return history.keepPlan({ planHash, backupId, body: gzipSync(JSON.stringify(document)) }, PLAN_LIMITS);
};

/** The stored plan and its times. Undefined: none has that hash. Rejects with HISTORY_UNREACHABLE. */
export const findPlan = async (
  history: Pick<PlanHistory, 'findPlan'>,
  planHash: string,
): Promise<(PlanDocument & PlanTimes) | undefined> => {
  const found = await history.findPlan(planHash);
  if (found === undefined) return undefined;
  const document = JSON.parse(gunzipSync(found.body).toString('utf8')) as PlanDocument;
  return { ...document, plannedAt: found.plannedAt, expiresAt: found.expiresAt };
};

/** As `findPlan`. PLAN_NOT_FOUND: no stored plan has that hash. */
export const requirePlan = async (
  history: Pick<PlanHistory, 'findPlan'>,
  planHash: string,
): Promise<PlanDocument & PlanTimes> => {
  const found = await findPlan(history, planHash);
  if (found !== undefined) return found;
  throw fail(
    'PLAN_NOT_FOUND',
    `No stored plan has the hash ${planHash}. A plan is stored for ${PLAN_DAYS} days, and for good once a restore was accepted with it; plans of rehearsals are not stored.`,
    { planHash },
  );
};
