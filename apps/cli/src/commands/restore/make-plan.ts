import type { Client } from '../../connect/client.ts';
import type { StoredPlan } from '../../views/restore/restore-plan.ts';
import type { PlanBody } from './restore-request.ts';

/** Every node verifies the repository for a plan, and a restore is planned again when it is requested. */
export const PLANNING_MS = 120_000;

/** Has the API plan a restore, and store the plan. */
export const makePlan = (client: Client, body: PlanBody): Promise<StoredPlan> =>
  client.post('/api/v1/restores/plan', { body, fetch: client.fetchWithin(PLANNING_MS) });
