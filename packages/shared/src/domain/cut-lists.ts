import { MAX_LISTED } from './cut-list.ts';

/** A list of which a value holds the first entries only. */
export type TruncatedList = {
  /** Where the list is: names and positions, separated by dots. */
  readonly list: string;
  /** How many entries there are in total. */
  readonly count: number;
};

export type CutLists<Value> = { readonly value: Value; readonly truncated: readonly TruncatedList[] };

/** A copy of plain data in which every list, at any depth, holds its first entries at most, and which lists were longer. */
export const cutLists = <Value>(value: Value, max = MAX_LISTED): CutLists<Value> => {
  const truncated: TruncatedList[] = [];
  const cut = (part: unknown, path: readonly (string | number)[]): unknown => {
    if (Array.isArray(part)) {
      if (part.length > max) truncated.push({ list: path.join('.'), count: part.length });
      return part.slice(0, max).map((item, at) => cut(item, [...path, at]));
    }
    if (!isPlain(part)) return part;
    return Object.fromEntries(Object.entries(part).map(([name, field]) => [name, cut(field, [...path, name])]));
  };
  return { value: cut(value, []) as Value, truncated };
};

const isPlain = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
