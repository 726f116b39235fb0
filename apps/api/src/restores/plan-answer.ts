import type { PlanDocument, PlanTimes } from '@tandem/planning/plan/stored-plans.ts';
import type { StoredPlan } from '@tandem/shared/contract/restore-plans.ts';
import type { PlanRequest, RestorePlan } from '@tandem/shared/contract/restores.ts';
import { cutLists } from '@tandem/shared/domain/cut-lists.ts';
import { planCounts } from '@tandem/shared/domain/restore/plan/plan-lists.ts';
import type { RestorePlan as Plan } from '@tandem/shared/domain/restore/plan/planned-restore.ts';

/** As /api/v1 shows it. Tasks and plan hashes have the name of a snapshot as `snapshot`. */
export const planAnswer = ({ parts, ...plan }: Plan): RestorePlan => ({
  ...plan,
  parts: parts.map(({ number, snapshot: snapshotName, uuid, skipped = false }) => ({
    number,
    snapshotName,
    uuid,
    skipped,
  })),
});

/** A stored plan as /api/v1 shows it: with the first entries of each list. */
export const storedPlanAnswer = ({ plan, keep, sent, plannedAt, expiresAt }: PlanDocument & PlanTimes): StoredPlan => {
  const { value, truncated } = cutLists({ ...planAnswer(plan), keep, request: sent as PlanRequest });
  return {
    ...value,
    counts: planCounts({ plan, keep }),
    truncated,
    url: `/api/v1/restores/plans/${plan.planHash}`,
    plannedAt: plannedAt.toISOString(),
    expiresAt: expiresAt?.toISOString() ?? null,
  };
};
