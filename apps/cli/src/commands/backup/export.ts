import { saveExport } from '../../exports/save-export.ts';
import { command } from '../../program/command.ts';
import { choice, text } from '../../program/options.ts';
import { backupFilters, backupQuery } from './backup-filters.ts';

export const exportBackups = command({
  name: 'export',
  description: 'Write all matching backups as a file, and check that it is complete.',
  options: {
    format: choice('--format <format>', 'ndjson (the default) or csv', ['ndjson', 'csv']),
    file: text('--file <path>', 'where to; without it stdout'),
    ...backupFilters,
  },
  examples: [
    'tandem backup export --file backups.ndjson',
    'tandem backup export --format csv --since 365d > backups.csv',
  ],
  run: async ({ client, options, io }) => {
    const { format = 'ndjson', file } = options;
    const query = { format, ...backupQuery(options, io.now()) };
    const request = { params: { query }, parseAs: 'stream', signal: io.signal } as const;
    const { data } = await client.api.GET('/api/v1/backups/export', request);
    return { notes: [await saveExport(data as Parameters<typeof saveExport>[0], { file, format }, io)] };
  },
});
