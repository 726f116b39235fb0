import type { PlannedRequest } from '@tandem/shared/domain/restore/plan/plan-difference.ts';

/** Plans that this process answered last, by their hash: for words about what moved since, and for nothing else. */
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
