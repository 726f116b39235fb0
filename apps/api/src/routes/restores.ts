import type { OperationHistory } from '@tandem/history/ports/operations.ts';
import type { RestoreHistory } from '@tandem/history/ports/restores.ts';
import {
  AcceptedRestore,
  BackupPath,
  type PlanRequest as PlanBody,
  PlanRequest,
  type RehearseRequest as RehearseBody,
  RehearseRequest,
  Restore,
  type RestoreRequest as RestoreBody,
  RestoreList,
  RestorePath,
  RestorePlan,
  RestoreQuery,
  RestoreRequest,
  RestoreWithProgress,
  StopRequest,
} from '@tandem/shared/contract/restores.ts';
import { asShown } from '@tandem/shared/domain/history/stored-names.ts';
import { z } from 'zod';
import { readCursor, writeCursor } from '../http/cursor.ts';
import { idempotencyKeyOf } from '../http/idempotency-key.ts';
import { type Answer, type RequestContext, type Route, route } from '../http/route.ts';
import { content, json, type RouteDocs } from '../http/route-docs.ts';
import type { AskIdempotently } from '../idempotency/idempotent.ts';
import { backupId, cursor, plan, restore, restoreId, restoreWithProgress, snapshotNames } from '../openapi/examples.ts';
import { ofEngine, ofHistory, ofKey, ofRequest } from '../openapi/failure-groups.ts';
import { type Operate, stop } from '../operations/operate.ts';
import type { Planned } from '../restores/make-plan.ts';
import { findRestore, listRestores, type RestoreFilter } from '../restores/read-restores.ts';
import type { RecentPlans } from '../restores/recent-plans.ts';
import type { AcceptedRehearsal } from '../restores/rehearse-backup.ts';
import { restoreAnswer } from '../restores/restore-answer.ts';

const planned = ['BACKUP_NOT_FOUND', 'INDEX_NOT_FOUND', 'SNAPSHOT_NOT_FOUND', ...ofEngine, ...ofHistory] as const;
const opened = ['RESTORE_BLOCKED', 'BACKUP_DELETED', 'BACKUP_BUSY', 'RESTORE_RUNNING'] as const;

const restoreDocs = {
  plan: {
    id: 'planRestore',
    tag: 'Restores',
    summary: 'What a restore would do, and what is in its way',
    description:
      'Changes nothing. The `planHash` is what a restore is asked for with. `acceptDiskShort` turns the blocker `DISK_SHORT` into a warning; where every data node is above its low disk watermark, `DISK_FULL` stays. `acceptFailedRehearsal` does the same for `REHEARSAL_FAILED`. Verifies the repository: every node writes a small file into it.',
    answers: { 200: json('The plan; with blockers it must not start.', RestorePlan, plan) },
    failures: planned,
    body: { backupId },
  },
  list: {
    id: 'listRestores',
    tag: 'Restores',
    summary: 'List restores and rehearsals, newest first',
    description: 'All filters that are given must fit.',
    answers: { 200: json('A page of them.', RestoreList, { items: [restore], nextCursor: cursor }) },
    failures: ['CURSOR_INVALID', ...ofHistory],
  },
  request: {
    id: 'requestRestore',
    tag: 'Restores',
    summary: 'Restore what was planned',
    description:
      'Runs exactly the plan of that hash, or nothing. With `deleteExisting` the id is sent once more as `confirm`, and a safety backup is taken first.',
    answers: {
      202: json(
        'It is recorded, and will run.',
        AcceptedRestore,
        { operationId: restoreId, state: 'QUEUED', safetyBackupId: null, warnings: [] },
        'Location',
      ),
    },
    failures: [
      'RESTORE_NOT_CONFIRMED',
      'PLAN_CHANGED',
      'RESTORE_UNSAFE',
      ...opened,
      ...planned,
      ...ofRequest.filter((code) => code !== 'RESTORE_RUNNING'),
      ...ofKey,
    ],
    takes: ['Idempotency-Key'],
    body: { backupId, planHash: plan.planHash, reason: 'the disk was lost' },
  },
  read: {
    id: 'readRestore',
    tag: 'Restores',
    summary: 'A restore or rehearsal with its progress',
    description:
      'While it runs, `progress` shows what is restored; once the contents are compared, `report` shows the result.',
    answers: { 200: json('The restore.', RestoreWithProgress, restoreWithProgress) },
    failures: ['OPERATION_NOT_FOUND', ...ofHistory],
  },
  stop: {
    id: 'cancelRestore',
    tag: 'Restores',
    summary: 'Stop a restore or rehearsal',
    description: 'It takes back what it did, where it was asked for with `rollback`.',
    answers: {
      202: json('It is told to stop.', Restore, { ...restore, state: 'RUNNING', endedAt: null }, 'Location'),
    },
    failures: ['OPERATION_NOT_FOUND', 'OPERATION_ENDED', ...ofHistory],
    body: { reason: 'the wrong backup' },
  },
  rehearse: {
    id: 'rehearseBackup',
    tag: 'Restores',
    summary: 'Prove that a backup can be restored',
    description:
      'Restores it beside the real indices, compares and takes the copy away again. `indices`: all, the names of some, or how many of the biggest.',
    answers: {
      202: json(
        'It is recorded, and will run.',
        AcceptedRestore.omit({ safetyBackupId: true }).meta({
          id: 'AcceptedRehearsal',
          description: 'A rehearsal that was recorded and will be run.',
        }),
        { operationId: restoreId, state: 'QUEUED', warnings: [] },
        'Location',
      ),
    },
    failures: [...opened, ...planned],
    body: { indices: 'all', reason: 'monthly proof' },
  },
  runbook: {
    id: 'readRunbook',
    tag: 'Restores',
    summary: 'How to restore a backup without Tandem',
    description:
      'The calls to the engine that restore the backup by hand, for when Tandem or its database is lost. Fetch it while all is well.',
    answers: {
      200: content(
        'text/markdown',
        'Steps for a person with a shell.',
        z.string(),
        `# Restore of backup ${backupId} by hand\n\n1. \`POST _snapshot/backups/${snapshotNames[0]}/_restore\`\n`,
      ),
    },
    failures: ['BACKUP_NOT_FOUND', 'BACKUP_DELETED', ...ofEngine, ...ofHistory],
  },
} as const satisfies Readonly<Record<string, RouteDocs>>;

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

