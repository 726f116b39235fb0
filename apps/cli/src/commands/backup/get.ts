import { argument, command, shown } from '../../program/command.ts';
import { backupDetails } from '../../views/backup/backup-details.ts';

export const get = command({
  name: 'get',
  description: 'Show a backup: its state, its parts, what failed, and what proves that it can be restored.',
  arguments: { backupId: argument('backup-id', 'the id of the backup') },
  examples: ['tandem backup get nightly-2026-11-22', 'tandem backup get nightly-2026-11-22 --output yaml'],
  run: async ({ client, args }) =>
    shown(await client.get('/api/v1/backups/{backupId}', { params: { path: args } }), backupDetails),
});
