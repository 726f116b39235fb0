import { EventPage, WholeBackup } from '@tandem/shared/contract/audit.ts';
import { AcceptedBackup } from '@tandem/shared/contract/backups.ts';
import { Operation } from '@tandem/shared/contract/operations.ts';
import { z } from 'zod';
import { json, type RouteDocs } from '../http/route-docs.ts';
import { backupId, event, operationId, queued, wholeBackup } from '../openapi/examples.ts';
import { ofEngine, ofHistory, ofKey, ofRequest } from '../openapi/failure-groups.ts';

const stream = {
  schema: z.string().meta({
    description: 'Server-sent events, each with the id and the kind of an Event, and that as JSON in its data.',
  }),
  example: `id: ${event.id}\nevent: ${event.kind}\ndata: ${JSON.stringify(event)}\n\n`,
};

export const backupDocs = {
  request: {
    id: 'requestBackup',
    tag: 'Backups',
    summary: 'Ask for a backup',
    description:
      'Without a `backupId` one is made that sorts by time. With an `Idempotency-Key` the same request may be sent again: it is answered the same.',
    answers: {
      202: json(
        'It is recorded, and will be made.',
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
    summary: 'A backup whole',
    description:
      'The newest incarnation of the id that is not deleted, else the newest that is. With `wait` it is answered once it is no longer IN_PROGRESS, or when that time is over; then with `Retry-After`.',
    answers: { 200: json('All that is known of it.', WholeBackup, wholeBackup, 'Retry-After') },
    failures: ['BACKUP_NOT_FOUND', ...ofEngine, ...ofHistory],
  },
  events: {
    id: 'listBackupEvents',
    tag: 'Backups',
    summary: 'The events of a backup, oldest first',
    description:
      'Of every incarnation of the id. With `stream` they come as server-sent events for as long as the client stays; `Last-Event-ID` goes on after that one.',
    answers: {
      200: {
        description: 'A page of events, or the stream of them.',
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
      'Its snapshots go, its history stays. An open create of it is ended. It needs a reason, and `confirm` with the id where the backup is the newest COMPLETED one of its installation, or the newest with a full proof.',
    answers: {
      202: json('The deletion, or the one that is open already.', Operation, queued('delete'), 'Location'),
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
