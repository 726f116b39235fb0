import { BACKUP_ORIGINS, BACKUP_STATES } from '@tandem/shared/domain/backup/backup.ts';
import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import { choices, flag, type Since, text, timeOf } from '../../program/options.ts';
import { index, since, until } from '../../program/shared-options.ts';

/** Which backups a list or an export holds. */
export const backupFilters = {
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
};

type Filters = {
  readonly state: (typeof BACKUP_STATES)[number][] | undefined;
  readonly since: Since | undefined;
  readonly until: Since | undefined;
  readonly index: string | undefined;
  readonly id: string | undefined;
  readonly prefix: string | undefined;
  readonly label: string | undefined;
  readonly origin: (typeof BACKUP_ORIGINS)[number][] | undefined;
  readonly actor: string | undefined;
  readonly repository: string | undefined;
  readonly held: boolean;
  readonly notDeleted: boolean;
};

/** The same as the API names them. */
export const backupQuery = (filters: Filters, now: Date) =>
  omitUndefined({
    state: filters.state,
    origin: filters.origin,
    requestedFrom: timeOf(filters.since, now),
    requestedTo: timeOf(filters.until, now),
    index: filters.index,
    backupId: filters.id,
    backupIdPrefix: filters.prefix,
    label: filters.label,
    actor: filters.actor,
    repository: filters.repository,
    held: filters.held || undefined,
    deleted: filters.notDeleted ? false : undefined,
  });
