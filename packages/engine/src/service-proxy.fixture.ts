import { once } from 'node:events';
import { request as sendTo } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export type ProxiedRequest = {
  readonly method: string;
  /** As it was sent, with its query. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
};

export type ProxyAnswer = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: object | string;
};

/** What is answered instead of the engine; undefined: the request is passed on. */
export type Decide = (request: ProxiedRequest) => ProxyAnswer | undefined;

export type ServiceProxy = {
  readonly url: string;
  /** `METHOD /path` of those that were answered instead of the engine. */
  readonly answered: readonly string[];
  close(): void;
};

/** A service with TLS in front of a real engine. What is passed on carries no credentials. */
export const startServiceProxy = async (
  engineUrl: string,
  { certificate: cert, key }: { readonly certificate: string; readonly key: string },
  decide: Decide,
): Promise<ServiceProxy> => {
  const answered: string[] = [];
  const server = createServer({ cert, key }, async (incoming, outgoing) => {
    const body = await buffer(incoming);
    const { method = '', url = '', headers } = incoming;
    const answer = decide({ method, url, headers, body });
    if (answer !== undefined) {
      answered.push(`${method} ${decodeURIComponent(url.split('?')[0] ?? '')}`);
      const isText = typeof answer.body === 'string';
      const type = isText ? 'text/html' : 'application/json';
      outgoing.writeHead(answer.status, { 'content-type': type, ...answer.headers });
      outgoing.end(isText ? answer.body : JSON.stringify(answer.body));
      return;
    }
    const { authorization: _, host: _host, ...rest } = headers;
    const forwarded = sendTo(`${engineUrl}${url}`, { method, headers: rest }, (reply) => {
      outgoing.writeHead(reply.statusCode ?? 502, reply.headers);
      reply.pipe(outgoing);
    });
    forwarded.once('error', () => outgoing.writeHead(502).end());
    forwarded.end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `https://localhost:${(server.address() as AddressInfo).port}`,
    answered,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};
