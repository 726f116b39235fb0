import type { OperationFilter } from '@tandem/history/ports/operations.ts';
import {
  BulkReleasePreview,
  BulkReleaseRequest,
  BulkReleaseResult,
  BulkRetryPreview,
  BulkRetryRequest,
  BulkRetryResult,
  CancelRequest,
  Operation,
  OperationList,
  OperationPath,
  OperationQuery,
  OperationWithAttempts,
  ReleaseRequest,
  RetryRequest,
} from '@tandem/shared/contract/operations.ts';
import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import { z } from 'zod';
import { readCursor, writeCursor } from '../http/cursor.ts';
import { type Answer, type Route, route } from '../http/route.ts';
import { json, type RouteDocs } from '../http/route-docs.ts';
import {
  cursor,
  operationWithAttempts as exampleOperation,
  operation,
  operationId,
  queued,
  suspendedSummary,
} from '../openapi/examples.ts';
import { ofHistory } from '../openapi/failure-groups.ts';
import { previewRelease, runRelease } from '../operations/bulk-release.ts';
import { previewRetry, runRetry } from '../operations/bulk-retry.ts';
import { findOperation, listPage, type Operate } from '../operations/operate.ts';
import { cancelAs, releaseAs, retryAs } from '../operations/operate-as.ts';
import { operationAnswer, operationWithAttempts } from '../operations/operation-answer.ts';

const token = 'Q2k3XbT7aZ1pRw8f.ArgBAg';

const operationDocs = {
  list: {
    id: 'listOperations',
    tag: 'Operations',
    summary: 'List operations, newest first',
    description:
      'All filters that are given must fit. Open operations show why their last attempt failed and when the next one is due.',
    answers: { 200: json('A page of operations.', OperationList, { items: [operation], nextCursor: cursor }) },
    failures: ['CURSOR_INVALID', ...ofHistory],
  },
  bulkRetry: {
    id: 'retryOperations',
    tag: 'Operations',
    summary: 'Retry many failed operations',
    description:
      'Without a `token` nothing changes and a preview is returned. With the token of the preview and the same filter, exactly the previewed operations are retried. Restores are never included, and deletions only if `filter.kind` names them; the preview lists the snapshots that each deletion would delete.',
    answers: {
      200: json(
        'A preview, or the result of each operation.',
        z
          .union([BulkRetryPreview, BulkRetryResult])
          .meta({ id: 'BulkRetry', description: 'A preview, or with its token the result.' }),
        { count: 1, more: 0, operationIds: [operationId], deletes: [], token },
      ),
    },
    failures: ['TOKEN_INVALID', ...ofHistory],
    body: { filter: { kind: ['create'] }, reason: 'the disk was replaced' },
  },
  bulkRelease: {
    id: 'releaseOperations',
    tag: 'Operations',
    summary: 'Release many suspended operations',
    description:
      'Restores are never included, and deletions only if `filter.kind` names them. Without a `token` nothing changes and a preview is returned. With the token of the preview and the same filter, exactly the previewed operations are released.',
    answers: {
      200: json(
        'A preview, or the result of each operation.',
        z
          .union([BulkReleasePreview, BulkReleaseResult])
          .meta({ id: 'BulkRelease', description: 'A preview, or with its token the result.' }),
        { count: 1, more: 0, operations: [suspendedSummary], deletes: [], token },
      ),
    },
    failures: ['TOKEN_INVALID', ...ofHistory],
    body: { filter: { kind: ['create'] }, reason: 'the workers are back' },
  },
  release: {
    id: 'releaseOperation',
    tag: 'Operations',
    summary: 'Release a suspended operation',
    description:
      'The operation continues. A suspended restore or rehearsal cannot be released: cancel it, which leaves the engine as it is, and create a new plan.',
    answers: { 202: json('The operation is queued again.', Operation, queued('create')) },
    failures: [
      'OPERATION_NOT_FOUND',
      'OPERATION_NOT_SUSPENDED',
      'OPERATION_NOT_RELEASABLE',
      'RESTORE_RUNNING',
      'BACKUP_HELD',
      ...ofHistory,
    ],
    body: { reason: 'the workers are back' },
  },
  read: {
    id: 'readOperation',
    tag: 'Operations',
    summary: 'Get an operation with its attempts',
    description:
      '`waiting` says what an open operation waits for; `lastError` why its last attempt failed, and what to do about it.',
    answers: { 200: json('The operation.', OperationWithAttempts, exampleOperation) },
    failures: ['OPERATION_NOT_FOUND', ...ofHistory],
  },
  retry: {
    id: 'retryOperation',
    tag: 'Operations',
    summary: 'Retry a failed operation',
    description: 'A restore that deletes indices is not retried: create a new plan for it.',
    answers: { 202: json('The operation is queued again.', Operation, queued('create')) },
    failures: [
      'OPERATION_NOT_FOUND',
      'OPERATION_NOT_FAILED',
      'RESTORE_NOT_RETRYABLE',
      'BACKUP_BUSY',
      'BACKUP_DELETED',
      'BACKUP_HELD',
      ...ofHistory,
    ],
    body: { reason: 'the disk was replaced' },
  },
  cancel: {
    id: 'cancelOperation',
    tag: 'Operations',
    summary: 'Cancel an open operation',
    description:
      'A restore or rehearsal rolls back what it did before it ends. A SUSPENDED operation ends at once and the engine is left as it is, except that `deleteSnapshots` deletes the snapshots of a create; `failure` of a restore then reports which indices exist under its target names, and from which snapshots.',
    answers: {
      202: json('The operation is cancelled, or will stop.', Operation, { ...operation, state: 'CANCELLED' }),
    },
    failures: ['OPERATION_NOT_FOUND', 'OPERATION_ENDED', 'BACKUP_HELD', ...ofHistory],
    body: { reason: 'requested by mistake', deleteSnapshots: true },
  },
} as const satisfies Readonly<Record<string, RouteDocs>>;

