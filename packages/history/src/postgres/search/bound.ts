/** Collects what a statement is asked with; each value is named by a parameter, never written into the text. */
export type Bound = {
  /** Answers the text that stands for the value. */
  readonly bind: (value: unknown, type: string) => string;
  readonly parameters: readonly unknown[];
};

export const bound = (): Bound => {
  const parameters: unknown[] = [];
  const bind = (value: unknown, type: string) => {
    parameters.push(value);
    return `$${parameters.length}::${type}`;
  };
  return { bind, parameters };
};

/** The clauses of what is given, in the order of the table. */
export const clausesOf = <Filter extends object>(
  table: { readonly [Field in keyof Filter]-?: (value: NonNullable<Filter[Field]>, bind: Bound['bind']) => string },
  filter: Filter,
  bind: Bound['bind'],
): readonly string[] =>
  (Object.keys(table) as (keyof Filter)[]).flatMap((field) => {
    const value = filter[field];
    return value === undefined || value === null ? [] : [table[field](value, bind)];
  });
