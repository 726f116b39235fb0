/** Where an engine is and how to sign in, taken apart so that the secrets travel apart from what is shown. */
export type EngineAddress = {
  /** Without user, password, query and fragment: safe to log. */
  readonly url: string;
  readonly auth: { readonly apiKey: string } | { readonly username: string; readonly password: string } | undefined;
};

export type Credentials = {
  readonly url: string;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  readonly apiKey?: string | undefined;
};

/** Settings win over what the URL carries; an API key wins over a password. A URL that does not parse throws a TypeError. */
export const engineAddress = (settings: Credentials): EngineAddress => {
  const parsed = new URL(settings.url);
  const username = settings.username ?? decodeURIComponent(parsed.username);
  const password = settings.password ?? decodeURIComponent(parsed.password);
  const url = parsed.origin + parsed.pathname.replace(/\/+$/, '');
  if (settings.apiKey !== undefined) return { url, auth: { apiKey: settings.apiKey } };
  return { url, auth: username === '' ? undefined : { username, password } };
};

/** Every form in which the secrets could turn up in an answer that echoes what it was sent. */
export const secretForms = ({ auth }: EngineAddress): readonly string[] => {
  if (auth === undefined) return [];
  if ('apiKey' in auth) return [auth.apiKey, encodeURIComponent(auth.apiKey)];
  const basic = Buffer.from(`${auth.username}:${auth.password}`).toString('base64');
  return [basic, auth.password, encodeURIComponent(auth.password)].filter((form) => form !== '');
};
