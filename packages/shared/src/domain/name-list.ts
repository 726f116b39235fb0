/** Names for a sentence: the first of them, and how many more there are. */
export const nameList = (names: readonly string[], { max = 20, between = ', ' } = {}): string => {
  const shown = names.slice(0, max).join(between);
  return names.length <= max ? shown : `${shown} and ${names.length - max} more`;
};
