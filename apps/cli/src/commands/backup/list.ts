import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import { command, shown } from '../../program/command.ts';
import { page } from '../../program/shared-options.ts';
import { backupList } from '../../views/backup/backup-list.ts';
import { pageNotes } from '../../views/page-notes.ts';
import { backupFilters, backupQuery } from './backup-filters.ts';

export const list = command({
  name: 'list',
  description: 'List backups, the newest first, deleted ones included.',
  options: { ...backupFilters, ...page },
  examples: [
    'tandem backup list --since 7d',
    'tandem backup list --state COMPLETED --index optimize-process-instance-invoice_v8',
    'tandem backup list --state FAILED,INCOMPLETE --output json',
  ],
  run: async ({ client, options, io }) => {
    const { limit, cursor } = options;
    const query = { ...backupQuery(options, io.now()), ...omitUndefined({ limit, cursor }) };
    const found = await client.get('/api/v1/backups', { params: { query } });
    return shown(found, ({ items }, screen) => backupList(items, screen), { notes: pageNotes(found) });
  },
});
