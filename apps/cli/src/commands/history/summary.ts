import { PERIODS } from '@tandem/shared/domain/history/periods.ts';
import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import { command, shown } from '../../program/command.ts';
import { choice, timeOf } from '../../program/options.ts';
import { historySummary } from '../../views/history/history-summary.ts';
import { during } from './during.ts';

export const summary = command({
  name: 'summary',
  description: 'Show how many backups were taken, failed and deleted, how long they took, and the last restore.',
  options: {
    by: choice('--by <period>', 'how long a period is; a day by default', PERIODS),
    ...during('backups requested'),
  },
  examples: ['tandem history summary --since 30d', 'tandem history summary --by month --output json'],
  run: async ({ client, options, io }) => {
    const { by, since, until } = options;
    const query = omitUndefined({ by, from: timeOf(since, io.now()), to: timeOf(until, io.now()) });
    return shown(await client.get('/api/v1/history/summary', { params: { query } }), historySummary);
  },
});
