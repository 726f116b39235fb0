import type { PlannedRequest } from '@tandem/shared/domain/restore/plan/plan-difference.ts';

/** The last plans that this process returned, by hash. Used only to explain what changed since. */
export type RecentPlans = {
  readonly keep: (planned: PlannedRequest) => void;
  readonly find: (planHash: string) => PlannedRequest | undefined;
};

export const recentPlans = (max: number): RecentPlans => {
  const plans = new Map<string, PlannedRequest>();
  return {
    keep: ({ request, plan }) => {
      plans.delete(plan.planHash);
      plans.set(plan.planHash, { request, plan });
      const [oldest] = plans.keys();
      if (plans.size > max && oldest !== undefined) plans.delete(oldest);
    },
    find: (planHash) => plans.get(planHash),
  };
};
