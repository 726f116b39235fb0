/** Replaces characters that PostgreSQL cannot store: NUL and lone surrogates. */
const UNKNOWN = '\ufffd';

/** The text as PostgreSQL can store it: NUL and lone surrogates become U+FFFD. */
export const storableText = (text: string): string => text.toWellFormed().replaceAll('\0', UNKNOWN);

/** Each escape sequence of a JSON text as one match, so that an escaped backslash is not taken for the start of one. */
const ESCAPE = /\\(u0000|ud[89a-f][0-9a-f]{2}|.)/g;

/** JSON as PostgreSQL can store it as jsonb: NUL and lone surrogates in strings and keys become U+FFFD; undefined is `null`. */
export const storableJson = (value: unknown): string => {
  const json = JSON.stringify(value) ?? 'null';
  return json.includes('\\u')
    ? json.replace(ESCAPE, (all, escaped: string) => (escaped.length > 1 ? UNKNOWN : all))
    : json;
};

/** The text up to so many characters (code points, not UTF-16 units), so that no surrogate pair is split. */
export const cut = (text: string, characters: number): string =>
  text.length <= characters ? text : Array.from(text).slice(0, characters).join('');

/** In events of refused requests, whose id may be anything. */
export const LONGEST_BACKUP_ID = 300;
