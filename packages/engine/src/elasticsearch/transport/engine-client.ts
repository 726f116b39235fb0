import {
  Client,
  type ClientOptions,
  errors,
  Serializer,
  Transport,
  type TransportResult,
} from '@elastic/elasticsearch';
import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import type { EngineSettings } from '../../connected-engine.ts';
import { asEngineFailure, type CallContext } from '../failures/failure.ts';
import { ReplyInvalid } from '../reply-fields.ts';
import { type Authorization, authorizationHeader } from './engine-url.ts';

export type EngineRequest = {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  /** Segments, not encoded; a list becomes one segment joined by commas. */
  readonly path: readonly (string | readonly string[])[];
  readonly query?: Readonly<Record<string, string | boolean>>;
  readonly body?: object;
  /** Statuses whose body is an answer, not an error. */
  readonly ignore?: number[];
};

export type Sending = {
  /** Aborts the request. The client's own request timeout would abort all requests that share the signal. */
  readonly signal: AbortSignal;
  readonly context: CallContext;
};

/** The connections to one address. */
export type EngineClient = {
  /** Rejects with a Failure. A read may be sent twice, a write never is. */
  send(request: EngineRequest, auth: Authorization, sending: Sending): Promise<unknown>;
  close(): Promise<void>;
};

export type ClientSettings = Pick<EngineSettings, 'caCertificate' | 'requestTimeoutMs' | 'maxSockets'>;

/** A body that does not parse stays a string: from status 400 on the status decides, otherwise the reader of the reply rejects it. */
class TextOnError extends Serializer {
  override deserialize<T>(json: string): T {
    try {
      return JSON.parse(json) as T;
    } catch {
      return json as T;
    }
  }
}

/**
 * Skips the client's product check, which would turn a successful write into an error: 7.17 replies to the abort of a running
 * snapshot without the header (seen on 7.17.29). `requireElasticsearch` checks it where it decides.
 */
class WithoutProductCheck extends Transport {
  constructor({ productCheck: _, ...options }: ConstructorParameters<typeof Transport>[0]) {
    super(options);
  }
}

const DEFAULT_SOCKETS = 16;
const MAX_ANSWER_BYTES = 64 * 1024 * 1024;

/** Plain JSON media types, because 7.17 and 8.19 refuse the ones that client 9 sends by default. No sniffing, no retries. */
const clientOptions = (url: string, settings: ClientSettings): ClientOptions => ({
  node: url,
  ...(settings.caCertificate === undefined ? {} : { tls: { ca: settings.caCertificate } }),
  headers: { accept: 'application/json', 'content-type': 'application/json' },
  maxRetries: 0,
  requestTimeout: settings.requestTimeoutMs,
  maxResponseSize: MAX_ANSWER_BYTES,
  maxCompressedResponseSize: MAX_ANSWER_BYTES,
  enableMetaHeader: false,
  Serializer: TextOnError,
  Transport: WithoutProductCheck,
  // The server may close a socket that idles longer than this while a write is in flight.
  agent: { connections: settings.maxSockets ?? DEFAULT_SOCKETS, keepAliveTimeout: 20_000, keepAliveMaxTimeout: 20_000 },
});

const segment = (part: string | readonly string[]): string =>
  (typeof part === 'string' ? [part] : part).map(encodeURIComponent).join(',');

const pathOf = (parts: EngineRequest['path']): string => `/${parts.map(segment).join('/')}`;

type Answer = Pick<TransportResult, 'statusCode' | 'headers'>;

/** A successful read must come from Elasticsearch; the reply to a write proves that by itself. */
const requireElasticsearch = (method: EngineRequest['method'], { statusCode = 0, headers = {} }: Answer): void => {
  if (method !== 'GET' || statusCode >= 300 || headers['x-elastic-product'] === 'Elasticsearch') return;
  throw new ReplyInvalid('the answer lacks the header x-elastic-product: Elasticsearch');
};

/** Throws a TypeError for a URL that does not parse. Connects with the first request. */
export const engineClient = (url: string, settings: ClientSettings): EngineClient => {
  const client = new Client(clientOptions(url, settings));
  return {
    async send({ method, path, query = {}, body, ignore = [] }, auth, { signal, context }) {
      const params = { method, path: pathOf(path), querystring: { ...query }, ...omitUndefined({ body }) };
      const options = { signal, ignore, meta: true as const, headers: authorizationHeader(auth) };
      const once = () => client.transport.request(params, options);
      // A read may use a socket that the server has just closed; a write is never sent twice.
      const isWorthAnother = (error: unknown) =>
        method === 'GET' && error instanceof errors.ConnectionError && !signal.aborted;
      try {
        const answer = await once().catch((error: unknown) => (isWorthAnother(error) ? once() : Promise.reject(error)));
        requireElasticsearch(method, answer);
        return answer.body;
      } catch (error) {
        throw asEngineFailure(error, context);
      }
    },
    close: () => client.close(),
  };
};
