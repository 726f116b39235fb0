import { z } from 'zod';
import { TAMPERING_KINDS } from '../domain/history/verify/tampering.ts';
import { ExportedBackup } from './exported-backup.ts';
import { ExportedEvent } from './exported-event.ts';
import { backupId, count } from './fields.ts';
import { cursor, limit, listOf } from './lists.ts';
import { LookupId } from './optimize-backup.ts';

const Hash = z
  .string()
  .regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 as 64 hexadecimal digits')
  .meta({ example: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08' });
const Id = z
  .string()
  .regex(/^-?\d+$/, 'must be the digits of an id')
  .meta({ example: '184' });
const Spans = z.array(z.tuple([Id, Id]));

/** A seal as it is listed and exported; its hash is over everything but hash, signature and keyId (domain/history/seal/seal.ts). */
export const Seal = z
  .strictObject({
    number: z.int().min(1).meta({ description: 'Counts the seals from 1, without gaps.', example: 12 }),
    previous: Hash.nullable().meta({ description: 'The hash of the seal before. Null: there is none.' }),
    hash: Hash.meta({
      description: 'SHA-256 of the canonical JSON of the other fields, without `signature` and `keyId`.',
    }),
    events: Spans.meta({ description: 'The ids of its events as [first, last], both inclusive.' }),
    count: z.int().min(0).meta({ description: 'How many events it seals.', example: 40 }),
    root: Hash.meta({ description: 'Of the Merkle tree (RFC 6962) over its events in the order of their ids.' }),
    through: Id.meta({
      description: 'Every event up to this id is in a seal up to this one, or its id is in `waiting`.',
    }),
    waiting: Spans.meta({
      description: 'Ids up to `through` that were drawn and whose events had not appeared, as [first, last].',
    }),
    sealedAt: z.string().meta({ description: 'When it was made.', example: '2026-11-22T02:00:00.000001Z' }),
    signature: z
      .base64()
      .meta({
        example: 'q1hH0n0l3oN5y8w0gqv1k8h0Q1bq2pGmJ3a7dRr2x6y5t0y8S8m4b7iVJt8eTqzXv8m0vYb3nq7kzq1m6b0PCQ==',
      })
      .nullable()
      .meta({ description: 'Ed25519 over the hash as hexadecimal text, in base64. Null: it is not signed.' }),
    keyId: Hash.nullable().meta({ description: 'SHA-256 of the public key (DER). Null: it is not signed.' }),
  })
  .meta({ id: 'Seal', description: 'Shows later whether the events that it seals have changed.' });
export type Seal = z.infer<typeof Seal>;

export const SealSearch = z.strictObject({ cursor, limit });
export type SealSearch = z.infer<typeof SealSearch>;

/** Oldest seal first: a client that resumes at the last cursor gets all of them. */
export const SealPage = listOf(Seal);

export const ProofRequest = z.strictObject({ backupId: LookupId });

const ProvenEvent = z.strictObject({
  event: ExportedEvent.meta({ description: 'The event, as it is exported and sealed.' }),
  leaf: Hash.meta({ description: 'SHA-256 of a byte 0 and the canonical JSON of `event`.' }),
  seal: count.nullable().meta({
    description: 'The number of the seal that it is in. Null: it is in none yet, so that nothing can be said of it.',
    example: 12,
  }),
  proof: z
    .array(
      z.strictObject({
        side: z.enum(['left', 'right']).meta({ description: 'On which side of what was hashed so far it stands.' }),
        hash: Hash.meta({ description: 'What to hash with.' }),
      }),
    )
    .meta({ description: 'What its leaf is hashed with, in order, to come to the `root` of that seal.' }),
});

/** The caller can check it too. */
export const BackupProof = z
  .strictObject({
    backupId,
    intact: z.boolean().meta({ description: 'Whether `findings` is empty.' }),
    findings: z
      .array(
        z.strictObject({
          kind: z.enum(TAMPERING_KINDS).meta({ description: 'What was found.' }),
          where: z.string().meta({
            description: 'Which event, seal or backup, and what of it.',
            example: 'event 184 is not what was sealed',
          }),
          seal: count.nullable().meta({
            description: 'The number of the first seal that is concerned. Null: none.',
            example: 12,
          }),
        }),
      )
      .meta({ description: 'What disagrees. Empty: nothing.' }),
    backups: z.array(ExportedBackup).meta({ description: 'Every incarnation of the id, as it is recorded.' }),
    events: z.array(ProvenEvent).meta({ description: 'The first 1,000 events of the id, each with its proof.' }),
    allEvents: z.boolean().meta({ description: 'Whether `events` are all.' }),
    moreEvents: count.meta({ description: 'How many events are not listed.', example: 0 }),
    unsealed: count.meta({ description: 'How many of `events` are in no seal yet.', example: 0 }),
    seals: z.array(Seal).meta({ description: 'The seals that `events` are in.' }),
  })
  .meta({
    id: 'BackupProof',
    description: 'Shows that the events of a backup are those that were sealed, and that the backup agrees with them.',
  });
export type BackupProof = z.infer<typeof BackupProof>;
