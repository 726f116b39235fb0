import type { OperationHistory } from '@tandem/history/ports/operations.ts';
import type { RestoreHistory } from '@tandem/history/ports/restores.ts';
import {
  AcceptedRestore,
  BackupPath,
  type RehearseRequest as RehearseBody,
  RehearseRequest,
  Restore,
  type RestoreRequest as RestoreBody,
  RestoreList,
  RestorePath,
  RestoreQuery,
  RestoreRequest,
  RestoreWithProgress,
  StopRequest,
} from '@tandem/shared/contract/restores.ts';
import { asShown } from '@tandem/shared/domain/history/stored-names.ts';
import { z } from 'zod';
import { readCursor, writeCursor } from '../http/cursor.ts';
import { type Answer, type RequestContext, type Route, route } from '../http/route.ts';
import { content, json, type RouteDocs } from '../http/route-docs.ts';
import { idempotencyKeyOf } from '../idempotency/idempotency-key.ts';
import type { AskIdempotently } from '../idempotency/idempotent.ts';
import { backupId, cursor, plan, restore, restoreId, restoreWithProgress, snapshotNames } from '../openapi/examples.ts';
import { ofEngine, ofHistory, ofKey, ofRequest } from '../openapi/failure-groups.ts';
import type { Operate } from '../operations/operate.ts';
import { stopAs } from '../operations/operate-as.ts';
import { findRestore, listRestores, type RestoreFilter } from '../restores/read-restores.ts';
import type { AcceptedRehearsal } from '../restores/rehearse-backup.ts';
import { restoreAnswer } from '../restores/restore-answer.ts';
import { failuresOfPlan, MAX_RESTORE_BODY_BYTES, type RestorePlanRoutes, restorePlanRoutes } from './restore-plans.ts';

const opened = ['RESTORE_BLOCKED', 'BACKUP_DELETED', 'BACKUP_BUSY', 'RESTORE_RUNNING'] as const;

const restoreDocs = {
  list: {
    id: 'listRestores',
    tag: 'Restores',
    summary: 'List restores and rehearsals, newest first',
    description: 'All filters that are given must fit.',
    answers: { 200: json('A page of restores.', RestoreList, { items: [restore], nextCursor: cursor }) },
    failures: ['CURSOR_INVALID', ...ofHistory],
  },
  request: {
    id: 'requestRestore',
    tag: 'Restores',
    summary: 'Start a planned restore',
    description:
      'Runs exactly the plan with that hash, or nothing. `deleteExisting` requires the id in `confirm`, and a safety backup is taken first.',
    answers: {
      202: json(
        'The operation is recorded and will run.',
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
      ...failuresOfPlan,
      ...ofRequest.filter((code) => code !== 'RESTORE_RUNNING'),
      ...ofKey,
    ],
    takes: ['Idempotency-Key'],
    body: { backupId, planHash: plan.planHash, reason: 'the disk was lost' },
  },
  read: {
    id: 'readRestore',
    tag: 'Restores',
    summary: 'Get a restore or rehearsal with its progress',
    description:
      'While it runs, `progress` shows what is restored; once the contents are compared, `report` shows the result.',
    answers: { 200: json('The restore.', RestoreWithProgress, restoreWithProgress) },
    failures: ['OPERATION_NOT_FOUND', ...ofHistory],
  },
  stop: {
    id: 'cancelRestore',
    tag: 'Restores',
    summary: 'Stop a restore or rehearsal',
    description: 'It rolls back its changes if it was requested with `rollback`.',
    answers: {
      202: json('It will stop.', Restore, { ...restore, state: 'RUNNING', endedAt: null }, 'Location'),
    },
    failures: ['OPERATION_NOT_FOUND', 'OPERATION_ENDED', ...ofHistory],
    body: { reason: 'the wrong backup' },
  },
  rehearse: {
    id: 'rehearseBackup',
    tag: 'Restores',
    summary: 'Prove that a backup can be restored',
    description:
      'Restores the backup under other names, compares it and deletes the copies. `indices`: all, some by name, or the number of the largest.',
    answers: {
      202: json(
        'The operation is recorded and will run.',
        AcceptedRestore.omit({ safetyBackupId: true }).meta({
          id: 'AcceptedRehearsal',
          description: 'A rehearsal that was recorded and will be run.',
        }),
        { operationId: restoreId, state: 'QUEUED', warnings: [] },
        'Location',
      ),
    },
    failures: [...opened, ...failuresOfPlan],
    body: { indices: 'all', reason: 'monthly proof' },
  },
  runbook: {
    id: 'readRunbook',
    tag: 'Restores',
    summary: 'Get instructions for restoring a backup without Tandem',
    description:
      'The calls to the engine that restore the backup by hand, for when Tandem or its database is lost. Fetch it while all is well.',
    answers: {
      200: content(
        'text/markdown',
        'Steps for an operator with a shell.',
        z.string(),
        `# Restore of backup ${backupId} by hand\n\n1. \`POST _snapshot/backups/${snapshotNames[0]}/_restore\`\n`,
      ),
    },
    failures: ['BACKUP_NOT_FOUND', 'BACKUP_DELETED', ...ofEngine, ...ofHistory],
  },
} as const satisfies Readonly<Record<string, RouteDocs>>;

export type RestoreRoutes = Operate &
  RestorePlanRoutes & {
    readonly requestRestore: (body: RestoreBody, context: RequestContext, key?: string) => Promise<AcceptedRestore>;
    readonly rehearseBackup: (body: RehearseBody, context: RequestContext) => Promise<AcceptedRehearsal>;
    readonly readRestore: (id: string, context: RequestContext) => Promise<RestoreWithProgress>;
    readonly readRunbook: (backupId: string, context: RequestContext) => Promise<string>;
    readonly history: OperationHistory & RestoreHistory;
    readonly idempotent: AskIdempotently;
  };

const locationOf = (operationId: string) => ({ Location: `/api/v1/restores/${operationId}` });

/** Restores and rehearsals: plan, request, read and stop. */
export const restoreRoutes = (deps: RestoreRoutes): readonly Route[] => [
  ...restorePlanRoutes(deps),
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
    maxBodyBytes: MAX_RESTORE_BODY_BYTES,
    handle: (body, context) => post(deps, body, context),
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
    handle: async ({ operationId, reason }, context) => {
      const { backupId } = await stopAs(deps, context, await findRestore(deps, operationId), reason);
      const body = restoreAnswer(await findRestore(deps, operationId));
      return { status: 202, headers: locationOf(operationId), body, logged: { backupId, operationId } };
    },
  }),
  route({
    method: 'post',
    path: '/api/v1/backups/:backupId/rehearse',
    docs: restoreDocs.rehearse,
    input: RehearseRequest,
    handle: async (request, context) => {
      const { operationId, warnings } = await deps.rehearseBackup(request, context);
      const logged = { backupId: request.backupId, operationId };
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

const post = async (deps: RestoreRoutes, body: RestoreBody, context: RequestContext): Promise<Answer> => {
  const key = idempotencyKeyOf(context);
  const work = () => deps.requestRestore(body, context, key);
  const parse = (kept: unknown) => AcceptedRestore.parse(asShown('acceptedRestore', kept as object));
  return accepted(body, await deps.idempotent({ key, body, actor: context.actor, work, parse }));
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
