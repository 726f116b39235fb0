import type { RedisAddress, RedisNode } from '@tandem/shared/domain/address/redis-address.ts';
import { Cluster, type Redis } from 'ioredis';
import { openForProducer, type RedisClient, type RedisSettings, redisAddress, tlsOf } from './redis-connection.ts';
import { redisGreeting } from './redis-greeting.ts';
import { readiness } from './redis-readiness.ts';
import { TimeLimitExceeded, withinMs } from './redis-time-limit.ts';
import { redisTrouble } from './redis-trouble.ts';
import { redisError } from './redis-words.ts';

/** Redis closed the connection before it had answered. */
const CUT_OFF = /EPIPE|ECONNRESET|Connection is closed/;
const GREETING_MS = 200;

export type RedisProducer = {
  readonly redis: RedisClient;
  /** Where errors outside a call go. */
  readonly report: (error: Error) => void;
  /**
   * Waits for Redis and for what `work` comes to, `commandTimeoutMs` together; rejects after that, never with a password. Work that waited in
   * vain for Redis is not sent when Redis comes back: the caller no longer counts on it.
   */
  readonly bounded: <T>(what: string, work: () => Promise<T>) => Promise<T>;
};

/** For callers that must not wait. Connects at once, and never rejects because Redis is away at start. */
export const openProducer = (settings: RedisSettings): RedisProducer => {
  const { report, over } = redisTrouble(settings);
  /** Why the connection is not there. */
  let refusal: Error | undefined;
  const redis = openForProducer(settings, (error) => {
    refusal = redisError(error);
    report(error);
  });
  const works = (): void => {
    refusal = undefined;
    over();
  };
  redis.on('ready', works);
  const currentNode = trackNode(redis, redisAddress(settings));
  const ready = readiness(redis);
  const greeting = async (): Promise<string | undefined> => {
    const node = currentNode();
    return node && redisGreeting({ node, ...tlsOf(settings) }, GREETING_MS);
  };
  const inWords = async (error: unknown): Promise<Error> => {
    if (!(error instanceof TimeLimitExceeded) || refusal === undefined) return redisError(error);
    const said = CUT_OFF.test(refusal.message) ? await greeting() : undefined;
    const reason = said === undefined ? refusal : redisError(new Error(said));
    return new TimeLimitExceeded(`${error.message}: ${reason.message}`);
  };
  return {
    redis,
    report,
    bounded: (what, work) =>
      withinMs(settings.commandTimeoutMs, `Redis, ${what}`, async (isLate) => {
        await ready();
        if (isLate()) throw new Error('too late');
        const result = await work();
        // nodes of a cluster fail one by one, and no `ready` follows
        works();
        return result;
      }).catch(async (error: unknown) => Promise.reject(await inWords(error))),
  };
};

/**
 * The node to query for its greeting. Certificates are for names: with TLS it is the host in the URL, or the one that a cluster announces. Behind
 * Sentinels only the IP address is known, and no node is queried.
 */
const trackNode = (client: RedisClient, { topology, nodes, tls }: RedisAddress): (() => RedisNode | undefined) => {
  if (topology === 'standalone') return () => nodes[0];
  let last = client instanceof Cluster ? nodes[0] : undefined;
  const note = (node: RedisNode): void => {
    last = node;
  };
  if (client instanceof Cluster) client.on('+node', (node: Redis) => node.on('connect', () => noteOptions(node, note)));
  else if (!tls) client.on('connect', () => noteSocket(client, note));
  return () => last;
};

const noteOptions = ({ options: { host, port } }: Redis, note: (node: RedisNode) => void): void => {
  if (host !== undefined && port !== undefined) note({ host, port });
};

const noteSocket = ({ stream }: Redis, note: (node: RedisNode) => void): void => {
  const { remoteAddress: host, remotePort: port } = stream as { remoteAddress?: string; remotePort?: number };
  if (host !== undefined && port !== undefined) note({ host, port });
};
