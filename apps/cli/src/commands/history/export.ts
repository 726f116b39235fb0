import { EXPORT_FORMATS } from '@tandem/shared/contract/choices.ts';
import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import { saveExport } from '../../exports/save-export.ts';
import { command } from '../../program/command.ts';
import { choice, text, timeOf } from '../../program/options.ts';
import { eventFilters } from './events.ts';

export const exportEvents = command({
  name: 'export',
  description: 'Write all matching events as a file, oldest first, and check that it is complete.',
  options: {
    format: choice('--format <format>', 'ndjson (the default) or csv', EXPORT_FORMATS),
    file: text('--file <path>', 'where to; without it stdout'),
    after: text('--after <event-id>', 'continue an earlier export behind this event'),
    ...eventFilters,
  },
  examples: [
    'tandem history export --file events.ndjson',
    'tandem history export --format csv --since 365d > events.csv',
    'tandem history export --after 4711 --file later.ndjson',
  ],
  run: async ({ client, options, io }) => {
    const { format = 'ndjson', file, after, backup: backupId, actor, kind, request: requestId, since, until } = options;
    const times = { from: timeOf(since, io.now()), to: timeOf(until, io.now()) };
    const query = omitUndefined({ format, after, backupId, actor, kind, requestId, ...times });
    const request = { params: { query }, parseAs: 'stream', signal: io.signal } as const;
    const { data, response } = await client.api.GET('/api/v1/events/export', request);
    const saved = await saveExport(data as Parameters<typeof saveExport>[0], { file, format }, io);
    return { notes: [saved, `To continue it later: --after ${response.headers.get('export-up-to')}`] };
  },
});
