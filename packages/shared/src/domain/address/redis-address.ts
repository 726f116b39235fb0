import { addressesIn } from './address-list.ts';
import { isCutShort, LOGIN_ENCODING } from './login-encoding.ts';

/** How REDIS_URL names a Redis, a Redis Cluster, or the Sentinels that know where Redis is. */

export type RedisNode = { readonly host: string; readonly port: number };

export type RedisAddress = {
  readonly topology: 'standalone' | 'sentinel' | 'cluster';
  /** Of Redis; of a cluster some of its nodes; of Sentinel the Sentinels. */
  readonly nodes: readonly RedisNode[];
  readonly tls: boolean;
  readonly username: string | undefined;
  readonly password: string | undefined;
  readonly database: number;
  /** What the Sentinels call the primary. */
  readonly primaryName: string | undefined;
};

export type ReadRedisUrl =
  | { readonly ok: true; readonly address: RedisAddress }
  | { readonly ok: false; readonly problem: string };

const SCHEMES = 'redis:// or rediss://, redis+cluster:// or redis+sentinel://';
const PARTS =
  /^redis(?<tls>s?)(?:\+(?<kind>sentinel|cluster))?:\/\/(?:(?<login>[^/?#]*)@)?(?<hosts>[^@/?#]*)(?:\/(?<path>[^?#]*))?(?:\?(?<query>[^#]*))?$/i;
const HOST = /^(?<host>\[[0-9a-f:.]+\]|[^\s:[\]]+)(?::(?<port>\d+))?$/i;

const REDIS_PORT = 6379;
const SENTINEL_PORT = 26_379;

/** A problem reads after the name of the setting, and never holds user or password. */
class Problem extends Error {}

/**
 * `redis://user:password@host:6379/0`; several of them with commas between them, or `redis+cluster://user:password@h1:6379,h2:6379`, for a
 * cluster; `redis+sentinel://user:password@h1:26379,h2:26379/name?db=0`. With `rediss` in place of `redis`: by TLS.
 */
export const readRedisUrl = (text: string): ReadRedisUrl => {
  try {
    const [first, ...more] = addressesIn(text).map(readOne);
    if (first === undefined) throw new Problem(`must be a URL that begins with ${SCHEMES}`);
    return { ok: true, address: more.length === 0 ? first : oneCluster([first, ...more]) };
  } catch (error) {
    if (error instanceof Problem) return { ok: false, problem: error.message };
    throw error;
  }
};

const readOne = (text: string): RedisAddress => {
  // first: the words of what follows quote the host, which would be a part of the password
  if (isCutShort(text)) throw new Problem(LOGIN_ENCODING);
  const parts = PARTS.exec(text)?.groups;
  if (parts === undefined) throw new Problem(`must be a URL that begins with ${SCHEMES}`);
  const { tls, kind, login, hosts = '', path = '', query = '' } = parts;
  const topology = kind === undefined ? 'standalone' : (kind.toLowerCase() as 'sentinel' | 'cluster');
  const nodes = readHosts(hosts, topology);
  return {
    ...{ topology, nodes, tls: tls !== '', ...readLogin(login) },
    database: readDatabase(topology, path, query),
    primaryName: topology === 'sentinel' ? readName(path) : undefined,
  };
};

const readHosts = (text: string, topology: RedisAddress['topology']): readonly RedisNode[] => {
  const hosts = text.split(',');
  if (topology === 'standalone' && hosts.length > 1)
    throw new Problem('must name one host; a cluster is written redis+cluster://h1:6379,h2:6379');
  return hosts.map((host) => readHost(host, topology === 'sentinel' ? SENTINEL_PORT : REDIS_PORT));
};

const readHost = (text: string, usualPort: number): RedisNode => {
  const { host, port = usualPort } = HOST.exec(text)?.groups ?? {};
  if (host === undefined) throw new Problem(`must name a host and a port such as redis:6379, found "${text}"`);
  if (Number(port) < 1 || Number(port) > 65_535)
    throw new Problem(`must have ports between 1 and 65535, found "${text}"`);
  return { host: host.replace(/^\[|\]$/g, ''), port: Number(port) };
};

const readLogin = (login: string | undefined): Pick<RedisAddress, 'username' | 'password'> => {
  const [, user = '', password] = /^([^:]*)(?::(.*))?$/s.exec(login ?? '') ?? [];
  return { username: decoded(user) || undefined, password: decoded(password ?? '') || undefined };
};

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new Problem('must have user and password percent-encoded: a "%" in them is written "%25"');
  }
};

const readDatabase = (topology: RedisAddress['topology'], path: string, query: string): number => {
  const database = (topology === 'standalone' ? path : '') || /(?:^|&)db=([^&]*)/.exec(query)?.[1] || '0';
  if (topology === 'cluster' && path + query !== '')
    throw new Problem('must end after the hosts: a cluster has no numbered databases');
  if (/^\d{1,9}$/.test(database)) return Number(database);
  if (topology === 'sentinel')
    throw new Problem('must have the number of a database as db: redis+sentinel://h1:26379/name?db=0');
  throw new Problem('must have no path, or the number of a database: redis://host:6379/0');
};

const readName = (path: string): string => {
  const name = decoded(path);
  if (name === '' || name.includes('/'))
    throw new Problem(
      "must name the primary after the hosts, as the Sentinels' configuration does: redis+sentinel://h1:26379/name",
    );
  return name;
};

/** User and password may be given once. */
const oneCluster = (all: readonly [RedisAddress, ...RedisAddress[]]): RedisAddress => {
  const [first] = all;
  if (all.some(({ topology }) => topology !== 'standalone'))
    throw new Problem('must be one URL, or several that begin with redis:// or rediss:// for a cluster');
  if (all.some(({ tls }) => tls !== first.tls))
    throw new Problem(
      'must begin with redis:// everywhere, or with rediss:// everywhere: the nodes of one cluster are reached in one way',
    );
  if (all.some(({ database }) => database !== 0))
    throw new Problem('must name no database: a cluster has no numbered databases');
  return {
    ...first,
    topology: 'cluster',
    nodes: all.flatMap(({ nodes }) => nodes),
    username: onlyOne(all.map(({ username }) => username)),
    password: onlyOne(all.map(({ password }) => password)),
  };
};

const onlyOne = (values: readonly (string | undefined)[]): string | undefined => {
  const given = [...new Set(values.filter((value) => value !== undefined))];
  if (given.length > 1)
    throw new Problem('must have one user and password: those of the URLs differ, and a cluster is used with one');
  return given[0];
};

/** Keys below it share a slot of a cluster where it has a part in braces. */
const HASH_TAG = /\{[^}]+\}/;

/** The prefix of all keys in Redis; of a cluster always with a hash tag, since scripts reach the keys of one slot only. */
export const keyPrefix = (prefix: string, topology: RedisAddress['topology']): string =>
  topology !== 'cluster' || HASH_TAG.test(prefix) ? prefix : `{${prefix}}`;

/** Every password in a Redis URL, as written and decoded, for whoever must hide them. */
export const redisPasswords = (text: string): readonly string[] =>
  addressesIn(text).flatMap((url) => {
    const written = /^[^:]+:\/\/[^/?#:]*:([^/?#]*)@/.exec(url)?.[1] ?? '';
    try {
      return [written, decodeURIComponent(written)];
    } catch {
      return [written];
    }
  });
