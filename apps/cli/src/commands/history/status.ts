import { command, shown } from '../../program/command.ts';
import { historyStatus } from '../../views/history/history-status.ts';

export const status = command({
  name: 'status',
  description: 'Show which history this is, and whether its database was put back to an earlier state.',
  examples: ['tandem history status'],
  run: async ({ client }) => {
    const found = await client.get('/api/v1/history');
    return shown(found, historyStatus, { exit: found.rollback === null ? 'ok' : 'failed' });
  },
});
