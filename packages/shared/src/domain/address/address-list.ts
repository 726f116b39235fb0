/** The addresses in a list joined by commas. A comma in a user or password stays: only one before a scheme separates two addresses. */
export const addressesIn = (list: string): readonly string[] =>
  list.split(/,\s*(?=[a-z][a-z0-9+.-]*:\/\/)/i).map((address) => address.trim());
