/** User and password in a URL: a character of them that ends the login early sends the rest of it into the host, the path or the query. */

/** Whether the first "/", "?" or "#" comes before an "@": it belongs to the user or password, and what stands before it is no host. */
export const isCutShort = (url: string): boolean => /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*[/?#].*@/is.test(url.trim());

/** The remedy; reads as a sentence after the setting's name. */
export const LOGIN_ENCODING =
  'must have user and password percent-encoded: "/" is written "%2F", "?" "%3F", "#" "%23", "@" "%40", "%" "%25"';
