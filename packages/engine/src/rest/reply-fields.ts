/** Readers for an engine's replies: a field that is missing or of another type is an error, never a default. */
export class ReplyInvalid extends Error {
  override readonly name = 'ReplyInvalid';
}

const invalid = (where: string, expected: string): ReplyInvalid => new ReplyInvalid(`${where} is not ${expected}`);

export type Fields = Readonly<Record<string, unknown>>;

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const fieldsAt = (value: unknown, where: string): Fields => {
  if (!isFields(value)) throw invalid(where, 'an object');
  return value;
};

export const listAt = (value: unknown, where: string): readonly unknown[] => {
  if (!Array.isArray(value)) throw invalid(where, 'a list');
  return value;
};

export const textAt = (value: unknown, where: string): string => {
  if (typeof value !== 'string' || value === '') throw invalid(where, 'a text');
  return value;
};

export const textsAt = (value: unknown, where: string): readonly string[] =>
  listAt(value, where).map((text, index) => textAt(text, `${where}[${index}]`));

/** A non-negative integer. */
export const countAt = (value: unknown, where: string): number => {
  if (!Number.isSafeInteger(value) || (value as number) < 0) throw invalid(where, 'a count');
  return value as number;
};

/** For fields that the API leaves out at times: absent or null is undefined, any other type is an error. */
export const optional = <T>(
  read: (value: unknown, where: string) => T,
  value: unknown,
  where: string,
): T | undefined => (value === undefined || value === null ? undefined : read(value, where));

/** Fields at a path that `filter_path` may have removed completely; then there are none. */
export const fieldsUnder = (reply: unknown, ...path: readonly string[]): Fields =>
  path.reduce<Fields>(
    (fields, name, depth) => optional(fieldsAt, fields[name], path.slice(0, depth + 1).join('.')) ?? {},
    fieldsAt(reply, 'the answer'),
  );

export const requireTrue = (reply: unknown, field: string): void => {
  if (fieldsAt(reply, 'the answer')[field] !== true) throw new ReplyInvalid(`${field} is not true`);
};
