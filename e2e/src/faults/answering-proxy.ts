import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { GateRequest, Match } from '../harness/services/engine-gate.ts';

export type Reply = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
};

/** What stands between us and the engine, and answers in its place. */
export type AnsweringProxy = {
  readonly url: string;
  readonly seen: readonly (GateRequest & { readonly atMs: number })[];
  /** The next `times` requests of the kind; `tookEffect`: the engine gets them all the same. 'reset': the connection breaks. */
  readonly answer: (match: Match, times: number, reply: Reply | 'reset', tookEffect?: boolean) => void;
  readonly close: () => Promise<void>;
};

type Rule = { readonly match: Match; left: number; readonly reply: Reply | 'reset'; readonly tookEffect: boolean };

export const openAnsweringProxy = async (engineUrl: string): Promise<AnsweringProxy> => {
  const seen: (GateRequest & { atMs: number })[] = [];
  const rules: Rule[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const { method = '', url = '/', headers } = incoming;
    const asked = { method, path: url, atMs: performance.now() };
    const body = await buffer(incoming);
    seen.push(asked);
    const rule = rules.find(({ match, left }) => left > 0 && match(asked));
    if (rule !== undefined) rule.left -= 1;
    if (rule !== undefined && !rule.tookEffect) return void send(rule.reply);
    const upstream = request(new URL(url, engineUrl), { method, headers, agent: false }, (answer) => {
      if (rule !== undefined) return void answer.resume().on('end', () => send(rule.reply));
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    upstream.on('error', () => incoming.socket.destroy());
    upstream.end(body);

    function send(reply: Reply | 'reset') {
      if (reply === 'reset') return incoming.socket.resetAndDestroy();
      outgoing.writeHead(reply.status, reply.headers ?? {});
      return outgoing.end(reply.body);
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    answer: (match, times, reply, tookEffect = false) => void rules.push({ match, left: times, reply, tookEffect }),
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
};
