import { SEARCHED_KINDS } from '@tandem/shared/domain/history/stored-names.ts';
import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import { command, shown } from '../../program/command.ts';
import { choices, text, timeOf } from '../../program/options.ts';
import { page } from '../../program/shared-options.ts';
import { eventList } from '../../views/history/event-list.ts';
import { pageNotes } from '../../views/page-notes.ts';
import { during } from './during.ts';

/** Filters of events, in lists and exports alike. */
export const eventFilters = {
  backup: text('--backup <backup-id>', 'only of the backups of this id'),
  actor: text('--actor <name>', 'only what this caller did: a name or an address'),
  kind: choices('--kind <kinds>', 'only of these kinds', SEARCHED_KINDS),
  request: text('--request <id>', 'only what the request with this X-Request-Id caused'),
  ...during('what happened'),
};

export const events = command({
  name: 'events',
  description: 'List who did what and why, the newest first.',
  options: { ...eventFilters, ...page },
  examples: [
    'tandem history events --since 12h',
    'tandem history events --backup nightly-2026-11-22',
    'tandem history events --kind backup.deleted,restore.requested --since 30d --output json',
  ],
  run: async ({ client, options, io }) => {
    const { backup: backupId, actor, kind, request: requestId, since, until, limit, cursor } = options;
    const times = { from: timeOf(since, io.now()), to: timeOf(until, io.now()) };
    const query = omitUndefined({ backupId, actor, kind, requestId, ...times, limit, cursor });
    const found = await client.get('/api/v1/events', { params: { query } });
    return shown(found, ({ items }, screen) => eventList(items, backupId, screen), { notes: pageNotes(found) });
  },
});
