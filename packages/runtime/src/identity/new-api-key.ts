import { createHash, randomInt } from 'node:crypto';
import {
  API_KEY_PREFIX,
  formatApiKey,
  ID_ALPHABET,
  ID_LENGTH,
  SECRET_ALPHABET,
  SECRET_LENGTH,
} from '@tandem/shared/domain/identity/api-key.ts';

export type MadeApiKey = {
  /** Such as tdm_4f9a2c7b. */
  readonly id: string;
  /** The key itself: to be shown once and never stored. */
  readonly key: string;
  /** What is stored of it. */
  readonly digest: string;
};

/** A key with a secret of 256 bits. */
export const newApiKey = (): MadeApiKey => {
  const id = `${API_KEY_PREFIX}${randomText(ID_ALPHABET, ID_LENGTH)}`;
  const key = formatApiKey(id, randomText(SECRET_ALPHABET, SECRET_LENGTH));
  return { id, key, digest: apiKeyDigest(key) };
};

const randomText = (alphabet: string, length: number): string =>
  Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');

/** SHA-256 of the whole key, in hexadecimal. The secret is random, so that it needs no slow hash. */
export const apiKeyDigest = (key: string): string => createHash('sha256').update(key).digest('hex');
