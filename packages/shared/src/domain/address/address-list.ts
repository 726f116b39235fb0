/** The addresses in a list that is joined by commas. A comma in a user or password stays: only one before a scheme parts them. */
export const addressesIn = (list: string): readonly string[] =>
  list.split(/,\s*(?=[a-z][a-z0-9+.-]*:\/\/)/i).map((address) => address.trim());
