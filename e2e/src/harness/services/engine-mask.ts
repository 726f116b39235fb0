import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Api } from '../requests/api.ts';
import type { World } from '../world.ts';

/** What an engine that Tandem does not support answers, as its documentation shows it. */
export type UnsupportedProduct = {
  /** As Tandem names it. */
  readonly found: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly root: object;
  /** Undefined: it has no nodes to show. */
  readonly node: object | undefined;
};

const ELASTIC = { 'x-elastic-product': 'Elasticsearch' };
const tagline = 'You Know, for Search';

export const unsupportedProducts: readonly UnsupportedProduct[] = [
  {
    found: 'OpenSearch 1.3.20',
    root: {
      version: { distribution: 'opensearch', number: '1.3.20', build_type: 'tar', lucene_version: '8.10.1' },
      tagline: 'The OpenSearch Project: https://opensearch.org/',
    },
    node: { version: '1.3.20', build_type: 'tar' },
  },
  {
    found: 'Elasticsearch 6.8.23',
    root: { version: { number: '6.8.23', build_flavor: 'default', build_type: 'docker' }, tagline },
    node: { version: '6.8.23', build_flavor: 'default', build_type: 'docker' },
  },
  {
    found: 'Elasticsearch Serverless, which has no snapshot API',
    headers: ELASTIC,
    root: { version: { number: '9.4.0', build_flavor: 'serverless', build_type: 'docker' }, tagline },
    node: undefined,
  },
];

const notAvailable = {
  error: {
    type: 'api_not_available_exception',
    reason: 'Request for uri [/_nodes] with method [GET] exists but is not available when running in serverless mode',
  },
  status: 410,
};

/**
 * Before the world's engine: passes everything on, or stands in for a product (`away`: for none). What changes the engine is noted, and may be
 * held and lost on the way.
 */
export const openEngineMask = async (world: World) => {
  const held: IncomingMessage[] = [];
  let isHolding = false;
  const mask = {
    url: '',
    product: undefined as UnsupportedProduct | 'away' | undefined,
    /** Those that arrived while nothing was held. */
    writes: [] as string[],
    get held() {
      return held.length;
    },
    holdWrites: () => {
      isHolding = true;
    },
    loseWrites: () => {
      isHolding = false;
      for (const { socket } of held.splice(0)) socket.destroy();
    },
  };
  const server = createServer((incoming, outgoing) => {
    const { method = '', url = '/' } = incoming;
    const changes = method !== 'GET' && !url.includes('/_search') && !url.includes('_has_privileges');
    if (mask.product === 'away') return incoming.socket.destroy();
    if (changes && isHolding) return held.push(incoming);
    if (changes) mask.writes.push(`${method} ${url}`);
    return mask.product === undefined
      ? passOn(world.engineUrl, incoming, outgoing)
      : answer(mask.product, url, outgoing);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  world.onEnd(async () => {
    server.closeAllConnections();
    server.close();
  });
  mask.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return mask;
};

const passOn = (engineUrl: string, incoming: IncomingMessage, outgoing: ServerResponse): void => {
  const { method, headers, url } = incoming;
  const upstream = request(new URL(url ?? '/', engineUrl), { method, headers, agent: false }, (reply) => {
    outgoing.writeHead(reply.statusCode ?? 502, reply.headers);
    reply.pipe(outgoing);
  });
  upstream.on('error', () => outgoing.destroy());
  incoming.pipe(upstream);
};

const answer = ({ headers, root, node }: UnsupportedProduct, url: string, outgoing: ServerResponse): void => {
  const [path = ''] = url.split('?');
  const isNodes = path.startsWith('/_nodes');
  const status = isNodes && node === undefined ? 410 : 200;
  const body = path === '/' ? root : isNodes ? (node === undefined ? notAvailable : { nodes: { one: node } }) : {};
  outgoing.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
};

type Health = { readonly status: string; readonly reason?: string };

export const engineHealth = async (api: Api): Promise<Health | undefined> => {
  const { json } = await api.call('/actuator/health/readiness');
  return (json?.components as Record<string, Health> | undefined)?.engine;
};
