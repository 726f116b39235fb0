import {
  BulkReleasePreview,
  BulkReleaseResult,
  BulkRetryPreview,
  BulkRetryResult,
  Operation,
  OperationList,
  OperationWithAttempts,
} from '@tandem/shared/contract/operations.ts';
import { z } from 'zod';
import { json, type RouteDocs } from '../http/route-docs.ts';
import {
  cursor,
  operation,
  operationId,
  operationWithAttempts,
  queued,
  suspendedSummary,
} from '../openapi/examples.ts';
import { ofHistory } from '../openapi/failure-groups.ts';

const token = 'Q2k3XbT7aZ1pRw8f.ArgBAg';

export const operationDocs = {
  list: {
    id: 'listOperations',
    tag: 'Operations',
    summary: 'List operations, newest first',
    answers: { 200: json('A page of them.', OperationList, { items: [operation], nextCursor: cursor }) },
    failures: ['CURSOR_INVALID', ...ofHistory],
  },
  bulkRetry: {
    id: 'retryOperations',
    tag: 'Operations',
    summary: 'Retry many failed operations',
    description:
      'Without a `token` nothing is done and a preview is answered. With the token of the preview and the same filter what was previewed is retried, and nothing else. Restores are never among them, and deletions only where `filter.kind` names them; the preview lists the snapshots that each of those would delete.',
    answers: {
      200: json(
        'A preview, or what became of each operation.',
        z.union([BulkRetryPreview, BulkRetryResult]).meta({ id: 'BulkRetry' }),
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
      'Restores are never among them, and deletions only where `filter.kind` names them. Without a `token` nothing is done and a preview is returned. With the token of the preview and the same filter what was previewed is released, and nothing else.',
    answers: {
      200: json(
        'A preview, or what became of each operation.',
        z.union([BulkReleasePreview, BulkReleaseResult]).meta({ id: 'BulkRelease' }),
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
      'It is carried out now. A suspended restore or rehearsal cannot be released: cancel it, which leaves the engine as it is, and create a new plan.',
    answers: { 202: json('It is queued again.', Operation, queued('create')) },
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
    summary: 'An operation with its attempts',
    answers: { 200: json('The operation.', OperationWithAttempts, operationWithAttempts) },
    failures: ['OPERATION_NOT_FOUND', ...ofHistory],
  },
  retry: {
    id: 'retryOperation',
    tag: 'Operations',
    summary: 'Retry a failed operation',
    description: 'A restore that deletes indices is not retried: create a new plan for it.',
    answers: { 202: json('It is queued again.', Operation, queued('create')) },
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
      'A restore or rehearsal rolls back what it did before it ends. A SUSPENDED operation ends at once and the engine is left as it is, except that `deleteSnapshots` has the snapshots of a create deleted; `failure` of a restore then reports what is there under its target names, and from which snapshot.',
    answers: {
      202: json('It is cancelled, or told to stop.', Operation, { ...operation, state: 'CANCELLED' }),
    },
    failures: ['OPERATION_NOT_FOUND', 'OPERATION_ENDED', 'BACKUP_HELD', ...ofHistory],
    body: { reason: 'asked for by mistake', deleteSnapshots: true },
  },
} as const satisfies Readonly<Record<string, RouteDocs>>;
