import {
  Client,
  type ClientOptions,
  errors,
  Serializer,
  Transport,
  type TransportRequestParams,
} from '@elastic/elasticsearch';
import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import {
  type ClientSettings,
  DEFAULT_SOCKETS,
  type HttpClient,
  jsonOrText,
  KEEP_ALIVE_MS,
  MAX_ANSWER_BYTES,
  NotConnected,
  type Reply,
  TimedOut,
  type WireRequest,
} from '../rest/transport/http-client.ts';

class TextOnError extends Serializer {
  override deserialize<T>(json: string): T {
    return jsonOrText(json) as T;
  }
}

/**
 * Skips the client's product check, which would turn a successful write into an error: 7.17 replies to the abort of a running
 * snapshot without the header (seen on 7.17.29). `whyForeign` of the variant checks it where it decides.
 */
class WithoutProductCheck extends Transport {
  constructor({ productCheck: _, ...options }: ConstructorParameters<typeof Transport>[0]) {
    super(options);
  }
}

const JSON_TYPES = { accept: 'application/json', 'content-type': 'application/json' };

/** Plain JSON media types, because 7.17 and 8.19 refuse the ones that client 9 sends by default. No sniffing, no retries. */
const clientOptions = (url: string, settings: ClientSettings): ClientOptions => ({
  node: url,
  ...(settings.caCertificate === undefined ? {} : { tls: { ca: settings.caCertificate } }),
  headers: JSON_TYPES,
  maxRetries: 0,
  requestTimeout: settings.requestTimeoutMs,
  maxResponseSize: MAX_ANSWER_BYTES,
  maxCompressedResponseSize: MAX_ANSWER_BYTES,
  enableMetaHeader: false,
  Serializer: TextOnError,
  Transport: WithoutProductCheck,
  agent: {
    connections: settings.maxSockets ?? DEFAULT_SOCKETS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    keepAliveMaxTimeout: KEEP_ALIVE_MS,
  },
});

const reasonOf = (error: Error): string => error.message;

/** What the client's error means, without the request and its headers, which it carries. */
const neutral = (error: unknown): unknown => {
  if (error instanceof errors.TimeoutError) return new TimedOut('no reply in time');
  const isConnection = error instanceof errors.ConnectionError || error instanceof errors.NoLivingConnectionsError;
  return isConnection ? new NotConnected(reasonOf(error)) : error;
};

const replyOf = (error: unknown): Reply => {
  if (!(error instanceof errors.ResponseError)) throw neutral(error);
  // the client's own getter prefers the status in the body
  return { status: error.meta.statusCode ?? 500, headers: error.headers ?? {}, body: error.body };
};

/** `@elastic/elasticsearch` 9 for Elasticsearch 7.17, 8 and 9. */
export const elasticsearchClient = (url: string, settings: ClientSettings): HttpClient => {
  const client = new Client(clientOptions(url, settings));
  const request = async ({ method, path, query, body, headers, signal }: WireRequest): Promise<Reply> => {
    const params: TransportRequestParams = { method, path, querystring: { ...query }, ...omitUndefined({ body }) };
    const reply = await client.transport.request(params, { signal, meta: true, headers: { ...headers } });
    return { status: reply.statusCode ?? 0, headers: reply.headers ?? {}, body: reply.body };
  };
  return {
    send: (wire) => request(wire).catch(replyOf),
    close: () => client.close(),
  };
};
