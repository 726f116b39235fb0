import type { OperationRecord } from '@tandem/history/ports/operations.ts';
import {
  BackupInfo,
  BackupInfos,
  NewNumberedBackup,
  NumberedLookup,
  ScheduledNumberedBackup,
} from '@tandem/shared/contract/optimize-backups.ts';
import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import { z } from 'zod';
import type { NumberedBackups } from '../backups/numbered/list-numbered-backups.ts';
import type { RequestedBackup } from '../backups/request/request-backup.ts';
import { orAskGet } from '../http/outcome-unknown.ts';
import { type RequestContext, type Route, route } from '../http/route.ts';
import { json, type RouteDocs } from '../http/route-docs.ts';
import { ofEngine, ofHistory, ofRequest } from '../openapi/failure-groups.ts';

const scheduled = (backupId: string): ScheduledNumberedBackup => ({
  message: `Backup creation for ID ${backupId} has been scheduled. Use the GET API to monitor completion of backup process`,
});

const example: BackupInfo = {
  backupId: 123456,
  failureReason: null,
  state: 'COMPLETED',
  details: ['1', '2'].map((part) => ({
    snapshotName: `camunda_optimize_123456_8.7.0_part_${part}_of_2`,
    state: 'SUCCESS',
    startTime: `2024-11-09T10:11:3${part}.978+0000`,
    failures: [],
  })),
};

const ofRepository = ['REPOSITORY_NOT_CONFIGURED', 'REPOSITORY_CHANGED'] as const;

const optimizeDocs = {
  request: {
    id: 'triggerNumberedBackup',
    tag: 'Optimize',
    summary: 'Request a backup as in Optimize 3.10 and later',
    description:
      'Responds once the backup is recorded; its snapshots are taken afterwards. A repeated request is refused with 409.',
    answers: {
      202: json('The backup is recorded.', ScheduledNumberedBackup, scheduled('123456')),
    },
    failures: [...ofRequest, ...ofEngine, ...ofHistory],
    body: { backupId: 123456 },
  },
  list: {
    id: 'listNumberedBackups',
    tag: 'Optimize',
    summary: 'List backups as in Optimize 3.10 and later',
    description:
      'Every backup whose id is a whole number, newest first. One that is being deleted is left out. Beyond 10,000 the oldest are left out, and `Link` leads to the paged list of all.',
    answers: { 200: json('The backups.', BackupInfos, [example], 'Link') },
    failures: [...ofRepository, ...ofEngine, ...ofHistory],
  },
  read: {
    id: 'readNumberedBackup',
    tag: 'Optimize',
    summary: 'Get a backup as in Optimize 3.10 and later',
    description:
      'Of the newest incarnation of the id that is not deleted, and not being deleted. State and snapshots are read from the engine.',
    answers: { 200: json('The backup.', BackupInfo, example) },
    failures: ['BACKUP_NOT_FOUND', ...ofRepository, ...ofEngine, ...ofHistory],
  },
  remove: {
    id: 'deleteNumberedBackup',
    tag: 'Optimize',
    summary: 'Delete a backup as in Optimize 3.10 and later',
    description:
      'Responds once the deletion is recorded; it is carried through to its end, and the history is kept. Ends an open create of the backup. 204 also for an id that no backup has. A set that Tandem did not make is deleted if it is certain that the Optimize of this installation made it.',
    answers: { 204: { description: 'The deletion is recorded.', content: {}, headers: [] } },
    failures: [
      'REPOSITORY_NOT_CONFIGURED',
      'BACKUP_HELD',
      'BACKUP_BUSY',
      'DISCOVERED_NOT_CONFIRMED',
      ...ofEngine,
      ...ofHistory,
    ],
    body: {},
  },
} as const satisfies Readonly<Record<string, RouteDocs>>;

export type OptimizeBackupsRoutes = {
  readonly requestBackup: (backupId: string, context: RequestContext) => Promise<RequestedBackup>;
  readonly listNumberedBackups: (context: RequestContext) => Promise<NumberedBackups>;
  readonly readNumberedBackup: (backupId: string, context: RequestContext) => Promise<BackupInfo>;
  readonly deleteNumberedBackup: (backupId: string, context: RequestContext) => Promise<OperationRecord | undefined>;
};

/** Where the rest of a list is that was cut. */
const REST = '</api/v1/backups?deleted=false&sort=-requested>; rel="next"';

/** The endpoint of Optimize 3.10 and later, Camunda 8.2 and later (docs/rest.md). */
export const optimizeBackupsRoutes = (deps: OptimizeBackupsRoutes): readonly Route[] => [
  route({
    method: 'post',
    path: '/actuator/backups',
    docs: optimizeDocs.request,
    input: NewNumberedBackup,
    numbersAsText: true,
    handle: async ({ backupId }, context) => {
      const work = () => deps.requestBackup(backupId, context);
      const { operationId } = await orAskGet(`/actuator/backups/${backupId}`, work);
      return { status: 202, body: scheduled(backupId), logged: { backupId, operationId } };
    },
  }),
  route({
    method: 'get',
    path: '/actuator/backups',
    docs: optimizeDocs.list,
    input: z.strictObject({}),
    handle: async (_, context) => {
      const { backups, isCut } = await deps.listNumberedBackups(context);
      return { status: 200, body: backups, headers: isCut ? { Link: REST } : {} };
    },
  }),
  route({
    method: 'get',
    path: '/actuator/backups/:backupId',
    docs: optimizeDocs.read,
    input: NumberedLookup,
    handle: async ({ backupId }, context) => ({
      status: 200,
      body: await deps.readNumberedBackup(backupId, context),
    }),
  }),
  route({
    method: 'delete',
    path: '/actuator/backups/:backupId',
    docs: optimizeDocs.remove,
    input: NumberedLookup,
    handle: async ({ backupId }, context) => {
      const operation = await deps.deleteNumberedBackup(backupId, context);
      const logged = { backupId, ...omitUndefined({ operationId: operation?.operationId }) };
      return { status: 204, body: undefined, logged };
    },
  }),
];
