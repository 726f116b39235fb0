const FIELD = /"(?<field>[a-z][A-Za-z]*)": (?<value>true|false|"[^"]*"|\[[^\]"]*(?:"[^"]*"[^\]"]*)*\])/g;

const kebab = (field: string): string => field.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** In single quotes if a shell would take it apart. */
export const shellQuoted = (text: string): string =>
  /^[\w.,:@/=+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;

const optionOf = (field: string, value: string): string => {
  if (value === 'true') return `--${kebab(field)}`;
  if (value === 'false') return `--no-${kebab(field)}`;
  const parsed = parsedValue(value);
  if (parsed === undefined) return `--${kebab(field)} …`;
  return `--${kebab(field)} ${shellQuoted(Array.isArray(parsed) ? parsed.join(',') : String(parsed))}`;
};

const parsedValue = (value: string): unknown => {
  try {
    return JSON.parse(value);
  } catch {
    return undefined; // a list that the message abridges
  }
};

/**
 * A message of the API in the words of this command: the API says which field to send, such as `send "deleteExisting": true`, and the option of
 * the same name sends it, `add --delete-existing`.
 */
export const asOptions = (message: string): string =>
  message
    .replaceAll(FIELD, (_, field: string, value: string) => optionOf(field, value))
    .replaceAll(/\b([Ss])end (?=--)/g, (_, letter: string) => (letter === 'S' ? 'Add ' : 'add '));
