import type { OperationFilter } from '@tandem/history/ports/operations.ts';
import {
  BulkReleaseRequest,
  BulkRetryRequest,
  CancelRequest,
  OperationPath,
  OperationQuery,
  ReleaseRequest,
  RetryRequest,
} from '@tandem/shared/contract/operations.ts';
import { operationDocs } from '../docs/operation-docs.ts';
import { readCursor, writeCursor } from '../http/cursor.ts';
import { type Answer, type RequestContext, type Route, route } from '../http/route.ts';
import { previewRelease, runRelease } from '../operations/bulk-release.ts';
import { previewRetry, runRetry } from '../operations/bulk-retry.ts';
import { cancel, findOperation, listPage, type Operate, release, retry } from '../operations/operate.ts';
import { operationAnswer, operationWithAttempts } from '../operations/operation-answer.ts';

/** Operations over REST: to see, retry, release and cancel. */
export const operationRoutes = (deps: Operate): readonly Route[] => [
  route({
    method: 'get',
    path: '/api/v1/operations',
    query: true,
    docs: operationDocs.list,
    input: OperationQuery,
    handle: (query) => list(deps, query),
  }),
  // before the routes of one operation: `retry` and `release` are no ids
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
    handle: async ({ operationId, reason }, context) => ({
      status: 202,
      body: operationAnswer(await retry(deps, operationId, { ...by(context), reason })),
    }),
  }),
  route({
    method: 'post',
    path: '/api/v1/operations/:operationId/release',
    docs: operationDocs.release,
    input: ReleaseRequest,
    handle: async ({ operationId, reason }, context) => ({
      status: 202,
      body: operationAnswer(await release(deps, operationId, { ...by(context), reason })),
    }),
  }),
  route({
    method: 'post',
    path: '/api/v1/operations/:operationId/cancel',
    docs: operationDocs.cancel,
    input: CancelRequest,
    handle: async ({ operationId, reason, deleteSnapshots }, context) => ({
      status: 202,
      body: operationAnswer(await cancel(deps, operationId, { ...by(context), reason }, deleteSnapshots)),
    }),
  }),
];

const by = ({ actor, requestId }: RequestContext) => ({ actor, requestId });

const list = async (deps: Operate, query: OperationQuery): Promise<Answer> => {
  const filter: OperationFilter = {
    ...(query.state === undefined ? {} : { states: query.state }),
    ...(query.kind === undefined ? {} : { kinds: query.kind }),
    ...(query.backupId === undefined ? {} : { backupId: query.backupId }),
    ...(query.class === undefined ? {} : { errorClass: query.class }),
  };
  const after = query.cursor === undefined ? undefined : readCursor(query.cursor, filter);
  const { items, next } = await listPage(deps, filter, after, query.limit);
  const nextCursor = next === undefined ? null : writeCursor(next, filter);
  return { status: 200, body: { items: items.map(operationAnswer), nextCursor } };
};
