import type { EventHistory } from '@tandem/history/ports/events.ts';
import type { OperationRecord } from '@tandem/history/ports/operations.ts';
import { BackupDetails, EventPage } from '@tandem/shared/contract/audit.ts';
import {
  AcceptedBackup,
  BackupQuery,
  BackupRequest,
  DeleteRequest,
  EventsQuery,
} from '@tandem/shared/contract/backups.ts';
import { Operation } from '@tandem/shared/contract/operations.ts';
import { fail } from '@tandem/shared/domain/failure/failure.ts';
import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import { isActive } from '@tandem/shared/domain/operation/operation-state.ts';
import { z } from 'zod';
import type { ChangeHub } from '../backups/changes/change-hub.ts';
import { eventAnswer, eventStream } from '../backups/changes/event-stream.ts';
import type { DeleteCommand } from '../backups/delete-backup.ts';
import type { RequestedBackup, RequestOptions } from '../backups/request/request-backup.ts';
import { readCursor, writeCursor } from '../http/cursor.ts';
import { orAskGet } from '../http/outcome-unknown.ts';
import { type Answer, type RequestContext, type Route, route } from '../http/route.ts';
import { json, type RouteDocs } from '../http/route-docs.ts';
import { idempotencyKeyOf } from '../idempotency/idempotency-key.ts';
import type { AskIdempotently } from '../idempotency/idempotent.ts';
import { backupDetails, backupId, event, operationId, queued } from '../openapi/examples.ts';
import { ofEngine, ofHistory, ofKey, ofRequest } from '../openapi/failure-groups.ts';
import { operationAnswer } from '../operations/operation-answer.ts';

const stream = {
  schema: z.string().meta({
    description: 'Server-sent events. Each has the id and the kind of an Event, and the Event as JSON in its data.',
  }),
  example: `id: ${event.id}\nevent: ${event.kind}\ndata: ${JSON.stringify(event)}\n\n`,
};

const backupDocs = {
  request: {
    id: 'requestBackup',
    tag: 'Backups',
    summary: 'Request a backup',
    description:
      'Without a `backupId` one is generated that sorts by time. With an `Idempotency-Key` the same request may be sent again and gets the same response.',
    answers: {
      202: json(
        'The backup is recorded and will be taken.',
        AcceptedBackup,
        { backupId, operationId, state: 'QUEUED' },
        'Location',
      ),
    },
    failures: [...ofRequest, ...ofKey, ...ofEngine, ...ofHistory],
    takes: ['Idempotency-Key'],
    body: { backupId, reason: 'before the migration' },
  },
  read: {
    id: 'readBackup',
    tag: 'Backups',
    summary: 'Get a backup',
    description:
      'The newest incarnation of the id that is not deleted, otherwise the newest deleted one. With `wait` the response is sent once the backup is no longer IN_PROGRESS, or after that time; then with `Retry-After`.',
    answers: {
      200: json(
        'The backup with its parts, operations, restores and other incarnations.',
        BackupDetails,
        backupDetails,
        'Retry-After',
      ),
    },
    failures: ['BACKUP_NOT_FOUND', ...ofEngine, ...ofHistory],
  },
  events: {
    id: 'listBackupEvents',
    tag: 'Backups',
    summary: 'List the events of a backup, oldest first',
    description:
      'Events of all incarnations of the id. With `stream` they are sent as server-sent events until the client disconnects; `Last-Event-ID` resumes after that event.',
    answers: {
      200: {
        description: 'A page of events, or a stream.',
        content: {
          'application/json': { schema: EventPage, example: { items: [event], nextCursor: null } },
          'text/event-stream': stream,
        },
        headers: [],
      },
    },
    failures: ['BACKUP_NOT_FOUND', 'CURSOR_INVALID', ...ofHistory],
    takes: ['Last-Event-ID'],
  },
  remove: {
    id: 'deleteBackup',
    tag: 'Backups',
    summary: 'Delete a backup',
    description:
      'Deletes its snapshots and keeps its history. Ends an open create of the backup. Requires a reason, and `confirm` with the id if the backup is the newest COMPLETED one of its installation or the newest with a full proof.',
    answers: {
      202: json('The deletion, or the one that is already open.', Operation, queued('delete'), 'Location'),
    },
    failures: [
      'BACKUP_NOT_FOUND',
      'BACKUP_DELETED',
      'BACKUP_HELD',
      'BACKUP_BUSY',
      'DISCOVERED_NOT_CONFIRMED',
      'DELETE_NOT_CONFIRMED',
      'OPERATION_NOT_FOUND',
      ...ofEngine,
      ...ofHistory,
    ],
    body: { reason: 'older than a year' },
  },
} as const satisfies Readonly<Record<string, RouteDocs>>;

export type BackupRoutes = {
  readonly requestBackup: (id: string, context: RequestContext, options: RequestOptions) => Promise<RequestedBackup>;
  readonly readBackup: (backupId: string, context: RequestContext) => Promise<BackupDetails>;
  readonly deleteBackup: (request: DeleteCommand, context: RequestContext) => Promise<OperationRecord>;
  readonly history: Pick<EventHistory, 'eventsAfter'>;
  readonly idempotent: AskIdempotently;
  readonly hub: ChangeHub;
  /** Returns an id that sorts by time and is valid in a snapshot name. */
  readonly newBackupId: () => string;
};

