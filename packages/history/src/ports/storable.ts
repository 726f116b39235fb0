/** What stands for a character that PostgreSQL cannot keep: NUL, and half of a surrogate pair. */
const UNKNOWN = '\ufffd';

export const storableText = (text: string): string => text.toWellFormed().replaceAll('\0', UNKNOWN);

/** Each escape sequence of a JSON text as one match, so that an escaped backslash is not taken for the start of one. */
const ESCAPE = /\\(u0000|ud[89a-f][0-9a-f]{2}|.)/g;

/** JSON that PostgreSQL takes as jsonb, whatever the strings and keys in it hold. */
export const storableJson = (value: unknown): string => {
  const json = JSON.stringify(value) ?? 'null';
  return json.includes('\\u')
    ? json.replace(ESCAPE, (all, escaped: string) => (escaped.length > 1 ? UNKNOWN : all))
    : json;
};

/** Characters, not UTF-16 units. */
export const cut = (text: string, characters: number): string =>
  text.length <= characters ? text : Array.from(text).slice(0, characters).join('');

/** In an event; what was asked for may be anything. */
export const LONGEST_BACKUP_ID = 300;
