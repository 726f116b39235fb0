import type { IncomingMessage } from 'node:http';
import { clientCertificateOf } from '../http/tls/client-certificates.ts';
import type { ClientCertificate } from './caller.ts';
import type { OpenRequest } from './open-requests.ts';

/** All that a request carries which may decide whether it is served. The body is not read yet. */
export type Arrival = OpenRequest & {
  /** Of the client; behind a trusted proxy, as the proxy reports it. */
  readonly address: string;
  /** Each header of that name, as sent. */
  readonly authorization: readonly string[];
  readonly cookie: string | undefined;
  readonly certificate: ClientCertificate | undefined;
  /** Whether the URL contains a credential: it would be in the logs of every proxy, so it is never accepted. */
  readonly credentialInUrl: boolean;
  /** The site whose page had the browser send it. Undefined: this one, or no browser. */
  readonly origin: string | undefined;
  /** The header `sec-fetch-site`: what the browser says of the page that had it sent. Undefined: no browser, or an old one. */
  readonly fetchSite: string | undefined;
};

/** What the first of these headers shows is that a proxy has forwarded the request. */
const FORWARDED = ['x-forwarded-for', 'forwarded'] as const;

/** A complete API key, or a parameter that RFC 6750 has for tokens. The id of a key alone is a legitimate filter. */
const CREDENTIAL_IN_URL = /[?&]access_token=|tdm_[0-9a-z]+_[0-9A-Za-z]{20}/;

const NONE: readonly string[] = [];

export const arrivalOf = (request: IncomingMessage, address: string): Arrival => {
  const { headers, url = '' } = request;
  return {
    address,
    // Node keeps only the first of several in `headers`
    authorization: headers.authorization === undefined ? NONE : (request.headersDistinct.authorization ?? NONE),
    cookie: headers.cookie,
    certificate: clientCertificateOf(request.socket),
    credentialInUrl: url.includes('?') && CREDENTIAL_IN_URL.test(url),
    origin: headers.origin,
    fetchSite: headers['sec-fetch-site']?.toString(),
    host: headers.host,
    forwardedBy: FORWARDED.find((name) => headers[name] !== undefined),
  };
};