const HEARTBEAT_MS = 15_000;

/** Backups: request, read, wait for and delete. */
export const backupRoutes = (deps: BackupRoutes): readonly Route[] => [
  route({
    method: 'post',
    path: '/api/v1/backups',
    docs: backupDocs.request,
    input: BackupRequest,
    handle: (body, context) => post(deps, body, context),
  }),
  route({
    method: 'get',
    path: '/api/v1/backups/:backupId',
    query: true,
    docs: backupDocs.read,
    input: BackupQuery,
    handle: ({ backupId, wait }, context) => get(deps, backupId, wait, context),
  }),
  route({
    method: 'get',
    path: '/api/v1/backups/:backupId/events',
    query: true,
    docs: backupDocs.events,
    input: EventsQuery,
    handle: (query, context) => events(deps, query, context),
  }),
  route({
    method: 'delete',
    path: '/api/v1/backups/:backupId',
    docs: backupDocs.remove,
    input: DeleteRequest,
    handle: async (request, context) => {
      const operation = await deps.deleteBackup(request, context);
      const { operationId } = operation;
      const headers = { Location: `/api/v1/operations/${operationId}` };
      return {
        status: 202,
        headers,
        body: operationAnswer(operation),
        logged: { backupId: request.backupId, operationId },
      };
    },
  }),
];

const post = async (
  deps: BackupRoutes,
  body: { readonly backupId?: string | undefined; readonly reason?: string | undefined },
  context: RequestContext,
): Promise<Answer> => {
  const backupId = body.backupId ?? deps.newBackupId();
  const answerOf = (operationId: string): AcceptedBackup => ({ backupId, operationId, state: 'QUEUED' });
  const seenAt = `/api/v1/backups/${backupId}`;
  const key = idempotencyKeyOf(context);
  const options = omitUndefined({
    reason: body.reason,
    idempotency: key === undefined ? undefined : { key, answerOf },
  });
  const work = async () => answerOf((await deps.requestBackup(backupId, context, options)).operationId);
  const parse = (kept: unknown) => AcceptedBackup.parse(kept);
  return accepted(await orAskGet(seenAt, () => deps.idempotent({ key, body, actor: context.actor, work, parse })));
};

const accepted = (body: AcceptedBackup): Answer => ({
  status: 202,
  headers: { Location: `/api/v1/backups/${body.backupId}` },
  body,
  logged: { backupId: body.backupId, operationId: body.operationId },
});

const OPEN = 'IN_PROGRESS';

const get = async (
  deps: BackupRoutes,
  backupId: string,
  waitMs: number | undefined,
  context: RequestContext,
): Promise<Answer> => {
  const now = await deps.readBackup(backupId, context);
  if (waitMs === undefined || now.state !== OPEN) return { status: 200, body: now };
  const refresh = isOurs(now) ? {} : { refresh: () => deps.readBackup(backupId, context) };
  await deps.hub.until(backupId, ({ ended }) => ended, { withinMs: waitMs, signal: context.signal, ...refresh });
  const then = await deps.readBackup(backupId, context);
  return { status: 200, body: then, headers: then.state === OPEN ? { 'Retry-After': '1' } : {} };
};

/** Whether an operation of Tandem will record its end; for a set that another tool takes, only the engine shows it. */
const isOurs = ({ create }: BackupDetails): boolean => create !== null && isActive(create.state);

const events = async (
  deps: BackupRoutes,
  { backupId, stream: asStream, cursor, limit }: EventsQuery,
  context: RequestContext,
): Promise<Answer> => {
  const [first] = await deps.history.eventsAfter(backupId, '0', 1);
  if (first === undefined)
    throw fail('BACKUP_NOT_FOUND', `The history has no event of a backup ${backupId}.`, { backupId });
  if (asStream === undefined) {
    const filter = { eventsOf: backupId };
    const after = cursor === undefined ? '0' : readCursor(cursor, filter);
    const found = await deps.history.eventsAfter(backupId, after, limit + 1);
    const items = found.slice(0, limit);
    const last = found.length > limit ? items.at(-1)?.id : undefined;
    const nextCursor = last === undefined ? null : writeCursor(last, filter);
    return { status: 200, body: { items: items.map(eventAnswer), nextCursor } };
  }
  const last = /^\d{1,18}$/.test(context.lastEventId ?? '') ? (context.lastEventId ?? '0') : '0';
  const stream = eventStream(
    { history: deps.history, hub: deps.hub, heartbeatMs: HEARTBEAT_MS },
    backupId,
    last,
    context.signal,
  );
  return {
    status: 200,
    body: undefined,
    contentType: 'text/event-stream; charset=utf-8',
    // nginx would buffer up to 4 kB
    headers: { 'X-Accel-Buffering': 'no' },
    stream,
  };
};
