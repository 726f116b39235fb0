import { createHash } from 'node:crypto';

/** SHA-256 in lower-case hex. */
export const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** SHA-256, for Merkle trees. */
export const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();
