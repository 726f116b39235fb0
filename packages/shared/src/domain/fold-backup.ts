import type { ExportedBackup } from '../contract/exported-backup.ts';
import type { ExportedEvent } from '../contract/exported-event.ts';
import { BACKUP_STATES, type BackupState } from './backup.ts';

/** A backup as its events tell it. */
export type ToldBackup = Pick<ExportedBackup, 'backupId' | 'state' | 'deletedAt'> & {
  readonly isDiscovered: boolean;
  /** Of a discovered one undefined: its snapshots say when it was made. */
  readonly requestedAt: string | undefined;
};

/** What a backup's events tell so far, and its next one. Undefined: none of them began it. */
export const foldBackup = (told: ToldBackup | undefined, event: ExportedEvent): ToldBackup | undefined => {
  const begun = told ?? begunBy(event);
  if (begun === undefined) return undefined;
  const state = stateTold(event) ?? begun.state;
  return event.kind === 'backup.deleted' ? { ...begun, state, deletedAt: event.at } : { ...begun, state };
};

const begunBy = ({ kind, backupId, at }: ExportedEvent): ToldBackup | undefined => {
  if (backupId === null) return undefined;
  const isDiscovered = kind === 'backup.discovered';
  if (kind !== 'backup.requested' && !isDiscovered) return undefined;
  return { backupId, state: 'IN_PROGRESS', deletedAt: null, isDiscovered, requestedAt: isDiscovered ? undefined : at };
};

/** Events of a backup say its state as `state`, those of an operation as `backup`: there `state` is the operation's. */
const stateTold = ({ kind, after }: ExportedEvent): BackupState | undefined => {
  if (typeof after !== 'object' || after === null || Array.isArray(after)) return undefined;
  const said = kind.startsWith('backup.') ? after.state : kind.startsWith('operation.') ? after.backup : undefined;
  return BACKUP_STATES.find((state) => state === said);
};

export type Disagreement = {
  readonly field: 'backupId' | 'origin' | 'state' | 'deletedAt' | 'requestedAt';
  readonly row: string | null;
  readonly told: string | null;
};

/** Where a backup's row is not what its events tell. */
export const disagreements = (row: ExportedBackup, told: ToldBackup): readonly Disagreement[] => {
  const found: Disagreement[] = [];
  const compare = (field: Disagreement['field'], is: string | null, should: string | null, same = is === should) => {
    if (!same) found.push({ field, row: is, told: should });
  };
  const { requestedAt = row.requestedAt } = told;
  compare('backupId', row.backupId, told.backupId);
  const origin = told.isDiscovered ? 'discovered' : 'requested or scheduled';
  compare('origin', row.origin, origin, (row.origin === 'discovered') === told.isDiscovered);
  compare('state', row.state, told.state);
  compare('deletedAt', row.deletedAt, told.deletedAt, isSameTime(row.deletedAt, told.deletedAt));
  compare('requestedAt', row.requestedAt, requestedAt, isSameTime(row.requestedAt, requestedAt));
  return found;
};

/** An export may tell milliseconds where events tell microseconds. */
const isSameTime = (one: string | null, other: string | null): boolean => {
  if (one === other || one === null || other === null) return one === other;
  return hasMicroseconds(one) && hasMicroseconds(other) ? false : Date.parse(one) === Date.parse(other);
};

const hasMicroseconds = (time: string): boolean => /\.\d{6}Z$/.test(time);

export const disagreementWords = ({ field, row, told }: Disagreement): string =>
  `its ${field} is ${row ?? 'empty'}, its events tell ${told ?? 'none'}`;
