import type { TandemClient } from '../client.ts';
import type { components } from '../generated/api.ts';
import { type WaitOptions, waitUntil } from './wait-until.ts';

type Schemas = components['schemas'];
export type BackupDetails = Schemas['BackupDetails'];
export type OperationWithAttempts = Schemas['OperationWithAttempts'];
export type RestoreWithProgress = Schemas['RestoreWithProgress'];

const signalOf = ({ signal }: { readonly signal?: AbortSignal }) => ({ ...(signal && { signal }) });

/** Resolves with the backup once it is no longer IN_PROGRESS, whatever its state is then. Rejects as `waitUntil`. */
export const waitForBackup = (
  client: Pick<TandemClient, 'get'>,
  backupId: string,
  options: WaitOptions<BackupDetails> = {},
): Promise<BackupDetails> => {
  const read = (holdMs: number) => {
    const params = { path: { backupId }, query: holdMs === 0 ? {} : { wait: `${holdMs}ms` } };
    return client.get('/api/v1/backups/{backupId}', { params, ...signalOf(options) });
  };
  return waitUntil({ read, holds: true, hasEnded: ({ state }) => state !== 'IN_PROGRESS' }, options);
};

/** Nobody works on a suspended one until an operator decides. */
const hasEnded = ({ state, endedAt }: { readonly state: string; readonly endedAt: string | null }): boolean =>
  endedAt !== null || state === 'SUSPENDED';

/** Resolves with the operation once it has ended or is SUSPENDED. Rejects as `waitUntil`. */
export const waitForOperation = (
  client: Pick<TandemClient, 'get'>,
  operationId: string,
  options: WaitOptions<OperationWithAttempts> = {},
): Promise<OperationWithAttempts> => {
  const request = { params: { path: { operationId } }, ...signalOf(options) };
  const read = () => client.get('/api/v1/operations/{operationId}', request);
  return waitUntil({ read, holds: false, hasEnded }, options);
};

/** As `waitForOperation`, for a restore or rehearsal, with its progress. */
export const waitForRestore = (
  client: Pick<TandemClient, 'get'>,
  operationId: string,
  options: WaitOptions<RestoreWithProgress> = {},
): Promise<RestoreWithProgress> => {
  const request = { params: { path: { operationId } }, ...signalOf(options) };
  const read = () => client.get('/api/v1/restores/{operationId}', request);
  return waitUntil({ read, holds: false, hasEnded }, options);
};
