import { X509Certificate } from 'node:crypto';
import { createSecureContext } from 'node:tls';
import { Agent, fetch } from 'undici';
import type { Fetch } from '../transport/fetch.ts';

export type NodeFetchOptions = {
  /** PEM texts of the authorities that are trusted, instead of those of Node. */
  readonly ca?: string | readonly string[];
  /** PEM texts of the client's certificate and its key. */
  readonly cert?: string;
  readonly key?: string;
  /** Of the key, if it is encrypted. */
  readonly passphrase?: string;
  /** Max wait for a connection. Default: 10 s. */
  readonly connectTimeoutMs?: number;
};

export type NodeFetch = Fetch & {
  /** Closes idle connections, and the others once they are. */
  readonly close: () => Promise<void>;
};

const CONNECT_TIMEOUT_MS = 10_000;

/** A `fetch` for Node that knows a private CA and a client certificate, which its own does not. Throws if a PEM text is none. */
export const nodeFetch = (options: NodeFetchOptions = {}): NodeFetch => {
  const { ca, cert, key, passphrase, connectTimeoutMs = CONNECT_TIMEOUT_MS } = options;
  checkAuthorities([ca ?? []].flat());
  const tls = {
    ...(ca !== undefined && { ca: typeof ca === 'string' ? ca : [...ca] }),
    ...(cert !== undefined && { cert }),
    ...(key !== undefined && { key }),
    ...(passphrase !== undefined && { passphrase }),
  };
  // fails here, not with the first request
  createSecureContext(tls);
  // the client limits how long a response may take; a stream may be silent
  const agent = new Agent({ connect: { ...tls, timeout: connectTimeoutMs }, headersTimeout: 0, bodyTimeout: 0 });
  const send = async (request: Request): Promise<Response> => {
    const { method, url, headers, redirect, signal } = request;
    const body = request.body === null ? null : await request.text();
    const init = { method, headers: [...headers] as [string, string][], redirect, signal, body, dispatcher: agent };
    // the same class, of another copy of undici
    return (await fetch(url, init)) as unknown as Response;
  };
  return Object.assign(send, { close: () => agent.close() });
};

const BLOCK = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g;

/** Node ignores what it cannot read, and later trusts nobody. */
const checkAuthorities = (texts: readonly string[]): void => {
  for (const text of texts) {
    const blocks = text.match(BLOCK) ?? [];
    if (blocks.length === 0) throw new TypeError('The CA has no PEM certificate.');
    for (const block of blocks) new X509Certificate(block);
  }
};
