import {
  BackupLookup,
  BackupStateAnswer,
  NewBackup,
  ScheduledBackup,
} from '@tandem/shared/contract/optimize-backup.ts';
import type { BackupState } from '@tandem/shared/domain/backup/backup.ts';
import type { RequestedBackup } from '../backups/request/request-backup.ts';
import { orAskGet } from '../http/outcome-unknown.ts';
import { type RequestContext, type Route, route } from '../http/route.ts';
import { json, type RouteDocs } from '../http/route-docs.ts';
import { backupId, snapshotNames } from '../openapi/examples.ts';
import { ofEngine, ofHistory, ofRequest } from '../openapi/failure-groups.ts';

const optimizeDocs = {
  request: {
    id: 'triggerBackup',
    tag: 'Optimize',
    summary: 'Request a backup as in Optimize 3.9',
    description:
      'Responds once the backup is recorded; its snapshots are taken afterwards. A repeated request is refused with 409.',
    answers: {
      200: json('The names of the scheduled snapshots, part 1 first.', ScheduledBackup, {
        scheduledSnapshots: [...snapshotNames],
      }),
    },
    failures: [...ofRequest, ...ofEngine, ...ofHistory],
    body: { backupId },
  },
  state: {
    id: 'readBackupState',
    tag: 'Optimize',
    summary: 'Get the state of a backup as in Optimize 3.9',
    description:
      'Of the newest incarnation of the id that is not deleted. The state is read from the engine, as Optimize does.',
    answers: {
      200: json('The state, under both spellings of its field.', BackupStateAnswer, {
        State: 'COMPLETED',
        state: 'COMPLETED',
      }),
    },
    failures: ['BACKUP_NOT_FOUND', 'REPOSITORY_CHANGED', ...ofEngine, ...ofHistory],
  },
} as const satisfies Readonly<Record<string, RouteDocs>>;

export type OptimizeBackupRoutes = {
  readonly requestBackup: (backupId: string, context: RequestContext) => Promise<RequestedBackup>;
  readonly readBackupState: (backupId: string, context: RequestContext) => Promise<BackupState>;
};

/** The endpoint of Optimize 3.9 (docs/rest.md). */
export const optimizeBackupRoutes = ({ requestBackup, readBackupState }: OptimizeBackupRoutes): readonly Route[] => [
  route({
    method: 'post',
    path: '/actuator/backup',
    docs: optimizeDocs.request,
    input: NewBackup,
    numbersAsText: true,
    handle: async ({ backupId }, context) => {
      const requested = await orAskGet(`/actuator/backup/${backupId}`, () => requestBackup(backupId, context));
      const { operationId, snapshots } = requested;
      const body: ScheduledBackup = { scheduledSnapshots: [...snapshots] };
      return { status: 200, body, logged: { backupId, operationId } };
    },
  }),
  route({
    method: 'get',
    path: '/actuator/backup/:backupId',
    docs: optimizeDocs.state,
    input: BackupLookup,
    handle: async ({ backupId }, context) => {
      const state = await readBackupState(backupId, context);
      const body: BackupStateAnswer = { State: state, state };
      return { status: 200, body };
    },
  }),
];
