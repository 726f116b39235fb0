import type { OperationHistory } from '@tandem/history/ports/operations.ts';
import type { RestoreHistory } from '@tandem/history/ports/restores.ts';
import {
  AcceptedRestore,
  BackupPath,
  type PlanRequest as PlanBody,
  PlanRequest,
  type RehearseRequest as RehearseBody,
  RehearseRequest,
  type RestoreRequest as RestoreBody,
  RestorePath,
  RestoreQuery,
  RestoreRequest,
  type RestoreWithProgress,
  StopRequest,
} from '@tandem/shared/contract/restores.ts';
import type { AskIdempotently } from '../backups/idempotent.ts';
import { restoreDocs } from '../docs/restore-docs.ts';
import { readCursor, writeCursor } from '../http/cursor.ts';
import { idempotencyKeyOf } from '../http/idempotency-key.ts';
import { type Answer, type RequestContext, type Route, route } from '../http/route.ts';
import { type Operate, stop } from '../operations/operate.ts';
import { findRestore, listRestores, type RestoreWish } from '../restores/look-at-restores.ts';
import type { Planned } from '../restores/make-plan.ts';
import type { RecentPlans } from '../restores/recent-plans.ts';
import type { AcceptedRehearsal } from '../restores/rehearse-backup.ts';
import { restoreAnswer } from '../restores/restore-answer.ts';

export type RestoreRoutes = Operate & {
  readonly makePlan: (asked: PlanBody, context: RequestContext) => Promise<Planned>;
  readonly plans: RecentPlans;
  readonly requestRestore: (asked: RestoreBody, context: RequestContext, key?: string) => Promise<AcceptedRestore>;
  readonly rehearseBackup: (asked: RehearseBody, context: RequestContext) => Promise<AcceptedRehearsal>;
  readonly readRestore: (id: string, context: RequestContext) => Promise<RestoreWithProgress>;
  readonly readRunbook: (backupId: string, context: RequestContext) => Promise<string>;
  readonly history: OperationHistory & RestoreHistory;
  readonly idempotent: AskIdempotently;
};

/** The lists of indices may hold thousands of names. */
const MAX_BODY_BYTES = 1_048_576;

const locationOf = (id: string) => ({ Location: `/api/v1/restores/${id}` });

/** Restores and rehearsals over REST: to plan, ask for, see and stop. */
export const restoreRoutes = (deps: RestoreRoutes): readonly Route[] => [
  route({
    method: 'post',
    path: '/api/v1/restores/plan',
    readsOnly: true,
    docs: restoreDocs.plan,
    input: PlanRequest,
    maxBodyBytes: MAX_BODY_BYTES,
    handle: async (asked, context) => {
      const planned = await deps.makePlan(asked, context);
      deps.plans.keep(planned);
      return { status: 200, body: planned.plan, told: { backupId: asked.backupId } };
    },
  }),
  route({
    method: 'get',
    path: '/api/v1/restores',
    query: true,
    docs: restoreDocs.list,
    input: RestoreQuery,
    handle: (query) => list(deps, query),
  }),
  route({
    method: 'post',
    path: '/api/v1/restores',
    docs: restoreDocs.request,
    input: RestoreRequest,
    maxBodyBytes: MAX_BODY_BYTES,
    handle: (asked, context) => post(deps, asked, context),
  }),
  route({
    method: 'get',
    path: '/api/v1/restores/:id',
    docs: restoreDocs.read,
    input: RestorePath,
    handle: async ({ id }, context) => ({ status: 200, body: await deps.readRestore(id, context) }),
  }),
  route({
    method: 'post',
    path: '/api/v1/restores/:id/cancel',
    docs: restoreDocs.stop,
    input: StopRequest,
    handle: async ({ id, reason }, { actor, requestId }) => {
      await findRestore(deps, id);
      const { backupId } = await stop(deps, id, { actor, requestId, reason });
      const body = restoreAnswer(await findRestore(deps, id));
      return { status: 202, headers: locationOf(id), body, told: { backupId, operationId: id } };
    },
  }),
  route({
    method: 'post',
    path: '/api/v1/backups/:backupId/rehearse',
    docs: restoreDocs.rehearse,
    input: RehearseRequest,
    handle: async (asked, context) => {
      const { operationId: id, warnings } = await deps.rehearseBackup(asked, context);
      const told = { backupId: asked.backupId, operationId: id };
      return { status: 202, headers: locationOf(id), body: { id, state: 'QUEUED', warnings }, told };
    },
  }),
  route({
    method: 'get',
    path: '/api/v1/backups/:backupId/runbook',
    docs: restoreDocs.runbook,
    input: BackupPath,
    handle: async ({ backupId }, context) => ({
      status: 200,
      body: await deps.readRunbook(backupId, context),
      contentType: 'text/markdown; charset=utf-8',
    }),
  }),
];

const post = async (deps: RestoreRoutes, asked: RestoreBody, context: RequestContext): Promise<Answer> => {
  const key = idempotencyKeyOf(context);
  if (key === undefined) return accepted(asked, await deps.requestRestore(asked, context));
  const work = () => deps.requestRestore(asked, context, key);
  const parse = (kept: unknown) => AcceptedRestore.parse(kept);
  return accepted(asked, await deps.idempotent({ key, body: asked, work, parse }));
};

const accepted = ({ backupId }: RestoreBody, body: AcceptedRestore): Answer => ({
  status: 202,
  headers: locationOf(body.id),
  body,
  told: { backupId, operationId: body.id },
});

const list = async (deps: RestoreRoutes, query: RestoreQuery): Promise<Answer> => {
  const wish: RestoreWish = { state: query.state, kind: query.kind, backupId: query.backupId };
  const filter = { restores: wish };
  const after = query.cursor === undefined ? undefined : readCursor(query.cursor, filter);
  const { items, next } = await listRestores(deps, wish, after, query.limit);
  const nextCursor = next === undefined ? null : writeCursor(next, filter);
  return { status: 200, body: { items: items.map(restoreAnswer), nextCursor } };
};
