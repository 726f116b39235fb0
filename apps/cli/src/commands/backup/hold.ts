import { argument, command, shown } from '../../program/command.ts';
import { moment, timeAhead } from '../../program/options.ts';
import { reason } from '../../program/shared-options.ts';
import { annotations } from '../../views/backup/annotations.ts';

export const hold = command({
  name: 'hold',
  description: 'Keep a backup from being deleted, until a time or until it is released.',
  arguments: { backupId: argument('backup-id', 'the id of the backup') },
  options: {
    reason,
    until: moment('--until <time>', 'how long: 90d, a day such as 2027-01-31, or a time with its zone'),
  },
  examples: [
    'tandem backup hold nightly-2026-11-22 --reason "audit of 2026"',
    'tandem backup hold nightly-2026-11-22 --reason "audit of 2026" --until 2027-01-31',
  ],
  run: async ({ client, args, options, io }) => {
    const until = timeAhead(options.until, io.now()) ?? null;
    const body = { hold: { reason: options.reason, until } };
    return shown(await client.patch('/api/v1/backups/{backupId}', { params: { path: args }, body }), annotations);
  },
});
