import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { ChainTrust } from '@tandem/shared/domain/history/seal/seal-chain.ts';
import { z } from 'zod';
import { CannotVerify } from './cannot-verify.ts';
import { json, textLinesOf } from './read-lines.ts';

/** The fields that a seal and its log line have in common. */
const Checkpoint = z.object({ number: z.int().min(1), hash: z.string().regex(/^[0-9a-f]{64}$/) });

/** What the auditor stored outside Tandem: checkpoints and keys. */
export type GivenTrust = {
  /** A file with seals; undefined: none. */
  readonly checkpoint: string | undefined;
  /** Files with Ed25519 public keys. */
  readonly publicKeys: readonly string[];
  /** The first seal that must be signed. */
  readonly signedFrom: number;
};

/** Rejects with CannotVerify if a file is not what it should be. */
export const readTrust = async (given: GivenTrust): Promise<ChainTrust> => ({
  checkpoint: given.checkpoint === undefined ? new Map() : await readCheckpoint(given.checkpoint),
  signatures:
    given.publicKeys.length === 0
      ? undefined
      : { from: given.signedFrom, check: signatureCheck(await Promise.all(given.publicKeys.map(readPublicKey))) },
});

const readCheckpoint = async (file: string): Promise<ReadonlyMap<number, string>> => {
  const seals = new Map<number, string>();
  for await (const line of textLinesOf(file)) {
    const { success, data } = Checkpoint.safeParse(json(line));
    if (!success) continue; // other lines of a log
    const known = seals.get(data.number);
    if (known !== undefined && known !== data.hash) {
      throw new CannotVerify(
        `${file} contains two hashes of seal ${data.number}: the seal was rewritten in between, or they are of two histories.`,
      );
    }
    seals.set(data.number, data.hash);
  }
  if (seals.size === 0)
    throw new CannotVerify(`${file} contains no seal. Each seal is a line of JSON with "number" and "hash".`);
  return seals;
};

const readPublicKey = async (file: string): Promise<KeyObject> => {
  try {
    const key = createPublicKey(await readFile(file));
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch (error) {
    throw new CannotVerify(`${file} cannot be read as a public key: ${(error as Error).message}`);
  }
  throw new CannotVerify(`${file} is not an Ed25519 public key. Write one with "openssl pkey -in PRIVATE -pubout".`);
};

const idOf = (key: KeyObject): string =>
  createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('hex');

const signatureCheck = (keys: readonly KeyObject[]) => {
  const byId = new Map(keys.map((key) => [idOf(key), key]));
  return (hash: string, signature: string, keyId: string): boolean => {
    const key = byId.get(keyId);
    return key !== undefined && verify(null, Buffer.from(hash), key, Buffer.from(signature, 'base64'));
  };
};
