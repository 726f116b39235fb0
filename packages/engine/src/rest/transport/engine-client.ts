import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import { asEngineFailure, type CallContext, ErrorReply } from '../failures/failure.ts';
import { type Authorization, authorizationHeader } from './engine-url.ts';
import { type EngineRequest, type HttpClient, NotConnected, type Reply, type WireRequest } from './http-client.ts';

export type Sending = {
  readonly signal: AbortSignal;
  readonly context: CallContext;
};

/** The connections to one address. */
export type EngineClient = {
  /** Rejects with a Failure. A read may be sent twice, a write never is. */
  send(request: EngineRequest, auth: Authorization, sending: Sending): Promise<Reply>;
  close(): Promise<void>;
};

const segment = (part: string | readonly string[]): string =>
  (typeof part === 'string' ? [part] : part).map(encodeURIComponent).join(',');

const pathOf = (parts: EngineRequest['path']): string => `/${parts.map(segment).join('/')}`;

export const engineClient = (client: HttpClient): EngineClient => ({
  async send({ method, path, query, body, ignore = [] }, auth, { signal, context }) {
    const headers = { accept: 'application/json', ...authorizationHeader(auth) };
    const request: WireRequest = { method, path: pathOf(path), headers, signal, ...omitUndefined({ query, body }) };
    // A read may use a socket that the server has just closed; a write is never sent twice.
    const isWorthAnother = (error: unknown) => method === 'GET' && error instanceof NotConnected && !signal.aborted;
    try {
      const reply = await client
        .send(request)
        .catch((error: unknown) => (isWorthAnother(error) ? client.send(request) : Promise.reject(error)));
      if (reply.status >= 400 && !ignore.includes(reply.status)) throw new ErrorReply(reply);
      return reply;
    } catch (error) {
      throw asEngineFailure(error, context);
    }
  },
  close: () => client.close(),
});
