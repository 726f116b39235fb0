/** Collects the parameters of a statement; values are never written into its text. */
export type Bound = {
  /** Returns the placeholder of the value. */
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

/** The clauses of the given filters, in the order of the table. */
export const clausesOf = <Filter extends object>(
  table: { readonly [Field in keyof Filter]-?: (value: NonNullable<Filter[Field]>, bind: Bound['bind']) => string },
  filter: Filter,
  bind: Bound['bind'],
): readonly string[] =>
  (Object.keys(table) as (keyof Filter)[]).flatMap((field) => {
    const value = filter[field];
    return value === undefined || value === null ? [] : [table[field](value, bind)];
  });
