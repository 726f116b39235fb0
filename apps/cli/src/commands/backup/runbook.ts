import { argument, command, shown } from '../../program/command.ts';

export const runbook = command({
  name: 'runbook',
  description: 'Print how to restore a backup with a shell and curl alone, in Markdown.',
  arguments: { backupId: argument('backup-id', 'the id of the backup') },
  examples: ['tandem backup runbook nightly-2026-11-22 > runbook.md'],
  run: async ({ client, args, io }) => {
    const request = { params: { path: args }, parseAs: 'text', signal: io.signal } as const;
    const { data = '' } = await client.api.GET('/api/v1/backups/{backupId}/runbook', request);
    return shown(data as string, (text) => text);
  },
});
