import { PLAIN, type Style } from './style.ts';

/** The sequences of style.ts, then what moves the cursor, sets a title or turns the direction of text. Line feeds and tabs stay. */
const COLOURS_AND_CONTROLS =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it is about
  /\u001b\[(?:1|2|22|31|32|33|39)m|[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

const PICTURES = 0x2400;

/**
 * Text for a terminal. Labels, notes and messages come from others: a control character in them is shown as its picture, such as ␛, and does nothing.
 * Only the colours of `style` pass.
 */
export const printable = (text: string, style: Style): string =>
  text.replaceAll(COLOURS_AND_CONTROLS, (found) => {
    if (found.length > 1 && style !== PLAIN) return found;
    const code = found.charCodeAt(0);
    return (code < 0x20 ? String.fromCharCode(PICTURES + code) : '\ufffd') + found.slice(1);
  });

/** JSON leaves these as they are, and some terminals obey them. */
const LEFT_BY_JSON = /[\u007f-\u009f]/g;

/** The same JSON or YAML, in which a control character is written as `\u009b`. */
export const escaped = (text: string): string =>
  text.replaceAll(LEFT_BY_JSON, (found) => `\\u00${found.charCodeAt(0).toString(16)}`);
