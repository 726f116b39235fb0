import { crc32 } from './crc32.ts';

/*
 * An API key is `tdm_<id>_<secret><checksum>`. The prefix lets scanners find leaked keys; the checksum, a CRC-32 of everything before it, lets
 * them, and Tandem, dismiss what only resembles a key without asking a database (docs/decisions/0047).
 */

/** Of an id: digits and lower-case letters without i, l, o and u. */
export const ID_ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
export const SECRET_ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

export const ID_LENGTH = 8;
/** 62 characters to choose from: 256 bits. */
export const SECRET_LENGTH = 43;
const CHECKSUM_LENGTH = 6;

export const API_KEY_PREFIX = 'tdm_';

const ID = `${API_KEY_PREFIX}[${ID_ALPHABET}]{${ID_LENGTH}}`;
const API_KEY = new RegExp(`^(${ID})_([0-9A-Za-z]{${SECRET_LENGTH}})([0-9A-Za-z]{${CHECKSUM_LENGTH}})$`);
/** The id of a key, such as tdm_4f9a2c7b. */
export const API_KEY_ID = new RegExp(`^${ID}$`);

/** Whether a bearer token is meant to be an API key; everything else is an access token. */
export const isMeantAsApiKey = (bearer: string): boolean => bearer.startsWith(API_KEY_PREFIX);

/** The key with that id, such as `tdm_4f9a2c7b`, and secret. */
export const formatApiKey = (id: string, secret: string): string => {
  const checked = `${id}_${secret}`;
  return `${checked}${checksum(checked)}`;
};

const checksum = (text: string): string => {
  let left = crc32(text);
  let digits = '';
  for (let digit = 0; digit < CHECKSUM_LENGTH; digit += 1) {
    digits = `${SECRET_ALPHABET[left % SECRET_ALPHABET.length]}${digits}`;
    left = Math.floor(left / SECRET_ALPHABET.length);
  }
  return digits;
};

/** The id of a key, such as `tdm_4f9a2c7b`. Undefined: the text is no key, or its checksum is wrong. */
export const apiKeyIdOf = (text: string): string | undefined => {
  const [, id, secret] = API_KEY.exec(text) ?? [];
  if (id === undefined || secret === undefined) return undefined;
  return formatApiKey(id, secret) === text ? id : undefined;
};
