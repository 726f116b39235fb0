import type { NewPlan, PlanHistory, PlanLimits, StoredPlan } from '../ports/plans.ts';
import { methods } from './methods.ts';
import { after, type Tables } from './tables.ts';

const keepPlan = (tables: Tables, plan: NewPlan, limits: PlanLimits): Pick<StoredPlan, 'plannedAt' | 'expiresAt'> => {
  makeRoom(tables, plan, limits);
  const known = tables.plans.get(plan.planHash);
  if (known !== undefined && known.expiresAt === undefined) return known;
  const plannedAt = tables.now();
  const row = { ...plan, body: Uint8Array.from(plan.body), plannedAt, expiresAt: after(plannedAt, limits.keepMs) };
  // last in the order of the map as well
  tables.plans.delete(plan.planHash);
  tables.plans.set(plan.planHash, row);
  return row;
};

const makeRoom = (tables: Tables, { planHash, body }: NewPlan, { maxPlans, maxBytes }: PlanLimits): void => {
  const now = tables.now();
  const expiring = [...tables.plans.values()].reverse().filter((plan) => plan.expiresAt && plan.planHash !== planHash);
  let bytes = body.length;
  for (const [nth, plan] of expiring.entries()) {
    bytes += plan.body.length;
    const isOver = (plan.expiresAt ?? now) <= now || nth + 1 >= maxPlans || bytes > maxBytes;
    if (isOver) tables.plans.delete(plan.planHash);
  }
};

const findPlan = (tables: Tables, planHash: string): StoredPlan | undefined => {
  const found = tables.plans.get(planHash);
  return found?.expiresAt && found.expiresAt <= tables.now() ? undefined : found && { ...found };
};

/** A restore was accepted with it. */
export const keepForGood = (tables: Tables, planHash: string): void => {
  const found = tables.plans.get(planHash);
  if (found) tables.plans.set(planHash, { ...found, expiresAt: undefined });
};

export const plans = (tables: Tables): PlanHistory => methods(tables, { keepPlan, findPlan });
