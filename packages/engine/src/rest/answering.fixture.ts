import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { connectElasticsearch } from '../elasticsearch/elasticsearch.ts';
import type { Engine } from '../port.ts';

/** The beginning of `METHOD /path` or of `/path`, then what is answered; only where `query` is as the request has it. */
export type Answer = readonly [
  beginning: string,
  status: number,
  body: object,
  query?: Readonly<Record<string, string | undefined>>,
];

export type SentRequest = {
  /** Decoded, as in `PUT /_snapshot/backups/one`. */
  readonly line: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body?: unknown;
};

export type AnsweringEngine = {
  readonly engine: Engine;
  /** The requests so far, in order. */
  readonly requests: readonly SentRequest[];
  readonly close: () => Promise<void>;
};

const read = async (request: IncomingMessage): Promise<SentRequest> => {
  const url = new URL(request.url ?? '', 'http://engine');
  const body = await text(request);
  return {
    line: `${request.method} ${decodeURIComponent(url.pathname)}`,
    query: Object.fromEntries(url.searchParams),
    ...(body !== '' && { body: JSON.parse(body) }),
  };
};

/** The adapter connected to a server that sends the first matching answer to each request. */
export const answeringEngine = async (
  answers: readonly Answer[],
  masterTimeoutMs = 3_000,
): Promise<AnsweringEngine> => {
  const requests: SentRequest[] = [];
  const server = createServer(async (request, response) => {
    const sent = await read(request);
    requests.push(sent);
    const unexpected: Answer = ['', 500, { error: { type: 'unexpected', reason: sent.line } }];
    const fits = ([beginning, , , query = {}]: Answer) =>
      (sent.line.startsWith(beginning) || sent.line.split(' ')[1]?.startsWith(beginning)) &&
      Object.entries(query).every(([name, value]) => sent.query[name] === value);
    const [, status, body] = answers.find(fits) ?? unexpected;
    response.writeHead(status, { 'content-type': 'application/json', 'x-elastic-product': 'Elasticsearch' });
    response.end(JSON.stringify(body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const engine = connectElasticsearch({ url, requestTimeoutMs: 3_000, masterTimeoutMs });
  const close = async () => {
    await engine.close();
    server.closeAllConnections();
    server.close();
  };
  return { engine, requests, close };
};
