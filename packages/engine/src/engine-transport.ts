import { setTimeout as sleep } from 'node:timers/promises';
import {
  Client,
  type ClientOptions,
  errors,
  Serializer,
  Transport,
  type TransportResult,
} from '@elastic/elasticsearch';
import { deadlines, EndedEarly } from './deadline.ts';
import { asEngineFailure, type CallContext, type EngineCall, engineFailure } from './elasticsearch-failure.ts';
import { type EngineAddress, engineAddress, secretForms } from './engine-url.ts';
import { ReplyInvalid } from './reply-fields.ts';

export type ElasticsearchSettings = {
  /** http or https; a user and password in it are used where the settings have none. */
  readonly url: string;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  readonly apiKey?: string | undefined;
  /** PEM. Undefined: the certificates that Node trusts. */
  readonly caCertificate?: string | undefined;
  /** For a whole method, all its requests together. */
  readonly requestTimeoutMs: number;
  /** How long the engine may wait for its master; should be below `requestTimeoutMs`. */
  readonly masterTimeoutMs: number;
  readonly maxSockets?: number | undefined;
};

export type EngineRequest = {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  /** Segments, not encoded; a list becomes one segment joined by commas. */
  readonly path: readonly (string | readonly string[])[];
  readonly query?: Readonly<Record<string, string | boolean>>;
  readonly body?: object;
  /** Statuses whose body is an answer, not an error. */
  readonly ignore?: number[];
};

export type Send = (request: EngineRequest) => Promise<unknown>;

export type EngineTransport = {
  /** Runs one method of the port: one deadline for all it sends, every rejection a Failure. */
  run<T>(call: EngineCall, work: (send: Send) => Promise<T>): Promise<T>;
  contextOf(call: EngineCall): CallContext;
  close(): Promise<void>;
};

/** An answer that does not parse stays a text: with a status from 400 on the status decides, else the reader of the answer refuses it. */
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
 * Leaves out the client's product check, which makes an error of a write that took effect: 7.17 answers the abort of a running
 * snapshot without the header (seen on 7.17.29). `requireElasticsearch` checks it where it decides.
 */
class WithoutProductCheck extends Transport {
  constructor({ productCheck: _, ...options }: ConstructorParameters<typeof Transport>[0]) {
    super(options);
  }
}

const DEFAULT_SOCKETS = 16;
const CLOSE_MS = 1_000;
const MAX_ANSWER_BYTES = 64 * 1024 * 1024;

/** Plain JSON media types, because 7.17 and 8.19 refuse the ones that client 9 sends by itself (ENGINES.md). No sniffing, no retries. */
const clientOptions = (settings: ElasticsearchSettings, { url, auth }: EngineAddress): ClientOptions => ({
  node: url,
  ...(auth === undefined ? {} : { auth }),
  ...(settings.caCertificate === undefined ? {} : { tls: { ca: settings.caCertificate } }),
  headers: { accept: 'application/json', 'content-type': 'application/json' },
  maxRetries: 0,
  requestTimeout: settings.requestTimeoutMs,
  maxResponseSize: MAX_ANSWER_BYTES,
  maxCompressedResponseSize: MAX_ANSWER_BYTES,
  enableMetaHeader: false,
  Serializer: TextOnError,
  Transport: WithoutProductCheck,
  // A socket that idles longer than this may be closed at the other end while a write is on its way.
  agent: { connections: settings.maxSockets ?? DEFAULT_SOCKETS, keepAliveTimeout: 20_000, keepAliveMaxTimeout: 20_000 },
});

const segment = (part: string | readonly string[]): string =>
  (typeof part === 'string' ? [part] : part).map(encodeURIComponent).join(',');

const pathOf = (parts: EngineRequest['path']): string => `/${parts.map(segment).join('/')}`;

type Answer = Pick<TransportResult, 'statusCode' | 'headers'>;

/** A read that succeeded must come from Elasticsearch; a write is proven by what it answers. */
const requireElasticsearch = (method: EngineRequest['method'], { statusCode = 0, headers = {} }: Answer): void => {
  if (method !== 'GET' || statusCode >= 300 || headers['x-elastic-product'] === 'Elasticsearch') return;
  throw new ReplyInvalid('the answer lacks the header x-elastic-product: Elasticsearch');
};

const sendWith =
  (client: Client, signal: AbortSignal, context: CallContext): Send =>
  async ({ method, path, query = {}, body, ignore = [] }) => {
    const params = { method, path: pathOf(path), querystring: { ...query }, ...(body === undefined ? {} : { body }) };
    const once = () => client.transport.request(params, { signal, ignore, meta: true });
    // A read may meet a socket that the other end has just closed; a write is never sent twice.
    const isWorthAnother = (error: unknown) =>
      method === 'GET' && error instanceof errors.ConnectionError && !signal.aborted;
    try {
      const answer = await once().catch((error: unknown) => (isWorthAnother(error) ? once() : Promise.reject(error)));
      requireElasticsearch(method, answer);
      return answer.body;
    } catch (error) {
      throw asEngineFailure(error, context);
    }
  };

/** Throws a TypeError for a URL that does not parse. Connects with the first call. */
export const engineTransport = (settings: ElasticsearchSettings): EngineTransport => {
  const address = engineAddress(settings);
  const secrets = secretForms(address);
  const client = new Client(clientOptions(settings, address));
  const limits = deadlines();
  const contextOf = (call: EngineCall): CallContext => ({ call, url: address.url, secrets });

  const translated = (error: unknown, call: EngineCall) => {
    if (!(error instanceof EndedEarly)) return asEngineFailure(error, contextOf(call));
    return error.ended === 'deadline'
      ? engineFailure('ENGINE_TIMEOUT', contextOf(call), { reason: `no answer within ${settings.requestTimeoutMs} ms` })
      : engineFailure('ENGINE_UNREACHABLE', contextOf(call), { reason: 'Tandem has closed its connections' });
  };

  return {
    contextOf,
    async run(call, work) {
      try {
        return await limits.within(settings.requestTimeoutMs, (signal) =>
          work(sendWith(client, signal, contextOf(call))),
        );
      } catch (error) {
        throw translated(error, call);
      }
    },
    async close() {
      limits.closeAll();
      // it can wait for ever for a connection whose certificate was refused
      await Promise.race([client.close(), sleep(CLOSE_MS, undefined, { ref: false })]);
    },
  };
};
