import { digestOf } from './digest.ts';

/** A version 8 UUID derived from the text: the same text gives the same UUID. */
export const derivedUuid = (text: string): string => {
  const hex = digestOf(text);
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 3) | 8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
};
