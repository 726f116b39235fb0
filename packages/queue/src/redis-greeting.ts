import { connect } from 'node:net';
import { type ConnectionOptions, connect as connectTls } from 'node:tls';
import type { RedisNode } from '@tandem/shared/domain/redis-address.ts';

/**
 * What a Redis says by itself to somebody who connects, before it closes: "ERR max number of clients reached". The client library has written by then and
 * sees a broken pipe only. Or why no connection comes about: of a cluster's nodes the library does not tell that. Undefined: nothing within `limitMs`.
 */
export const redisGreeting = (
  { node: { host, port }, tls }: { readonly node: RedisNode; readonly tls?: ConnectionOptions | undefined },
  limitMs: number,
): Promise<string | undefined> =>
  new Promise((resolve) => {
    const socket = tls === undefined ? connect(port, host) : connectTls({ host, port, ...tls });
    const end = (said: string | undefined): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(said);
    };
    const timer = setTimeout(end, limitMs, undefined);
    socket.once('data', (data) => end(/^-(.*?)\r?$/m.exec(data.toString('utf8'))?.[1]));
    socket.once('error', ({ message }) => end(message));
    socket.once('end', () => end(undefined));
  });
