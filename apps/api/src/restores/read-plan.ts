import type { PlanHistory } from '@tandem/history/ports/plans.ts';
import { keepPlan, requirePlan } from '@tandem/planning/plan/stored-plans.ts';
import type { PlanPage, PlanQuery, StoredPlan } from '@tandem/shared/contract/restore-plans.ts';
import type { PlanRequest } from '@tandem/shared/contract/restores.ts';
import { fail } from '@tandem/shared/domain/failure/failure.ts';
import { type PlanList, planCounts, planPage } from '@tandem/shared/domain/restore/plan/plan-lists.ts';
import { readCursor, writeCursor } from '../http/cursor.ts';
import type { ListedPlanned } from './make-plan.ts';
import { storedPlanAnswer } from './plan-answer.ts';

/** Stores the plan and returns what is shown of it. HISTORY_UNREACHABLE. */
export const storePlan = async (
  history: Pick<PlanHistory, 'keepPlan'>,
  sent: PlanRequest,
  { request, plan, keep }: ListedPlanned,
): Promise<StoredPlan> => {
  const document = { request, plan, keep, sent };
  return storedPlanAnswer({ ...document, ...(await keepPlan(history, document)) });
};

/** PLAN_NOT_FOUND, REQUEST_INVALID: a cursor without a list. CURSOR_INVALID, HISTORY_UNREACHABLE. */
export const readPlan = async (
  history: Pick<PlanHistory, 'findPlan'>,
  query: PlanQuery,
): Promise<StoredPlan | PlanPage> => {
  const { planHash, list, cursor, limit } = query;
  if (list === undefined && cursor !== undefined)
    throw fail('REQUEST_INVALID', 'cursor belongs to a list: send it together with the list that returned it.', {
      field: 'cursor',
    });
  const found = await requirePlan(history, planHash);
  if (list === undefined) return storedPlanAnswer(found);
  const filter = filterOf(planHash, list);
  const after = cursor === undefined ? undefined : readCursor(cursor, filter, INDEX_KEY);
  const { items, next } = planPage(found, list, after, limit);
  const nextCursor = next === undefined ? null : writeCursor(next, filter);
  return { planHash, list, count: planCounts(found)[list], items, nextCursor };
};

const filterOf = (planHash: string, list: PlanList) => ({ plan: planHash, list });

/** The name of an index, or its part and name. */
const INDEX_KEY = /^(?:\d{6,}\/)?[^\s/]{1,255}$/u;
