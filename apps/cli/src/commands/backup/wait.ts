import type { Client } from '../../connect/client.ts';
import type { Io } from '../../io/io.ts';
import { argument, command, type Outcome, shown } from '../../program/command.ts';
import { waiting } from '../../program/shared-options.ts';
import { backupDetails, progressOf } from '../../views/backup/backup-details.ts';
import { waitFor } from '../../wait/wait-for.ts';

export const wait = command({
  name: 'wait',
  description: 'Wait until a backup has ended, and show its progress. Exit code 1 if it did not complete.',
  arguments: { backupId: argument('backup-id', 'the id of the backup') },
  options: { timeout: waiting.timeout },
  examples: ['tandem backup wait nightly-2026-11-22', 'tandem backup wait nightly-2026-11-22 --timeout 2h'],
  run: ({ client, args, options, io }) => untilBackupEnded(client, args.backupId, options.timeout, io),
});

/** Waits for the end of a backup; the outcome is the backup then. */
export const untilBackupEnded = async (
  client: Client,
  backupId: string,
  timeoutMs: number | undefined,
  io: Io,
): Promise<Outcome> => {
  const backup = await waitFor(
    {
      read: (holdMs) =>
        client.get('/api/v1/backups/{backupId}', {
          params: { path: { backupId }, query: holdMs === 0 ? {} : { wait: `${holdMs}ms` } },
        }),
      holds: true,
      hasEnded: ({ state }) => state !== 'IN_PROGRESS',
      progress: progressOf,
      follow: `tandem backup wait ${backupId}`,
      timeoutMs,
    },
    io,
  );
  const isGood = backup.state === 'COMPLETED';
  const notes = isGood ? [] : [`Backup ${backupId} is ${backup.state}.`];
  return shown(backup, backupDetails, { exit: isGood ? 'ok' : 'failed', notes });
};
