import { z } from 'zod';
import { TAMPERING_KINDS } from '../domain/history/verify/tampering.ts';
import { ExportedBackup } from './exported-backup.ts';
import { ExportedEvent } from './exported-event.ts';
import { cursor, limit, listOf } from './lists.ts';
import { LookupId } from './optimize-backup.ts';

const Hash = z.string().regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 as 64 hexadecimal digits');
const Id = z.string().regex(/^-?\d+$/, 'must be the digits of an id');
const Spans = z.array(z.tuple([Id, Id]));

/** A seal as it is listed and exported; its hash is over everything but hash, signature and keyId (domain/history/seal/seal.ts). */
export const Seal = z
  .strictObject({
    number: z.int().min(1),
    /** The hash of the seal before; null: there is none. */
    previous: Hash.nullable(),
    hash: Hash,
    /** The ids of its events as [first, last], both inclusive. */
    events: Spans,
    count: z.int().min(0),
    /** Of the Merkle tree (RFC 6962) over its events in the order of their ids. */
    root: Hash,
    /** Every event up to this id is in a seal up to this one, or its id is in `waiting`. */
    through: Id,
    /** Ids up to `through` that were drawn and whose events had not appeared. */
    waiting: Spans,
    sealedAt: z.string(),
    /** Ed25519 over the hash as hexadecimal text; base64. */
    signature: z.base64().nullable(),
    /** SHA-256 of the public key (DER). */
    keyId: Hash.nullable(),
  })
  .meta({ id: 'Seal' });
export type Seal = z.infer<typeof Seal>;

export const SealSearch = z.strictObject({ cursor, limit });
export type SealSearch = z.infer<typeof SealSearch>;

/** Oldest seal first: a client that resumes at the last cursor gets all of them. */
export const SealPage = listOf(Seal);

export const ProofRequest = z.strictObject({ backupId: LookupId });

/** An event, the seal that it is in, and what its leaf is hashed with to come to the root of that seal. */
const ProvenEvent = z.strictObject({
  event: ExportedEvent,
  /** SHA-256 of a byte 0 and the canonical JSON of `event`. */
  leaf: Hash,
  /** Number of its seal; null: it is in none yet, and nothing can be said of it. */
  seal: z.int().nullable(),
  proof: z.array(z.strictObject({ side: z.enum(['left', 'right']), hash: Hash })),
});

/** Shows that the events of a backup are those that were sealed, and that the backup agrees with them. The caller can check it too. */
export const BackupProof = z
  .strictObject({
    backupId: z.string(),
    /** Nothing is among `findings`. */
    whole: z.boolean(),
    findings: z.array(z.strictObject({ kind: z.enum(TAMPERING_KINDS), where: z.string(), seal: z.int().nullable() })),
    /** Every incarnation of the id, as it is recorded. */
    backups: z.array(ExportedBackup),
    events: z.array(ProvenEvent),
    /** Whether these are all; a proof lists the first 1,000. */
    allEvents: z.boolean(),
    /** How many there are in addition to `events`. */
    moreEvents: z.int(),
    /** How many of `events` are in no seal yet. */
    unsealed: z.int(),
    seals: z.array(Seal),
  })
  .meta({ id: 'BackupProof' });
export type BackupProof = z.infer<typeof BackupProof>;
