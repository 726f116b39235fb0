import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export type GateRequest = { readonly method: string; readonly path: string };
export type Match = (request: GateRequest) => boolean;

/** What becomes of a request that was held. */
type Fate =
  | { readonly do: 'forward' }
  /** The engine never gets it, the caller sees a broken connection. */
  | { readonly do: 'lose' }
  /** The engine gets it, and its answer is lost. */
  | { readonly do: 'lose the answer' }
  | { readonly do: 'answer'; readonly status: number; readonly body: unknown };

export type Held = {
  /** Resolves when the request is here and waits. */
  readonly arrived: Promise<GateRequest>;
  readonly decide: (fate: Fate) => void;
};

/**
 * An HTTP proxy before the engine that can hold the next request of a kind until the test has done what must happen right then, and
 * that can refuse connections.
 */
export type EngineGate = {
  readonly url: string;
  /** Every request so far, in order. */
  readonly seen: readonly GateRequest[];
  readonly hold: (match: Match) => Held;
  readonly shut: () => Promise<void>;
  readonly open: () => Promise<void>;
};

type Rule = { readonly match: Match; readonly arrive: (seen: GateRequest) => void; readonly fate: Promise<Fate> };

export const openEngineGate = async (engineUrl: string): Promise<EngineGate> => {
  const seen: GateRequest[] = [];
  const rules: Rule[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const asked = { method: incoming.method ?? '', path: incoming.url ?? '' };
    seen.push(asked);
    // all of it first: a caller that dies while it is held must not take its request along
    const body = await buffer(incoming);
    const at = rules.findIndex(({ match }) => match(asked));
    const [rule] = at === -1 ? [] : rules.splice(at, 1);
    rule?.arrive(asked);
    const fate: Fate = rule === undefined ? { do: 'forward' } : await rule.fate;
    if (fate.do === 'lose') return void incoming.socket.destroy();
    if (fate.do === 'answer') return answer(outgoing, fate.status, fate.body);
    forward(engineUrl, incoming, body, outgoing, fate.do === 'lose the answer');
  });
  server.keepAliveTimeout = 60_000;
  const listen = async (port: number): Promise<number> => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  };
  const port = await listen(0);
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    hold: (match) => {
      const arrived = Promise.withResolvers<GateRequest>();
      const fate = Promise.withResolvers<Fate>();
      rules.push({ match, arrive: arrived.resolve, fate: fate.promise });
      return { arrived: arrived.promise, decide: fate.resolve };
    },
    shut: async () => {
      if (!server.listening) return;
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
    open: async () => {
      if (!server.listening) await listen(port);
    },
  };
};

const answer = (outgoing: ServerResponse, status: number, body: unknown): void => {
  outgoing.writeHead(status, { 'content-type': 'application/json', 'x-elastic-product': 'Elasticsearch' });
  outgoing.end(JSON.stringify(body));
};

const forward = (
  engineUrl: string,
  { method, headers, url, socket }: IncomingMessage,
  body: Buffer,
  outgoing: ServerResponse,
  loseAnswer: boolean,
): void => {
  const upstream = request(new URL(url ?? '/', engineUrl), { method, headers, agent: false }, (reply) => {
    if (loseAnswer) return void reply.resume().on('end', () => socket.destroy());
    outgoing.writeHead(reply.statusCode ?? 502, reply.headers);
    reply.pipe(outgoing);
  });
  upstream.on('error', () => socket.destroy());
  upstream.end(body);
};

/** The create of a part. */
export const createOfPart =
  (backupId: string, part: number): Match =>
  ({ method, path }) =>
    method === 'PUT' && path.includes(`_${backupId}_`) && path.includes(`_part_${part}_of_`);

/** The look for the indices that there are now. */
export const indexListing: Match = ({ path }) => path.includes('/_resolve/index/');
