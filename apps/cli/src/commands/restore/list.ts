import { RESTORE_KINDS, RESTORE_STATES } from '@tandem/shared/contract/choices.ts';
import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import { command, shown } from '../../program/command.ts';
import { choices, text } from '../../program/options.ts';
import { page } from '../../program/shared-options.ts';
import { pageNotes } from '../../views/page-notes.ts';
import { restoreList } from '../../views/restore/restore-list.ts';

export const list = command({
  name: 'list',
  description: 'List restores and rehearsals, the newest first.',
  options: {
    state: choices('--state <states>', 'only in these states', RESTORE_STATES),
    kind: choices('--kind <kinds>', 'only restores or only rehearsals', RESTORE_KINDS),
    backup: text('--backup <backup-id>', 'only of the backups of this id'),
    ...page,
  },
  examples: [
    'tandem restore list --kind restore',
    'tandem restore list --state FAILED,SUSPENDED --output json',
    'tandem restore list --backup nightly-2026-11-22',
  ],
  run: async ({ client, options }) => {
    const { state, kind, backup: backupId, limit, cursor } = options;
    const query = omitUndefined({ state, kind, backupId, limit, cursor });
    const found = await client.get('/api/v1/restores', { params: { query } });
    return shown(found, ({ items }, screen) => restoreList(items, screen), { notes: pageNotes(found) });
  },
});