/** Operations: read, retry, release and cancel. */
export const operationRoutes = (deps: Operate): readonly Route[] => [
  route({
    method: 'get',
    path: '/api/v1/operations',
    query: true,
    docs: operationDocs.list,
    input: OperationQuery,
    handle: (query) => list(deps, query),
  }),
  // before the routes of a single operation: `retry` and `release` are not ids
  route({
    method: 'post',
    path: '/api/v1/operations/retry',
    docs: operationDocs.bulkRetry,
    input: BulkRetryRequest,
    handle: async (request, context) => {
      const { token } = request;
      const body =
        token === undefined ? await previewRetry(deps, request) : await runRetry(deps, request, token, context);
      return { status: 200, body };
    },
  }),
  route({
    method: 'post',
    path: '/api/v1/operations/release',
    docs: operationDocs.bulkRelease,
    input: BulkReleaseRequest,
    handle: async (request, context) => {
      const { token } = request;
      const body =
        token === undefined ? await previewRelease(deps, request) : await runRelease(deps, request, token, context);
      return { status: 200, body };
    },
  }),
  route({
    method: 'get',
    path: '/api/v1/operations/:operationId',
    docs: operationDocs.read,
    input: OperationPath,
    handle: async ({ operationId }) => {
      const operation = await findOperation(deps, operationId);
      return { status: 200, body: operationWithAttempts(operation, await deps.history.attemptsOf(operationId)) };
    },
  }),
  route({
    method: 'post',
    path: '/api/v1/operations/:operationId/retry',
    docs: operationDocs.retry,
    input: RetryRequest,
    handle: async ({ operationId, reason }, context) => {
      const operation = await findOperation(deps, operationId);
      return { status: 202, body: operationAnswer(await retryAs(deps, context, operation, reason)) };
    },
  }),
  route({
    method: 'post',
    path: '/api/v1/operations/:operationId/release',
    docs: operationDocs.release,
    input: ReleaseRequest,
    handle: async ({ operationId, reason }, context) => {
      const operation = await findOperation(deps, operationId);
      return { status: 202, body: operationAnswer(await releaseAs(deps, context, operation, reason)) };
    },
  }),
  route({
    method: 'post',
    path: '/api/v1/operations/:operationId/cancel',
    docs: operationDocs.cancel,
    input: CancelRequest,
    handle: async (request, context) => ({
      status: 202,
      body: operationAnswer(await cancelAs(deps, context, request)),
    }),
  }),
];

const list = async (deps: Operate, query: OperationQuery): Promise<Answer> => {
  const { state: states, kind: kinds, backupId, failureClass: errorClass } = query;
  const filter: OperationFilter = omitUndefined({ states, kinds, backupId, errorClass });
  const after = query.cursor === undefined ? undefined : readCursor(query.cursor, filter);
  const { items, next } = await listPage(deps, filter, after, query.limit);
  const nextCursor = next === undefined ? null : writeCursor(next, filter);
  return { status: 200, body: { items: items.map(operationAnswer), nextCursor } };
};
