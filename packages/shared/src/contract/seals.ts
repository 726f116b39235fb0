import { z } from 'zod';

const Hash = z.string().regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 as 64 hexadecimal digits');
const Id = z.string().regex(/^-?\d+$/, 'must be the digits of an id');
const Spans = z.array(z.tuple([Id, Id]));

/** A seal as it is listed and exported; its hash is over everything but hash, signature and keyId (domain/seal.ts). */
export const Seal = z.strictObject({
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
});
export type Seal = z.infer<typeof Seal>;
