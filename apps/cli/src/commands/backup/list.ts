import { BACKUP_ORIGINS, BACKUP_STATES } from '@tandem/shared/domain/backup/backup.ts';
import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import { command, shown } from '../../program/command.ts';
import { choices, flag, text, timeOf } from '../../program/options.ts';
import { index, page, since, until } from '../../program/shared-options.ts';
import { backupList } from '../../views/backup-list.ts';
import { pageNotes } from '../../views/page-notes.ts';

export const list = command({
  name: 'list',
  description: 'List backups, the newest first, deleted ones included.',
  options: {
    state: choices('--state <states>', 'only in these states', BACKUP_STATES),
    since,
    until,
    index,
    id: text('--id <backup-id>', 'only the backups of this id, deleted ones included'),
    prefix: text('--prefix <text>', 'only ids that begin with this'),
    label: text('--label <key:value>', 'only with this label'),
    origin: choices('--origin <origins>', 'only of these origins', BACKUP_ORIGINS),
    actor: text('--actor <name>', 'only what this caller requested: a name or an address'),
    repository: text('--repository <name>', 'only in this repository'),
    held: flag('--held', 'only what is held'),
    notDeleted: flag('--not-deleted', 'leave out what is deleted'),
    ...page,
  },
  examples: [
    'tandem backup list --since 7d',
    'tandem backup list --state COMPLETED --index optimize-process-instance-invoice_v8',
    'tandem backup list --state FAILED,INCOMPLETE --output json',
  ],
  run: async ({ client, options, io }) => {
    const now = io.now();
    const query = omitUndefined({
      state: options.state,
      origin: options.origin,
      requestedFrom: timeOf(options.since, now),
      requestedTo: timeOf(options.until, now),
      index: options.index,
      backupId: options.id,
      backupIdPrefix: options.prefix,
      label: options.label,
      actor: options.actor,
      repository: options.repository,
      held: options.held || undefined,
      deleted: options.notDeleted ? false : undefined,
      limit: options.limit,
      cursor: options.cursor,
    });
    const found = await client.get('/api/v1/backups', { params: { query } });
    return shown(found, ({ items }, screen) => backupList(items, screen), { notes: pageNotes(found) });
  },
});
