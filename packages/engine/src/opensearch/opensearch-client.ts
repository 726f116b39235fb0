import type { IncomingMessage } from 'node:http';
import { Client, type ClientOptions, Connection, errors, type Transport } from '@opensearch-project/opensearch';
import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import { ReplyInvalid } from '../rest/reply-fields.ts';
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

/** What a signer of requests replaces in the client. */
export type Signing = Pick<ClientOptions, 'Transport' | 'Connection'>;

/**
 * No retries, no sniffing, and no pings of an address that failed: the transport above decides about all of that. The client's own limit is
 * that of a complete call, so that the call's deadline comes first.
 */
const clientOptions = (url: string, settings: ClientSettings, signing: Signing | undefined): ClientOptions => ({
  node: url,
  ...(settings.caCertificate === undefined ? {} : { ssl: { ca: settings.caCertificate } }),
  maxRetries: 0,
  requestTimeout: settings.requestTimeoutMs,
  resurrectStrategy: 'none',
  agent: agentOptions(settings.maxSockets ?? DEFAULT_SOCKETS),
  ...signing,
  Connection: quiet(signing?.Connection ?? Connection),
});

/** `timeout` closes a socket that idles; the client's types do not list it. */
const agentOptions = (maxSockets: number) => ({
  ...{ keepAlive: true, maxSockets, maxFreeSockets: maxSockets },
  timeout: KEEP_ALIVE_MS,
});

/** The client writes an error that follows a reply to the console; reading the reply rejects with it anyway. */
const quiet = (Base: typeof Connection): typeof Connection =>
  class extends Base {
    override request(...[params, callback]: Parameters<Connection['request']>) {
      const request = super.request(params, (error, response) => {
        if (response !== null) request.removeAllListeners('error').on('error', () => undefined);
        callback(error, response);
      });
      return request;
    }
  };

const bodyOf = async (response: IncomingMessage): Promise<unknown> => {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of response) {
      size += (chunk as Buffer).length;
      if (size > MAX_ANSWER_BYTES) break;
      chunks.push(chunk as Buffer);
    }
  } catch (error) {
    throw new NotConnected(error instanceof Error ? error.message : String(error));
  }
  if (size > MAX_ANSWER_BYTES) throw new ReplyInvalid(`the answer is longer than ${MAX_ANSWER_BYTES} bytes`);
  return jsonOrText(Buffer.concat(chunks).toString());
};

/** What the client's error means, without the request and its headers, which it carries. */
const neutral = (error: unknown): unknown => {
  if (error instanceof errors.TimeoutError) return new TimedOut('no reply in time');
  const isConnection =
    error instanceof errors.ConnectionError ||
    error instanceof errors.NoLivingConnectionsError ||
    error instanceof errors.RequestAbortedError;
  return isConnection ? new NotConnected(error.message) : error;
};

/** The client resolves with the reply's stream, whatever its status. */
const send = async (transport: Transport, wire: WireRequest): Promise<Reply> => {
  const { method, path, query, body, headers, signal } = wire;
  const params = { method, path, querystring: { ...query }, ...omitUndefined({ body }) };
  const sent = transport.request(params, { asStream: true, headers: { ...headers } });
  let response: IncomingMessage | undefined;
  const abort = () => (response === undefined ? void sent.abort() : void response.destroy());
  signal.addEventListener('abort', abort, { once: true });
  try {
    const reply = await sent;
    response = reply.body as IncomingMessage;
    if (signal.aborted) response.destroy();
    return { status: reply.statusCode ?? 0, headers: reply.headers ?? {}, body: await bodyOf(response) };
  } finally {
    signal.removeEventListener('abort', abort);
  }
};

/** `@opensearch-project/opensearch` 3 for OpenSearch 2 and 3. It checks no product and sends plain JSON, so that it also asks engines of an
 * unknown kind what they are. `signing`: what signs the requests. */
export const opensearchClient = (url: string, settings: ClientSettings, signing?: Signing): HttpClient => {
  const client = new Client(clientOptions(url, settings, signing));
  return {
    async send(wire) {
      if (wire.signal.aborted) throw new NotConnected('the call has ended');
      return send(client.transport, wire).catch((error: unknown) => Promise.reject(neutral(error)));
    },
    close: () => client.close(),
  };
};
