import type { Client } from '../connect/client.ts';
import type { Io } from '../io/io.ts';
import { type Outcome, shown } from '../program/command.ts';
import { type RestoreDetails, restoreDetails, restoreProgress } from '../views/restore/restore-details.ts';
import { waitFor } from './wait-for.ts';

type Ended = Extract<RestoreDetails['state'], 'SUCCEEDED' | 'CANCELLED'>;

/** Waits for the end of a restore; the outcome is the restore then. `good`: how it is to end. A suspended one does nothing more. */
export const untilRestoreEnded = async (
  client: Client,
  operationId: string,
  timeoutMs: number | undefined,
  io: Io,
  good: Ended = 'SUCCEEDED',
): Promise<Outcome> => {
  const restore = await waitFor(
    {
      read: () => readRestore(client, operationId),
      holds: false,
      hasEnded: ({ state, endedAt }) => endedAt !== null || state === 'SUSPENDED',
      progress: restoreProgress,
      follow: `tandem restore watch ${operationId}`,
      timeoutMs,
    },
    io,
  );
  const isGood = restore.state === good;
  const words = restore.kind === 'rehearse' ? 'Rehearsal' : 'Restore';
  const notes = isGood ? [] : [`${words} ${operationId} of backup ${restore.backupId} is ${restore.state}.`];
  return shown(restore, restoreDetails, { exit: isGood ? 'ok' : 'failed', notes });
};

export const readRestore = (client: Client, operationId: string): Promise<RestoreDetails> =>
  client.get('/api/v1/restores/{operationId}', { params: { path: { operationId } } });
