/** Names in a sentence: the first of them, and how many more there are. */
export const nameList = (names: readonly string[], { most = 20, between = ', ' } = {}): string => {
  const shown = names.slice(0, most).join(between);
  return names.length <= most ? shown : `${shown} and ${names.length - most} more`;
};
