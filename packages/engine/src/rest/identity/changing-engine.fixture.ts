import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { listen } from '../failures/faults.fixture.ts';

/** Documented answers to `GET /`; the nodes are of the same version. */
export type Product = {
  /** Of every answer; 200 by default. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly root: object;
  readonly node: object;
};

const ELASTIC = { 'x-elastic-product': 'Elasticsearch' };

export const elasticsearchOf = (version: string, flavor = 'default'): Product => ({
  headers: ELASTIC,
  root: { version: { number: version, build_flavor: flavor }, tagline: 'You Know, for Search' },
  node: { version, build_flavor: flavor, build_type: 'docker', index_version: 8_537_000 },
});

export const opensearchOf = (version: string): Product => ({
  root: { version: { distribution: 'opensearch', number: version } },
  node: { version, build_type: 'tar' },
});

/** What is replied to one question instead; `nothing`: the connection stays open. */
export type Instead = 'nothing' | { readonly status: number; readonly body?: object };

type Sent = { readonly line: string; readonly query: string; readonly body: string };

/** A server that answers as `product` does, which a test may replace while it runs, and keeps what it was sent. */
export const changingEngine = async (product: Product) => {
  const sent: Sent[] = [];
  const instead: Readonly<Record<string, Instead>> = {};
  const engine = { product, sent, url: '', hold: undefined as Promise<void> | undefined, instead };
  const answer = (line: string): object => {
    if (line === 'GET /') return engine.product.root;
    if (line.startsWith('GET /_nodes/')) return { nodes: { one: engine.product.node } };
    if (line.startsWith('GET /_cluster/state')) return { cluster_uuid: 'cluster' };
    if (line.startsWith('GET /_resolve')) return { indices: [] };
    return { accepted: true, acknowledged: true, snapshots: [] };
  };
  const server = createServer(async (request: IncomingMessage, response: ServerResponse) => {
    const { pathname, search } = new URL(request.url ?? '', 'http://engine');
    const line = `${request.method} ${pathname}`;
    sent.push({ line, query: search, body: await text(request) });
    if (line === 'GET /') await engine.hold;
    const other = engine.instead[line];
    if (other === 'nothing') return;
    const { status = 200, headers } = engine.product;
    response.writeHead(other?.status ?? status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(other === undefined ? answer(line) : (other.body ?? {})));
  });
  engine.url = await listen(server);
  return engine;
};

export const linesOf = (sent: readonly Sent[]): readonly string[] => sent.map(({ line }) => line);
export const QUESTIONS = ['GET /', 'GET /_nodes/_all/process'];
