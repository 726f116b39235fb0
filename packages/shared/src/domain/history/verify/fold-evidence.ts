import type { ExportedBackup } from '../../../contract/exported-backup.ts';
import type { ExportedEvent } from '../../../contract/exported-event.ts';
import { canonicalJson } from '../../canonical-json.ts';
import { type Fields, fieldsOf } from './event-fields.ts';

type Json = ExportedEvent['after'];

/** The last full and the last partial proof, as events wrote them. */
export type FoldedProofs = {
  readonly proof: Json | undefined;
  readonly partialProof: Json | undefined;
  /** Rehearsals of versions whose events did not say what they proved. */
  readonly unverified: readonly string[];
};

export const NO_PROOFS: FoldedProofs = { proof: undefined, partialProof: undefined, unverified: [] };

/**
 * The proofs after an event of a rehearsal. A rehearsal that ended without saying what it proved, as in earlier versions, is added to
 * `unverified`.
 */
export const foldProofs = (
  folded: FoldedProofs,
  kind: string,
  operationId: string | null,
  after: Fields,
): FoldedProofs => {
  if (after.proof !== undefined) return { ...folded, proof: after.proof };
  if (after.partialProof !== undefined) return { ...folded, partialProof: after.partialProof };
  return kind === 'rehearsal.step' || operationId === null
    ? folded
    : { ...folded, unverified: [...folded.unverified, operationId] };
};

/** Whether a row's proof is what the events say. If no event describes it, only its rehearsal can be checked: it must have taken place. */
export const isSameProof = (row: Json | undefined, folded: Json | undefined, { unverified }: FoldedProofs): boolean => {
  if (folded !== undefined) return row !== undefined && canonicalJson(row) === canonicalJson(folded);
  return row === null || unverified.includes(String(fieldsOf(row).operationId));
};

/** When a proof was made, ISO 8601. Null: there is no proof. */
export const provenAt = (proof: Json): string | null => {
  const { at } = fieldsOf(proof);
  return typeof at === 'string' ? at : null;
};

/** What the end of a create recorded of its repository, after the next event. Null: nothing. */
export const foldCheck = (folded: Json, kind: string, after: Fields): Json => {
  if (kind !== 'backup.completed' && kind !== 'backup.failed') return folded;
  if (after.repositoryCheck !== undefined) return after.repositoryCheck;
  return after.code === 'REPOSITORY_NOT_SHARED' ? UNDETAILED_CHECK : null;
};

/** Of failures whose events did not say more, as earlier versions wrote them. */
const UNDETAILED_CHECK = { verified: false };

/** Whether a row's repository check is what the events say; if the events do not give the details, whether it is not verified either. */
export const isSameCheck = (row: Json, folded: Json): boolean =>
  folded === UNDETAILED_CHECK ? verifiedIn(row) === false : canonicalJson(row) === canonicalJson(folded);

/** Whether a repository check says that the repository was verified. Null: it says nothing. */
export const verifiedIn = (check: Json): boolean | null => {
  const { verified } = fieldsOf(check);
  return typeof verified === 'boolean' ? verified : null;
};

type Uuids = Readonly<Record<string, string>>;

/** The uuids of snapshots by part, after the next event. A part that is started again has none until the engine shows its new snapshot. */
export const foldUuids = (uuids: Uuids, kind: string, after: Fields): Uuids => {
  switch (kind) {
    case 'part.adopted':
    case 'part.succeeded':
      return typeof after.uuid === 'string' ? { ...uuids, [String(after.part)]: after.uuid } : uuids;
    case 'part.starting':
    case 'part.vanished':
    case 'part.deleted':
      return without(uuids, String(after.part));
    case 'backup.discovered':
    case 'backup.state-changed':
      return { ...uuids, ...uuidsIn(after.uuids) };
    default:
      return uuids;
  }
};

const without = (uuids: Uuids, part: string): Uuids =>
  Object.fromEntries(Object.entries(uuids).filter(([number]) => number !== part));

const uuidsIn = (value: Json | undefined): Uuids =>
  Object.fromEntries(
    Object.entries(fieldsOf(value)).flatMap(([part, uuid]) => (typeof uuid === 'string' ? [[part, uuid]] : [])),
  );

/**
 * The SUCCESS parts whose uuid is not the one of the events. Parts that no event describes, as of sets discovered by earlier versions, are not
 * compared.
 */
export const differentUuids = (parts: NonNullable<ExportedBackup['parts']>, folded: Uuids) =>
  parts.flatMap(({ number, state, uuid }) => {
    const should = folded[String(number)];
    return state !== 'SUCCESS' || should === undefined || should === uuid
      ? []
      : [{ number, is: uuid ?? 'none', should }];
  });
