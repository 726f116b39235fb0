import { createServer } from 'node:http';
import { createServer as createTcpServer, type Socket } from 'node:net';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { EngineSettings } from '../../connected-engine.ts';
import type { Engine } from '../../port.ts';
import {
  answering,
  closings,
  connect,
  errorBody,
  failureOf,
  forEachKind,
  LIMIT_MS,
  listen,
  newSnapshot,
} from './faults.fixture.ts';

/** Room for a noisy machine. */
const MARGIN_MS = 3_000;

const elapsed = async (work: () => Promise<unknown>): Promise<number> => {
  const start = performance.now();
  await work();
  return performance.now() - start;
};

forEachKind((_, product) => {
  describe('An engine that cannot be talked to', () => {
    it('is unreachable at once on a dead port', async () => {
      const server = createTcpServer();
      const url = await listen(server);
      await closings.pop()?.();
      const engine = connect({ url, requestTimeoutMs: 30_000 });
      const took = await elapsed(async () => expect((await failureOf(engine.info())).code).toBe('ENGINE_UNREACHABLE'));
      expect(took).toBeLessThan(MARGIN_MS);
    });

    it.each([
      ['never answers', (): void => undefined],
      [
        'answers a byte at a time',
        (socket: Socket) => {
          socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n');
          const timer = setInterval(() => socket.write(' '), 20);
          socket.on('close', () => clearInterval(timer));
          socket.on('error', () => socket.destroy());
        },
      ],
    ])('times out within the limit when it %s', async (_, behave) => {
      const engine = connect({ url: await listen(createTcpServer(behave)) });
      const took = await elapsed(async () => {
        const failure = await failureOf(engine.startSnapshot(newSnapshot));
        expect(failure).toMatchObject({ code: 'ENGINE_TIMEOUT', data: { call: 'startSnapshot' } });
      });
      expect(took).toBeGreaterThanOrEqual(LIMIT_MS - 50);
      expect(took).toBeLessThan(LIMIT_MS + MARGIN_MS);
    });

    it.each<[string, (engine: Engine) => Promise<unknown>, RegExp]>([
      ['a write', (engine) => engine.startSnapshot(newSnapshot), /whether the call took effect is not known/],
      ['a deletion', (engine) => engine.deleteIndices(['optimize-a']), /whether the call took effect is not known/],
      ['a read', (engine) => engine.findSnapshots('backups', ['a']), /did not answer in time; nothing was changed/],
      ['a measurement', (engine) => engine.capacity(), /did not answer in time; nothing was changed/],
    ])('says of %s that timed out what is known of its effect', async (_, call, words) => {
      const engine = connect({ url: await listen(createTcpServer(() => undefined)) });
      expect((await failureOf(call(engine))).message).toMatch(words);
    });

    it('keeps to one limit for a call that takes many requests', async () => {
      let answered = 0;
      const { engine, requests } = await answering((_, response) => {
        answered += 1;
        setTimeout(() => response.writeHead(200, product).end('{"snapshots":[]}'), answered <= 8 ? 0 : LIMIT_MS / 2);
      });
      const names = Array.from({ length: 1_000 }, (_, part) => `camunda_optimize_backup${part}_3.9.0_part_1_of_2`);
      expect((await failureOf(engine.findSnapshots('backups', names))).code).toBe('ENGINE_TIMEOUT');
      expect(requests.length).toBeGreaterThan(1);
    });

    it('rejects what is under way when it is closed', async () => {
      const engine = connect({ url: await listen(createTcpServer()), requestTimeoutMs: 30_000 });
      const underWay = failureOf(engine.info());
      await engine.close();
      expect((await underWay).code).toBe('ENGINE_UNREACHABLE');
    });

    it('sends a write once and retries a read once when the connection breaks', async () => {
      let connections = 0;
      const url = await listen(
        createTcpServer((socket) => {
          connections += 1;
          socket.on('data', () => socket.destroy());
          socket.on('error', () => socket.destroy());
        }),
      );
      const engine = connect({ url });
      expect((await failureOf(engine.startSnapshot(newSnapshot))).code).toBe('ENGINE_UNREACHABLE');
      expect(connections).toBe(1);
      expect((await failureOf(engine.listIndices('optimize'))).code).toBe('ENGINE_UNREACHABLE');
      expect(connections).toBe(3);
    });
  });

  describe('Requests', () => {
    it('stay short, whatever the number of names', async () => {
      const { engine, requests } = await answering(
        (_, response) => response.writeHead(200, product).end('{"snapshots":[]}'),
        {
          requestTimeoutMs: 20_000,
        },
      );
      const names = Array.from({ length: 300 }, (_, part) => `camunda_optimize_äöü${part}_3.9.0_part_1_of_2`);
      expect(await engine.findSnapshots('backups', names)).toEqual([]);
      expect(Math.max(...requests.map((request) => `${request} HTTP/1.1`.length))).toBeLessThan(4_096);
      expect(decodeURIComponent(requests.join()).match(/äöü/g)).toHaveLength(600);
    });

    it('go below the path of the URL', async () => {
      const { url, requests } = await answering((_, response) =>
        response.writeHead(200, product).end('{"indices":[]}'),
      );
      await connect({ url: `${url}/engine/` }).listIndices('optimize');
      expect(requests).toEqual([expect.stringMatching(/^GET \/engine\/_resolve\/index\/optimize-\*\?/)]);
    });
  });

  describe('Secrets', () => {
    const SECRET = 'canary+secret/word';
    const basic = `Basic ${Buffer.from(`elastic:${SECRET}`).toString('base64')}`;

    const seenAuthorization = async (settings: (url: string) => Partial<EngineSettings> & { url: string }) => {
      let seen: string | undefined;
      const server = createServer((request, response) => {
        seen = request.headers.authorization;
        // As a proxy might, it repeats what it was sent.
        const echo = `user ${seen} with ${SECRET} and ${encodeURIComponent(SECRET)} is not allowed`;
        response.writeHead(401, product).end(errorBody('security_exception', echo));
      });
      const failure = await failureOf(connect(settings(await listen(server))).info());
      return { seen, failure };
    };

    it.each<[string, string, (url: string) => Partial<EngineSettings> & { url: string }]>([
      ['user and password', basic, (url) => ({ url, username: 'elastic', password: SECRET })],
      [
        'user and password of the URL',
        basic,
        (url) => ({ url: url.replace('//', `//elastic:${encodeURIComponent(SECRET)}@`) }),
      ],
      ['an API key', `ApiKey ${SECRET}`, (url) => ({ url, apiKey: SECRET })],
    ])('%s are sent, and never shown', async (_, authorization, settings) => {
      const { seen, failure } = await seenAuthorization(settings);
      expect(seen).toBe(authorization);
      const shown = [
        inspect(failure, { depth: 20, showHidden: true }),
        JSON.stringify(failure),
        failure.message,
      ].join();
      expect(failure.code).toBe('ENGINE_FORBIDDEN');
      expect(shown).toContain('http://127.0.0.1');
      expect(shown).not.toMatch(/canary/);
      expect(shown).not.toContain(authorization);
    });

    it('are not shown when the engine cannot be reached either', async () => {
      const url = `http://elastic:${encodeURIComponent(SECRET)}@127.0.0.1:1/?token=canary`;
      const failure = await failureOf(connect({ url }).info());
      expect(`${inspect(failure, { depth: 20 })} ${JSON.stringify(failure)}`).not.toMatch(/canary/);
    });
  });
});
