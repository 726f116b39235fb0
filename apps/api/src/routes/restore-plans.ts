import type { PlanHistory } from '@tandem/history/ports/plans.ts';
import { PlanPage, PlanQuery, StoredPlan } from '@tandem/shared/contract/restore-plans.ts';
import { type PlanRequest as PlanBody, PlanRequest } from '@tandem/shared/contract/restores.ts';
import { z } from 'zod';
import { type RequestContext, type Route, route } from '../http/route.ts';
import { json, type RouteDocs } from '../http/route-docs.ts';
import { backupId, storedPlan } from '../openapi/examples.ts';
import { ofEngine, ofHistory } from '../openapi/failure-groups.ts';
import type { ListedPlanned } from '../restores/make-plan.ts';
import { readPlan, storePlan } from '../restores/read-plan.ts';

export const failuresOfPlan = [
  'BACKUP_NOT_FOUND',
  'INDEX_NOT_FOUND',
  'SNAPSHOT_NOT_FOUND',
  ...ofEngine,
  ...ofHistory,
] as const;

const planDocs = {
  plan: {
    id: 'planRestore',
    tag: 'Restores',
    summary: 'Plan a restore',
    description:
      'Returns what a restore would do, and its blockers, and changes nothing. A restore is requested with the `planHash`. The plan is stored for 7 days. Each list shows its first 100 entries; `truncated` names the longer ones, which are read page by page. `acceptDiskShort` turns the blocker `DISK_SHORT` into a warning; if every data node is above its low disk watermark, `DISK_FULL` stays. `acceptFailedRehearsal` does the same for `REHEARSAL_FAILED`. Verifies the repository: every node writes a small file into it.',
    answers: { 200: json('The plan. A plan with blockers cannot be started.', StoredPlan, storedPlan) },
    failures: failuresOfPlan,
    body: { backupId },
  },
  read: {
    id: 'readPlan',
    tag: 'Restores',
    summary: 'Get a stored plan, or a page of one of its lists',
    description:
      'The plan as it was made, whatever has changed since. Without `list`: what `POST /api/v1/restores/plan` returned. Plans of restores that were accepted are stored for good, plans of rehearsals never.',
    answers: {
      200: json('The plan, or the page.', z.union([StoredPlan, PlanPage]), storedPlan),
    },
    failures: ['PLAN_NOT_FOUND', 'CURSOR_INVALID', ...ofHistory],
  },
} as const satisfies Readonly<Record<string, RouteDocs>>;

export type RestorePlanRoutes = {
  readonly makePlan: (body: PlanBody, context: RequestContext) => Promise<ListedPlanned>;
  readonly history: PlanHistory;
};

/** The lists of indices may contain thousands of names. */
export const MAX_RESTORE_BODY_BYTES = 1_048_576;

/** Plans of restores: make and read. */
export const restorePlanRoutes = ({ makePlan, history }: RestorePlanRoutes): readonly Route[] => [
  route({
    method: 'post',
    path: '/api/v1/restores/plan',
    readsOnly: true,
    docs: planDocs.plan,
    input: PlanRequest,
    maxBodyBytes: MAX_RESTORE_BODY_BYTES,
    handle: async (body, context) => ({
      status: 200,
      body: await storePlan(history, body, await makePlan(body, context)),
      logged: { backupId: body.backupId },
    }),
  }),
  route({
    method: 'get',
    path: '/api/v1/restores/plans/:planHash',
    query: true,
    docs: planDocs.read,
    input: PlanQuery,
    handle: async (query) => ({ status: 200, body: await readPlan(history, query) }),
  }),
];
