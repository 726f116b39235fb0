import { InsecureAddressError } from '../insecure-address-error.ts';
import type { Fetch } from './fetch.ts';

/** An API key or an access token. Called for each try, so that a new one counts at once. Undefined: the request is sent without. */
export type ReadCredentials = () => string | undefined | Promise<string | undefined>;

const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);

/** Nobody else can read what is sent to that address. */
export const isConfidential = (url: string): boolean => {
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || isLoopback(hostname);
};

/** Adds the caller's key to each request. Rejects with an InsecureAddressError where others could read it, unless `insecure` allows that. */
export const authenticatedFetch =
  (send: Fetch, credentials: ReadCredentials | undefined, insecure: boolean): Fetch =>
  async (request) => {
    const key = await credentials?.();
    if (key === undefined) return send(request);
    if (!insecure && !isConfidential(request.url)) throw new InsecureAddressError(new URL(request.url).origin);
    const headers = new Headers(request.headers);
    headers.set('Authorization', `Bearer ${key}`);
    return send(new Request(request, { headers }));
  };
