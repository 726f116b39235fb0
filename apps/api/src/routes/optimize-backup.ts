import {
  BackupLookup,
  type BackupStateAnswer,
  NewBackup,
  type ScheduledBackup,
} from '@tandem/shared/contract/optimize-backup.ts';
import type { BackupState } from '@tandem/shared/domain/backup/backup.ts';
import type { RequestedBackup } from '../backups/request-backup.ts';
import { optimizeDocs } from '../docs/optimize-docs.ts';
import { orAskGet } from '../http/outcome-unknown.ts';
import { type RequestContext, type Route, route } from '../http/route.ts';

export type OptimizeBackupRoutes = {
  readonly requestBackup: (backupId: string, context: RequestContext) => Promise<RequestedBackup>;
  readonly readBackupState: (backupId: string, context: RequestContext) => Promise<BackupState>;
};

/** The endpoint of Optimize 3.9 (CONTRACT.md A). */
export const optimizeBackupRoutes = ({ requestBackup, readBackupState }: OptimizeBackupRoutes): readonly Route[] => [
  route({
    method: 'post',
    path: '/actuator/backup',
    docs: optimizeDocs.request,
    input: NewBackup,
    handle: async ({ backupId }, context) => {
      const requested = await orAskGet(`/actuator/backup/${backupId}`, () => requestBackup(backupId, context));
      const { operationId, snapshots } = requested;
      const body: ScheduledBackup = { scheduledSnapshots: [...snapshots] };
      return { status: 200, body, told: { backupId, operationId } };
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
