import createFetchClient, { type Client, type Middleware } from 'openapi-fetch';
import { apiErrorOf } from './api-error-of.ts';
import type { Json, Method } from './client-methods.ts';
import type { paths } from './generated/api.ts';
import { IDEMPOTENT_REQUESTS } from './generated/idempotent-requests.ts';
import { authenticatedFetch, type ReadCredentials } from './transport/authenticated-fetch.ts';
import type { Fetch } from './transport/fetch.ts';
import type { RetryLimits } from './transport/retry-delay.ts';
import { type Retry, retryingFetch } from './transport/retrying-fetch.ts';
import { timedFetch } from './transport/timed-fetch.ts';

export type ClientOptions = {
  /** Where Tandem's API is, such as `https://tandem.example.com`; with a path where a proxy adds one. */
  readonly url: string;
  readonly credentials?: ReadCredentials;
  /** Default: the one of the platform. For a private CA or a client certificate in Node: `nodeFetch`. */
  readonly fetch?: Fetch;
  /** Whether the key may be sent over http to other hosts than this one. */
  readonly insecure?: boolean;
  /** How long one try may take. Default: 30 s. */
  readonly timeoutMs?: number;
  /** Default: 4 retries within 60 s. */
  readonly retry?: Partial<RetryLimits>;
  readonly onRetry?: (retry: Retry) => void;
  /** Sent with each request, such as `User-Agent`. */
  readonly headers?: Readonly<Record<string, string>>;
};

export type TandemClient = {
  readonly url: string;
  readonly get: Method<'get'>;
  readonly post: Method<'post'>;
  readonly put: Method<'put'>;
  readonly patch: Method<'patch'>;
  readonly delete: Method<'delete'>;
  /** The same requests, for callers that need the response: its headers, or its body as a stream. Rejects as the methods do. */
  readonly api: Client<paths, Json>;
  /** Instead of `timeoutMs`, as the option `fetch` of a request. */
  readonly fetchWithin: (timeoutMs: number) => Fetch;
};

const TIMEOUT_MS = 30_000;
const LIMITS: RetryLimits = { retries: 4, withinMs: 60_000 };

/** A client of Tandem's API, with the types of its OpenAPI document. Throws a TypeError if the URL is not one. */
export const createClient = (options: ClientOptions): TandemClient => {
  const url = baseUrl(options.url);
  const { timeoutMs = TIMEOUT_MS, headers = {} } = options;
  const fetchWithin = fetchOf(options);
  const api = createFetchClient<paths, Json>({
    ...{ baseUrl: url, headers, redirect: 'manual', fetch: fetchWithin(timeoutMs) },
    // as the document says of every list
    querySerializer: { array: { style: 'form', explode: false } },
  });
  api.use(keysAndErrors);
  const method = (name: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE') => async (path: string, init?: object) => {
    const send = api[name] as (path: string, init?: object) => Promise<{ readonly data?: unknown }>;
    return (await send(path, init)).data;
  };
  return {
    ...{ url, api, fetchWithin },
    get: method('GET') as Method<'get'>,
    post: method('POST') as Method<'post'>,
    put: method('PUT') as Method<'put'>,
    patch: method('PATCH') as Method<'patch'>,
    delete: method('DELETE') as Method<'delete'>,
  };
};

const baseUrl = (text: string): string => {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol) || url.search !== '' || url.hash !== '' || url.username !== '') {
    // a password in it is not repeated
    const found = text.includes('@') ? 'one with a user' : text;
    throw new TypeError(`The URL of Tandem must be like https://tandem.example.com, found ${found}.`);
  }
  return url.href.replace(/\/+$/, '');
};

const fetchOf = ({ fetch, credentials, insecure = false, retry, onRetry }: ClientOptions) => {
  const send: Fetch = fetch ?? ((request) => globalThis.fetch(request));
  const retrying = { limits: { ...LIMITS, ...retry }, onRetry };
  return (timeoutMs: number): Fetch =>
    retryingFetch(authenticatedFetch(timedFetch(send, timeoutMs), credentials, insecure), retrying);
};

const keysAndErrors: Middleware = {
  onRequest: ({ request, schemaPath }) => {
    const takesKey = IDEMPOTENT_REQUESTS.has(`${request.method} ${schemaPath}`);
    if (takesKey && !request.headers.has('idempotency-key'))
      request.headers.set('idempotency-key', crypto.randomUUID());
  },
  onResponse: async ({ response, options }) => {
    if (!response.ok || isForeign(response, options.parseAs)) throw await apiErrorOf(response);
  },
};

/** A login page of a proxy has status 200 too. Tandem never sends HTML to a client. */
const isForeign = ({ status, headers }: Response, parseAs: string | undefined): boolean => {
  const type = headers.get('content-type') ?? '';
  return (
    status !== 204 &&
    (/^text\/html\b/i.test(type) || (parseAs === 'json' && !/^application\/(\S+\+)?json\b/i.test(type)))
  );
};
