const MAX_NAMES = 20;

/** Names in a sentence: the first 20, and how many more there are. */
export const nameList = (names: readonly string[]): string =>
  names.length <= MAX_NAMES
    ? names.join(', ')
    : `${names.slice(0, MAX_NAMES).join(', ')} and ${names.length - MAX_NAMES} more`;
