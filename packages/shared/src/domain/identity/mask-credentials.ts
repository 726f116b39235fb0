/** An API key anywhere in a text, also percent-encoded. Its id is no secret, and finds the key. */
const API_KEY = /tdm(?:_|%5f)([a-z0-9]{8})(?:_|%5f)[a-z0-9]{20,}/gi;

/**
 * A signed or encrypted token in its compact form: its first part is JSON, which begins with `{"`. What precedes it may be escaped, as in JSON (`\n`)
 * or percent-encoded (`%20`). Anywhere else inside a word it would be tried at each letter of a long one.
 */
const TOKEN = /(?:(?<![\w-])|(?<=\\[bfnrt]|\\u[0-9a-fA-F]{4}|%[0-9a-fA-F]{2}))eyJ[\w-]{8,}(?:\.[\w-]*){2,4}/;
/** The same, perhaps cut off. */
const TOKENS = /(?:(?<![\w-])|(?<=\\[bfnrt]|\\u[0-9a-fA-F]{4}|%[0-9a-fA-F]{2}))eyJ[\w-]{8,}(?:\.[\w-]*){1,4}/g;

/**
 * Replaces what looks like an API key, an access token or a session by `***`. For every text that may repeat what a caller sent, and is logged,
 * stored or sent.
 */
export const maskCredentials = (text: string): string => text.replace(API_KEY, 'tdm_$1_***').replace(TOKENS, 'eyJ***');

/** Whether a text contains a complete one of them. */
export const holdsCredentials = (text: string): boolean => text.search(API_KEY) >= 0 || TOKEN.test(text);
