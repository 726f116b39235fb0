import type { ExportedBackup } from '../../../contract/exported-backup.ts';
import type { ExportedEvent } from '../../../contract/exported-event.ts';
import { BACKUP_STATES, type BackupState } from '../../backup/backup.ts';
import { canonicalJson } from '../../canonical-json.ts';
import { type Fields, fieldsOf } from './event-fields.ts';
import {
  differentUuids,
  type FoldedProofs,
  foldCheck,
  foldProofs,
  foldUuids,
  isSameCheck,
  isSameProof,
  NO_PROOFS,
  provenAt,
  verifiedIn,
} from './fold-evidence.ts';

/** A backup according to its events. */
export type FoldedBackup = Pick<ExportedBackup, 'backupId' | 'state' | 'deletedAt'> & {
  readonly isDiscovered: boolean;
  /** Undefined for a discovered backup: its snapshots say when it was made. */
  readonly requestedAt: string | undefined;
  /** As the events wrote them. */
  readonly labels: ExportedEvent['after'];
  readonly note: ExportedEvent['after'];
  readonly hold: ExportedEvent['after'];
  /** Of the snapshots that the events say it has, by part. */
  readonly uuids: Readonly<Record<string, string>>;
  readonly proofs: FoldedProofs;
  /** What the end of its create recorded of the repository; null: nothing. */
  readonly check: ExportedEvent['after'];
};

/** Applies the next event to the fold of the earlier ones. Undefined: none of them began the backup. */
export const foldBackup = (folded: FoldedBackup | undefined, event: ExportedEvent): FoldedBackup | undefined => {
  const begun = folded ?? begunBy(event);
  if (begun === undefined) return undefined;
  const after = fieldsOf(event.after);
  switch (event.kind) {
    case 'backup.labelled':
      return { ...begun, labels: after.labels ?? {}, note: after.note ?? null };
    case 'backup.held':
    case 'backup.released':
      return { ...begun, hold: after.hold ?? null };
    case 'backup.deleted':
      return { ...begun, state: stateAfter(event.kind, after) ?? begun.state, deletedAt: event.at };
    case 'rehearsal.step':
    case 'rehearsal.completed':
      return { ...begun, proofs: foldProofs(begun.proofs, event.kind, event.operationId, after) };
    default:
      return {
        ...begun,
        state: stateAfter(event.kind, after) ?? begun.state,
        uuids: foldUuids(begun.uuids, event.kind, after),
        check: foldCheck(begun.check, event.kind, after),
      };
  }
};

const begunBy = ({ kind, backupId, at }: ExportedEvent): FoldedBackup | undefined => {
  if (backupId === null) return undefined;
  const isDiscovered = kind === 'backup.discovered';
  if (kind !== 'backup.requested' && !isDiscovered) return undefined;
  const rest = { labels: {}, note: null, hold: null, uuids: {}, proofs: NO_PROOFS, check: null };
  const requestedAt = isDiscovered ? undefined : at;
  return { backupId, state: 'IN_PROGRESS', deletedAt: null, isDiscovered, requestedAt, ...rest };
};

/** Events of a backup say its state as `state`, those of an operation as `backup`: there `state` is the operation's. */
const stateAfter = (kind: string, after: Fields): BackupState | undefined => {
  const said = kind.startsWith('backup.') ? after.state : kind.startsWith('operation.') ? after.backup : undefined;
  return BACKUP_STATES.find((state) => state === said);
};

export type Disagreement = {
  readonly field: keyof ExportedBackup;
  readonly row: string | null;
  readonly folded: string | null;
};

/** Where a backup's row disagrees with its events. Fields that the row lacks are not compared. A hold that expired before `now` may be gone. */
export const disagreements = (row: ExportedBackup, folded: FoldedBackup, now: Date): readonly Disagreement[] => {
  const found: Disagreement[] = [];
  const compare = (field: Disagreement['field'], is: string | null, should: string | null, same = is === should) => {
    if (!same) found.push({ field, row: is, folded: should });
  };
  const { requestedAt = row.requestedAt } = folded;
  compare('backupId', row.backupId, folded.backupId);
  const origin = folded.isDiscovered ? 'discovered' : 'requested or scheduled';
  compare('origin', row.origin, origin, (row.origin === 'discovered') === folded.isDiscovered);
  compare('state', row.state, folded.state);
  compare('deletedAt', row.deletedAt, folded.deletedAt, isSameTime(row.deletedAt, folded.deletedAt));
  compare('requestedAt', row.requestedAt, requestedAt, isSameTime(row.requestedAt, requestedAt));
  if (row.labels !== undefined) compare('labels', canonicalJson(row.labels ?? {}), canonicalJson(folded.labels));
  if (row.note !== undefined) compare('note', row.note, folded.note === null ? null : String(folded.note));
  for (const { number, is, should } of differentUuids(row.parts ?? [], folded.uuids)) {
    compare('parts', `uuid ${is} of part ${number}`, `uuid ${should}`);
  }
  for (const field of ['proof', 'partialProof'] as const) {
    const should = folded.proofs[field];
    if (row[field] !== undefined)
      compare(field, textOf(row[field]), textOf(should), isSameProof(row[field], should, folded.proofs));
  }
  // a rehearsal whose event does not say what it proved may have proven the backup at any time
  if (row.lastProvenAt !== undefined && (folded.proofs.proof !== undefined || folded.proofs.unverified.length === 0)) {
    compare('lastProvenAt', row.lastProvenAt, provenAt(folded.proofs.proof ?? null));
  }
  if (row.repositoryVerified !== undefined)
    compare('repositoryVerified', textOf(row.repositoryVerified), textOf(verifiedIn(folded.check)));
  if (row.repositoryCheck !== undefined)
    compare(
      'repositoryCheck',
      textOf(row.repositoryCheck),
      textOf(folded.check),
      isSameCheck(row.repositoryCheck, folded.check),
    );
  if (row.hold !== undefined && !(row.hold === null && hasRunOut(folded.hold, now))) {
    compare('hold', heldText(row.hold), heldText(folded.hold));
    if (row.heldUntil !== undefined) {
      const until = untilOf(folded.hold);
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

/** An export may have milliseconds where events have microseconds, and vice versa. */
const isSameTime = (one: string | null, other: string | null): boolean => {
  if (one === other || one === null || other === null) return one === other;
  return hasMicroseconds(one) && hasMicroseconds(other) ? false : Date.parse(one) === Date.parse(other);
};

const hasMicroseconds = (time: string): boolean => /\.\d{6}Z$/.test(time);

const textOf = (proof: ExportedEvent['after'] | undefined): string | null =>
  proof === undefined || proof === null ? null : canonicalJson(proof);

/** For messages: what the row has and what the events say, to follow the name of the backup. */
export const disagreementWords = ({ field, row, folded }: Disagreement): string =>
  `its ${field} is ${row ?? 'empty'}, its events say ${folded ?? 'none'}`;
