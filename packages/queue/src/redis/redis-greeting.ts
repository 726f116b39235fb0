import { connect } from 'node:net';
import { type ConnectionOptions, connect as connectTls } from 'node:tls';
import type { RedisNode } from '@tandem/shared/domain/address/redis-address.ts';

/**
 * What Redis sends to a new client before it closes the connection: "ERR max number of clients reached". The client library has written by then and
 * only sees a broken pipe. Or why no connection is made, which the library does not report for a cluster's nodes. Undefined: nothing within
 * `limitMs`.
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
