/** Entries of a list in data, where its type says nothing else. */
export const MAX_LISTED = 100;

type Cut<Item, Name extends string, Count extends string> = { readonly [name in Name]: readonly Item[] } & {
  readonly [name in Count]: number;
};

/** A list for failure data and logs under its name: the first entries, and in `count` how many there are in total. */
export const cutList = <Item, Name extends string, Count extends string = 'count'>(
  name: Name,
  items: readonly Item[],
  { max = MAX_LISTED, count = 'count' as Count } = {},
): Cut<Item, Name, Count> =>
  ({ [name]: items.slice(0, max), [count]: items.length }) as unknown as Cut<Item, Name, Count>;
