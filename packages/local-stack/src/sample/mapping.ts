/** An Elasticsearch field mapping. */
export type FieldMapping = { [key: string]: unknown };

const plainTypes = ['keyword', 'long', 'integer', 'double', 'boolean', 'text'];

/** The catalogue's date format, and what others may write into these indices. */
const DATE_FORMAT = "yyyy-MM-dd'T'HH:mm:ss.SSSZ||strict_date_optional_time||epoch_millis";

/** Splits at separators that are not inside braces. */
const splitOutside = (text: string, separator: string): string[] => {
  let depth = 0;
  const pieces = [''];
  for (const character of text) {
    if (character === '{') depth += 1;
    if (character === '}') depth -= 1;
    if (character === separator && depth === 0) pieces.push('');
    else pieces[pieces.length - 1] += character;
  }
  return pieces.map((piece) => piece.trim());
};

/** "name:type", or a bare name, which is a keyword. */
const readField = (text: string): [string, FieldMapping] => {
  const colon = text.indexOf(':');
  return colon < 0
    ? [text, fieldMapping('keyword')]
    : [text.slice(0, colon).trim(), fieldMapping(text.slice(colon + 1))];
};

/** "a,b: type; c: type" where a semicolon separates groups of one type, else "a:type,b:type". */
const readFields = (body: string): Record<string, FieldMapping> => {
  const groups = splitOutside(body, ';');
  if (groups.length === 1) return Object.fromEntries(splitOutside(body, ',').map(readField));
  return Object.fromEntries(
    groups.flatMap((group) => {
      const [names, mapping] = readField(group);
      return names.split(',').map((name) => [name.trim(), mapping] as const);
    }),
  );
};

/**
 * The mapping that the catalogue's notation stands for: `keyword`, `date`, `enabled:false`, `text(index:false)`, `object`,
 * `object(dynamic)`, `nested`, the last three also with fields in braces. Throws on anything else, so that a typo does not become a mapping.
 */
export const fieldMapping = (notation: string): FieldMapping => {
  const text = notation.trim();
  if (plainTypes.includes(text)) return { type: text };
  if (text === 'date') return { type: 'date', format: DATE_FORMAT };
  if (text === 'enabled:false') return { type: 'object', enabled: false };
  if (text === 'text(index:false)') return { type: 'text', index: false };
  const [, type, body] = /^(object|nested)(?:\(dynamic\))?(?:\{(.*)\})?$/.exec(text) ?? [];
  if (type === undefined) throw new Error(`the catalogue has a field of an unknown kind: ${notation}`);
  return { type, dynamic: true, ...(body === undefined ? {} : { properties: readFields(body) }) };
};

/** The mapping of an index; what a document holds beyond the listed fields is kept, not indexed. */
export const indexMapping = (fields: Readonly<Record<string, string>>): FieldMapping => ({
  dynamic: false,
  properties: Object.fromEntries(Object.entries(fields).map(([name, notation]) => [name, fieldMapping(notation)])),
});
