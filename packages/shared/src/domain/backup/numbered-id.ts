/** The largest whole number that JSON readers keep exact. */
export const MAX_NUMBERED_ID = Number.MAX_SAFE_INTEGER;

/** Its digits decide between numbers of the same length. */
const LARGEST = String(MAX_NUMBERED_ID);

/** For the refusal of any other id. */
export const NUMBERED_ID_RULE = `must be a whole number from 1 to ${LARGEST}, in digits without leading zeros`;

/**
 * Whether an id is also one of Optimize 3.10 and later (docs/rest.md), so that both of its endpoints know the backup: a whole number from 1 to
 * 2^53 − 1, in digits alone. Leading zeros, a sign, a fraction or an exponent are refused, not converted: 007 and 7 are two ids.
 */
export const isNumberedId = (text: string): boolean =>
  /^[1-9]\d{0,15}$/.test(text) && (text.length < LARGEST.length || text <= LARGEST);
