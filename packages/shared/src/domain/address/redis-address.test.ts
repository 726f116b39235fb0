import { describe, expect, it } from 'vitest';
import { keyPrefix, readRedisUrl, redisPasswords } from './redis-address.ts';

const none = { username: undefined, password: undefined, primaryName: undefined, tls: false, database: 0 };
const one = (host: string, port: number) => ({ ...none, topology: 'standalone', nodes: [{ host, port }] });
const cluster = (...ports: readonly number[]) => ({
  ...none,
  topology: 'cluster',
  nodes: ports.map((port) => ({ host: `h${port}`, port })),
});
const sentinel = { ...none, topology: 'sentinel', primaryName: 'mymaster', nodes: [{ host: 'h', port: 26_379 }] };

describe('A Redis URL', () => {
  it.each<[string, object]>([
    ['redis://localhost', one('localhost', 6379)],
    [' redis://localhost/ ', one('localhost', 6379)],
    ['redis://localhost?db=2', { ...one('localhost', 6379), database: 2 }],
    [
      'redis://user:p%40ss@redis.example:6400/3',
      { ...one('redis.example', 6400), database: 3, username: 'user', password: 'p@ss' },
    ],
    ['redis://:secret@[::1]:6379', { ...one('::1', 6379), password: 'secret' }],
    ['rediss://localhost', { ...one('localhost', 6379), tls: true }],
    ['redis://h1:1,redis://h2:2', cluster(1, 2)],
    ['redis://u:p@h1:1,redis://h2:2,redis://h3:3', { ...cluster(1, 2, 3), username: 'u', password: 'p' }],
    ['rediss://:p@h1:1,rediss://:p@h2:2', { ...cluster(1, 2), tls: true, password: 'p' }],
    ['redis+cluster://h1:1', cluster(1)],
    ['rediss+cluster://u:p@h1:1,h2:2', { ...cluster(1, 2), tls: true, username: 'u', password: 'p' }],
    ['redis+sentinel://h/mymaster', sentinel],
    [
      'rediss+sentinel://u:p@h1:1,h2:2/mymaster?db=3',
      {
        ...{ ...sentinel, tls: true, username: 'u', password: 'p', database: 3 },
        nodes: [1, 2].map((port) => ({ host: `h${port}`, port })),
      },
    ],
  ])('%s', (url, address) => expect(readRedisUrl(url)).toEqual({ ok: true, address }));

  it.each([
    ['', 'begins with redis:// or rediss://'],
    ['nonsense', 'begins with redis:// or rediss://'],
    ['http://redis', 'begins with redis:// or rediss://'],
    ['redis+other://redis', 'begins with redis:// or rediss://'],
    ['redis://', 'must name a host'],
    ['redis://redis:port', 'found "redis:port"'],
    ['redis://redis:70000', 'between 1 and 65535, found "redis:70000"'],
    ['redis://redis/one', 'or the number of a database'],
    ['redis://h1,h2', 'redis+cluster://h1:6379,h2:6379'],
    ['redis://u:100%@redis', 'written "%25"'],
    ['redis://h1,rediss://h2', 'redis:// everywhere, or with rediss:// everywhere'],
    ['redis://h1/1,redis://h2/1', 'no numbered databases'],
    ['redis+cluster://h1/1', 'no numbered databases'],
    ['redis://:a@h1,redis://:b@h2', 'one user and password'],
    ['redis+cluster://h1,redis://h2', 'must be one URL'],
    ['redis+sentinel://h1:26379', 'must name the primary'],
    ['redis+sentinel://h1:26379/a/b', 'must name the primary'],
    ['redis+sentinel://h1:26379/name?db=x', 'number of a database as db'],
  ])('refuses %s', (url, problem) => {
    expect(readRedisUrl(url)).toEqual({ ok: false, problem: expect.stringContaining(problem) });
  });

  it.each(['/', '?', '#'])('is refused where a "%s" in the password is not encoded', (character) => {
    for (const scheme of ['redis', 'rediss', 'redis+cluster', 'redis+sentinel'])
      for (const login of [`user:canary${character}rest`, `user:1${character}canary`, `canary${character}x`]) {
        const read = readRedisUrl(`redis://h0,${scheme}://${login}@host:6379/0`);
        expect(read).toEqual({ ok: false, problem: expect.stringContaining('"/" is written "%2F"') });
        expect(JSON.stringify(read)).not.toContain('canary');
      }
  });

  it('is refused without showing a password', () => {
    for (const url of [
      'redis://u:canary@h:x',
      'redis://u:canary@h/x',
      'x://u:canary@h',
      'redis://:canary@h1,redis://:c@h2',
    ])
      expect(JSON.stringify(readRedisUrl(url))).not.toContain('canary');
  });
});

it.each([
  ['tandem', 'standalone', 'tandem'],
  ['tandem', 'sentinel', 'tandem'],
  ['tandem', 'cluster', '{tandem}'],
  ['{tandem}', 'cluster', '{tandem}'],
  ['a{b}c', 'cluster', 'a{b}c'],
  ['{}c', 'cluster', '{{}c}'],
] as const)('the prefix %s of a %s is %s', (prefix, topology, expected) =>
  expect(keyPrefix(prefix, topology)).toBe(expected),
);

it.each([
  ['redis://u:p%40ss@h', ['p%40ss', 'p@ss']],
  ['redis://h', ['', '']],
  ['redis://:a@h1,redis://:b@h2', ['a', 'a', 'b', 'b']],
  ['redis+sentinel://u:a:b@h1,h2/name', ['a:b', 'a:b']],
  ['redis://u:100%@h', ['100%']],
])('the passwords of %s', (url, passwords) => expect(redisPasswords(url)).toEqual(passwords));
