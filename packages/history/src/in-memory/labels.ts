import { type Hold, type Labels, livingHold, MAX_LABELS, withLabels } from '@tandem/shared/domain/backup/hold.ts';
import type { Command } from '../ports/events.ts';
import type { Annotated, Annotation, LabelHistory } from '../ports/labels.ts';
import { methods } from './methods.ts';
import { activeOperations, type BackupRow, stored, type Tables } from './tables.ts';
import { tell } from './tell.ts';

const annotate = (tables: Tables, backupKey: string, command: Command, annotation: Annotation): Annotated => {
  const backup = tables.backups.find(({ key }) => key === backupKey);
  if (backup === undefined) return { done: false, why: 'unknown' };
  const labels = withLabels(backup.labels, annotation.labels ?? {});
  const count = Object.keys(labels).length;
  if (count > MAX_LABELS && !isSame(labels, backup.labels)) return { done: false, why: 'labels', count };
  const refusal = annotation.hold ? notHeld(tables, backup, annotation.hold) : undefined;
  if (refusal) return refusal;
  label(tables, backup, command, labels, annotation.note === undefined ? backup.note : (annotation.note ?? undefined));
  if (annotation.hold !== undefined) putHold(tables, backup, command, annotation.hold);
  return { done: true, labels, note: backup.note, hold: livingHold(backup.hold, tables.now()) };
};

/** Why it cannot be held. */
const notHeld = (
  tables: Tables,
  backup: BackupRow,
  { until, neverEarlier }: NonNullable<Annotation['hold']>,
): Annotated | undefined => {
  if (backup.deletedAt !== undefined) return { done: false, why: 'deleted' };
  const deletion = activeOperations(tables).find(
    (operation) =>
      operation.backup === backup && operation.kind === 'delete' && operation.detail.onlyUnfinished !== true,
  );
  if (deletion) return { done: false, why: 'deleting', operationId: deletion.id };
  const now = tables.now();
  if (until !== undefined && until <= now) return { done: false, why: 'past', now };
  const held = livingHold(backup.hold, now);
  const isEarlier = held !== undefined && until !== undefined && (held.until === null || until < new Date(held.until));
  return neverEarlier && isEarlier ? { done: false, why: 'earlier' } : undefined;
};

const isSame = (one: Labels, other: Labels): boolean =>
  Object.keys(one).length === Object.keys(other).length &&
  Object.entries(one).every(([key, value]) => other[key] === value);

const label = (tables: Tables, backup: BackupRow, command: Command, labels: Labels, note: string | undefined): void => {
  const before = { labels: backup.labels, note: backup.note ?? null };
  if (isSame(labels, backup.labels) && note === backup.note) return;
  Object.assign(backup, { labels, note });
  tell(tables, backup, command, { kind: 'backup.labelled', before, after: { labels, note: note ?? null } });
};

const putHold = (
  tables: Tables,
  backup: BackupRow,
  command: Command,
  newHold: NonNullable<Annotation['hold']> | null,
): void => {
  const before = livingHold(backup.hold, tables.now());
  if (newHold === null) {
    if (before) backup.hold = undefined;
    if (before)
      tell(tables, backup, command, { kind: 'backup.released', before: { hold: before }, after: { hold: null } });
    return;
  }
  const { reason } = newHold;
  const until = newHold.until?.toISOString() ?? null;
  if (before?.reason === reason && before.until === until) return;
  const at = tables.now().toISOString();
  const hold: Hold = { reason, until, actor: command.actor, requestId: command.requestId, at };
  backup.hold = hold;
  tell(
    tables,
    backup,
    { ...command, reason },
    { kind: 'backup.held', before: { hold: before ?? null }, after: stored({ hold }) },
  );
};

export const labels = (tables: Tables): LabelHistory => methods(tables, { annotate });
