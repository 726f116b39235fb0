import { argument, command, shown } from '../../program/command.ts';
import { reason } from '../../program/shared-options.ts';
import { annotations } from '../../views/backup/annotations.ts';

export const release = command({
  name: 'release',
  description: 'Release a held backup: it may be deleted again.',
  arguments: { backupId: argument('backup-id', 'the id of the backup') },
  options: { reason },
  examples: ['tandem backup release nightly-2026-11-22 --reason "the audit has ended"'],
  run: async ({ client, args, options }) => {
    const body = { hold: null, reason: options.reason };
    return shown(await client.patch('/api/v1/backups/{backupId}', { params: { path: args }, body }), annotations);
  },
});
