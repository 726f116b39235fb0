import { createHash, createPrivateKey, createPublicKey, sign } from 'node:crypto';
import type { Seal } from '@tandem/shared/contract/seals.ts';

/** Signs a seal. */
export type SealSigner = (seal: Seal) => Seal;

/** Ed25519 over the hash as hexadecimal text, so that `openssl pkeyutl -verify -rawin` can check it without Tandem (docs/history.md). */
export const sealSigner = (privateKey: string): SealSigner => {
  const key = createPrivateKey(privateKey);
  const publicKey = createPublicKey(key).export({ type: 'spki', format: 'der' });
  const keyId = createHash('sha256').update(publicKey).digest('hex');
  return (seal) => ({ ...seal, signature: sign(null, Buffer.from(seal.hash), key).toString('base64'), keyId });
};
