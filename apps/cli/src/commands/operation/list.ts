import { ERROR_CLASSES } from '@tandem/shared/domain/failure/failure-definition.ts';
import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import { OPERATION_KINDS, OPERATION_STATES } from '@tandem/shared/domain/operation/operation.ts';
import { command, shown } from '../../program/command.ts';
import { choice, choices, flag, text } from '../../program/options.ts';
import { page } from '../../program/shared-options.ts';
import { operationList } from '../../views/operation/operation-list.ts';
import { pageNotes } from '../../views/page-notes.ts';

const OPEN = ['QUEUED', 'RUNNING', 'WAITING', 'SUSPENDED'] as const;

export const list = command({
  name: 'list',
  description: 'List operations, the newest first: creates, deletions, restores and rehearsals.',
  options: {
    state: choices('--state <states>', 'only in these states', OPERATION_STATES),
    open: flag('--open', `only what has not ended: ${OPEN.join(', ')}`),
    kind: choices('--kind <kinds>', 'only of these kinds', OPERATION_KINDS),
    backup: text('--backup <backup-id>', 'only on this backup'),
    failureClass: choice('--failure-class <class>', 'only those whose last attempt failed so', ERROR_CLASSES),
    ...page,
  },
  examples: [
    'tandem operation list --open',
    'tandem operation list --state FAILED --kind create',
    'tandem operation list --backup nightly-2026-11-22 --output json',
  ],
  run: async ({ client, options: { state, open, kind, backup, failureClass, limit, cursor } }) => {
    const states = state ?? (open ? [...OPEN] : undefined);
    const query = omitUndefined({ state: states, kind, backupId: backup, failureClass, limit, cursor });
    const found = await client.get('/api/v1/operations', { params: { query } });
    return shown(found, ({ items }, screen) => operationList(items, screen), { notes: pageNotes(found) });
  },
});
