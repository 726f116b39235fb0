import type { Credentials } from '../../connected-engine.ts';

export type Authorization =
  | { readonly apiKey: string }
  | { readonly username: string; readonly password: string }
  | undefined;

/** The engine's address and credentials, kept apart so that secrets never travel with what is shown. */
export type EngineAddress = {
  /** Without user, password, query and fragment: safe to log. */
  readonly url: string;
  readonly auth: Authorization;
};

/** Settings win over what the URL carries; an API key wins over a password. A URL that does not parse throws a TypeError. */
export const engineAddress = (given: string, settings: Credentials): EngineAddress => {
  const parsed = new URL(given);
  const username = settings.username ?? decodeURIComponent(parsed.username);
  const password = settings.password ?? decodeURIComponent(parsed.password);
  const url = parsed.origin + parsed.pathname.replace(/\/+$/, '');
  if (settings.apiKey !== undefined) return { url, auth: { apiKey: settings.apiKey } };
  return { url, auth: username === '' ? undefined : { username, password } };
};

const basic = (username: string, password: string): string => Buffer.from(`${username}:${password}`).toString('base64');

export const authorizationHeader = (auth: Authorization): Record<string, string> => {
  if (auth === undefined) return {};
  return { authorization: 'apiKey' in auth ? `ApiKey ${auth.apiKey}` : `Basic ${basic(auth.username, auth.password)}` };
};

/** Every form in which a reply could echo the secrets. */
export const secretForms = (auth: Authorization): readonly string[] => {
  if (auth === undefined) return [];
  if ('apiKey' in auth) return [auth.apiKey, encodeURIComponent(auth.apiKey)];
  const { username, password } = auth;
  return [basic(username, password), password, encodeURIComponent(password)].filter((form) => form !== '');
};