const locationOf = (operationId: string) => ({ Location: `/api/v1/restores/${operationId}` });

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
      return { status: 200, body: planned.plan, logged: { backupId: asked.backupId } };
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
    path: '/api/v1/restores/:operationId',
    docs: restoreDocs.read,
    input: RestorePath,
    handle: async ({ operationId }, context) => ({ status: 200, body: await deps.readRestore(operationId, context) }),
  }),
  route({
    method: 'post',
    path: '/api/v1/restores/:operationId/cancel',
    docs: restoreDocs.stop,
    input: StopRequest,
    handle: async ({ operationId, reason }, { actor, requestId }) => {
      await findRestore(deps, operationId);
      const { backupId } = await stop(deps, operationId, { actor, requestId, reason });
      const body = restoreAnswer(await findRestore(deps, operationId));
      return { status: 202, headers: locationOf(operationId), body, logged: { backupId, operationId } };
    },
  }),
  route({
    method: 'post',
    path: '/api/v1/backups/:backupId/rehearse',
    docs: restoreDocs.rehearse,
    input: RehearseRequest,
    handle: async (asked, context) => {
      const { operationId, warnings } = await deps.rehearseBackup(asked, context);
      const logged = { backupId: asked.backupId, operationId };
      const body = { operationId, state: 'QUEUED', warnings };
      return { status: 202, headers: locationOf(operationId), body, logged };
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
  const parse = (kept: unknown) => AcceptedRestore.parse(asShown('acceptedRestore', kept as object));
  return accepted(asked, await deps.idempotent({ key, body: asked, work, parse }));
};

const accepted = ({ backupId }: RestoreBody, body: AcceptedRestore): Answer => ({
  status: 202,
  headers: locationOf(body.operationId),
  body,
  logged: { backupId, operationId: body.operationId },
});

const list = async (deps: RestoreRoutes, query: RestoreQuery): Promise<Answer> => {
  const restores: RestoreFilter = { state: query.state, kind: query.kind, backupId: query.backupId };
  const filter = { restores };
  const after = query.cursor === undefined ? undefined : readCursor(query.cursor, filter);
  const { items, next } = await listRestores(deps, restores, after, query.limit);
  const nextCursor = next === undefined ? null : writeCursor(next, filter);
  return { status: 200, body: { items: items.map(restoreAnswer), nextCursor } };
};
