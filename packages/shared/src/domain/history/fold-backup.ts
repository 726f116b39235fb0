import type { ExportedBackup } from '../../contract/exported-backup.ts';
import type { ExportedEvent } from '../../contract/exported-event.ts';
import { BACKUP_STATES, type BackupState } from '../backup/backup.ts';
import { canonicalJson } from '../canonical-json.ts';
import { type Fields, fieldsOf } from './event-fields.ts';
import {
  differentUuids,
  foldCheck,
  foldProofs,
  foldUuids,
  isToldCheck,
  isToldProof,
  NO_PROOFS,
  provenAt,
  type ToldProofs,
  verifiedIn,
} from './fold-evidence.ts';

/** A backup as its events tell it. */
export type ToldBackup = Pick<ExportedBackup, 'backupId' | 'state' | 'deletedAt'> & {
  readonly isDiscovered: boolean;
  /** Of a discovered one undefined: its snapshots say when it was made. */
  readonly requestedAt: string | undefined;
  /** As the events wrote them. */
  readonly labels: ExportedEvent['after'];
  readonly note: ExportedEvent['after'];
  readonly hold: ExportedEvent['after'];
  /** Of the snapshots that the events say it has, by part. */
  readonly uuids: Readonly<Record<string, string>>;
  readonly proofs: ToldProofs;
  /** What the end of its create told of the repository; null: nothing. */
  readonly check: ExportedEvent['after'];
};

/** What a backup's events tell so far, and its next one. Undefined: none of them began it. */
export const foldBackup = (told: ToldBackup | undefined, event: ExportedEvent): ToldBackup | undefined => {
  const begun = told ?? begunBy(event);
  if (begun === undefined) return undefined;
  const after = fieldsOf(event.after);
  switch (event.kind) {
    case 'backup.labelled':
      return { ...begun, labels: after.labels ?? {}, note: after.note ?? null };
    case 'backup.held':
    case 'backup.released':
      return { ...begun, hold: after.hold ?? null };
    case 'backup.deleted':
      return { ...begun, state: stateTold(event.kind, after) ?? begun.state, deletedAt: event.at };
    case 'rehearsal.step':
    case 'rehearsal.completed':
      return { ...begun, proofs: foldProofs(begun.proofs, event.kind, event.operationId, after) };
    default:
      return {
        ...begun,
        state: stateTold(event.kind, after) ?? begun.state,
        uuids: foldUuids(begun.uuids, event.kind, after),
        check: foldCheck(begun.check, event.kind, after),
      };
  }
};

const begunBy = ({ kind, backupId, at }: ExportedEvent): ToldBackup | undefined => {
  if (backupId === null) return undefined;
  const isDiscovered = kind === 'backup.discovered';
  if (kind !== 'backup.requested' && !isDiscovered) return undefined;
  const beside = { labels: {}, note: null, hold: null, uuids: {}, proofs: NO_PROOFS, check: null };
  const requestedAt = isDiscovered ? undefined : at;
  return { backupId, state: 'IN_PROGRESS', deletedAt: null, isDiscovered, requestedAt, ...beside };
};

/** Events of a backup say its state as `state`, those of an operation as `backup`: there `state` is the operation's. */
const stateTold = (kind: string, after: Fields): BackupState | undefined => {
  const said = kind.startsWith('backup.') ? after.state : kind.startsWith('operation.') ? after.backup : undefined;
  return BACKUP_STATES.find((state) => state === said);
};

export type Disagreement = {
  readonly field: keyof ExportedBackup;
  readonly row: string | null;
  readonly told: string | null;
};

/** Where a backup's row is not what its events tell. What a row does not say is not compared. A hold that has run out by `now` may be gone. */
export const disagreements = (row: ExportedBackup, told: ToldBackup, now: Date): readonly Disagreement[] => {
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
  if (row.labels !== undefined) compare('labels', canonicalJson(row.labels ?? {}), canonicalJson(told.labels));
  if (row.note !== undefined) compare('note', row.note, told.note === null ? null : String(told.note));
  for (const { number, is, should } of differentUuids(row.parts ?? [], told.uuids)) {
    compare('parts', `uuid ${is} of part ${number}`, `uuid ${should}`);
  }
  for (const field of ['proof', 'partialProof'] as const) {
    const should = told.proofs[field];
    if (row[field] !== undefined)
      compare(field, textOf(row[field]), textOf(should), isToldProof(row[field], should, told.proofs));
  }
  // a rehearsal whose event does not say what it proved may have proven the backup at any time
  if (row.lastProvenAt !== undefined && (told.proofs.proof !== undefined || told.proofs.unverified.length === 0)) {
    compare('lastProvenAt', row.lastProvenAt, provenAt(told.proofs.proof ?? null));
  }
  if (row.repositoryVerified !== undefined)
    compare('repositoryVerified', textOf(row.repositoryVerified), textOf(verifiedIn(told.check)));
  if (row.repositoryCheck !== undefined)
    compare(
      'repositoryCheck',
      textOf(row.repositoryCheck),
      textOf(told.check),
      isToldCheck(row.repositoryCheck, told.check),
    );
  if (row.hold !== undefined && !(row.hold === null && hasRunOut(told.hold, now))) {
    compare('hold', heldText(row.hold), heldText(told.hold));
    if (row.heldUntil !== undefined) {
      const until = untilOf(told.hold);
      compare('heldUntil', row.heldUntil, until, isSameTime(row.heldUntil, until));
    }
  }
  return found;
};

/** An export has `by` for `actor`. */
const heldText = (hold: ExportedEvent['after']): string | null => {
  const { reason, until, actor, by, at } = fieldsOf(hold);
  return hold === null ? null : canonicalJson({ reason, until, actor: actor ?? by, at });
};

/** As a row has it: a hold without an end is held until infinity. */
const untilOf = (hold: ExportedEvent['after']): string | null =>
  hold === null ? null : String(fieldsOf(hold).until ?? 'infinity');

const hasRunOut = (hold: ExportedEvent['after'], now: Date): boolean => {
  const { until } = fieldsOf(hold);
  return typeof until === 'string' && new Date(until) <= now;
};

/** An export may tell milliseconds where events tell microseconds, and the other way round. */
const isSameTime = (one: string | null, other: string | null): boolean => {
  if (one === other || one === null || other === null) return one === other;
  return hasMicroseconds(one) && hasMicroseconds(other) ? false : Date.parse(one) === Date.parse(other);
};

const hasMicroseconds = (time: string): boolean => /\.\d{6}Z$/.test(time);

const textOf = (proof: ExportedEvent['after'] | undefined): string | null =>
  proof === undefined || proof === null ? null : canonicalJson(proof);

export const disagreementWords = ({ field, row, told }: Disagreement): string =>
  `its ${field} is ${row ?? 'empty'}, its events tell ${told ?? 'none'}`;
