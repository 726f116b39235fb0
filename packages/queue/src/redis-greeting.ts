import { connect } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { type RedisSettings, redisAddress } from './redis-connection.ts';

/**
 * What a Redis says by itself to somebody who connects, before it closes: "ERR max number of clients reached". The client library has written by then and
 * sees a broken pipe only. Undefined: nothing within `limitMs`.
 */
export const redisGreeting = (settings: RedisSettings, limitMs: number): Promise<string | undefined> =>
  new Promise((resolve) => {
    const { host, port, tls } = redisAddress(settings);
    const to = { host: host ?? '127.0.0.1', port: port ?? 6379 };
    const socket = tls === undefined ? connect(to) : connectTls({ ...to, ...tls });
    const end = (said: string | undefined): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(said);
    };
    const timer = setTimeout(end, limitMs, undefined);
    socket.once('data', (data) => end(/^-(.*?)\r?$/m.exec(data.toString('utf8'))?.[1]));
    socket.once('error', () => end(undefined));
    socket.once('end', () => end(undefined));
  });
