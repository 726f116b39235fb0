/** Every value of a cookie in the header `cookie`. Several: a server of another host of the same domain has set one as well. */
export const cookieValues = (header: string | undefined, name: string): readonly string[] =>
  (header ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));

export type CookieRules = {
  /** Whether browsers reach us by https. */
  readonly isSecure: boolean;
  /** 0 removes the cookie. */
  readonly maxAgeSeconds: number;
};

/** A header `set-cookie`. Lax, not Strict: the issuer redirects to us at the end of a login, and that request needs it. */
export const cookieHeader = (name: string, value: string, { isSecure, maxAgeSeconds }: CookieRules): string =>
  [
    `${name}=${value}`,
    'Path=/',
    `Max-Age=${maxAgeSeconds}`,
    'HttpOnly',
    'SameSite=Lax',
    ...(isSecure ? ['Secure'] : []),
  ].join('; ');
