import { describe, expect, it } from 'vitest';
import { redisAddress, sparingly } from './redis-connection.ts';
import { redisWarnings } from './redis-warnings.ts';

describe('A Redis URL', () => {
  it.each([
    ['redis://localhost', { host: 'localhost', port: 6379, db: 0 }],
    [
      'redis://user:p%40ss@redis.example:6400/3',
      { host: 'redis.example', port: 6400, db: 3, username: 'user', password: 'p@ss' },
    ],
    ['redis://:secret@[::1]:6379', { host: '::1', port: 6379, db: 0, password: 'secret' }],
    ['rediss://localhost', { host: 'localhost', port: 6379, db: 0, tls: {} }],
  ])('%s', (url, address) => expect(redisAddress({ url })).toEqual(address));

  it('takes a certificate authority along', () => {
    expect(redisAddress({ url: 'rediss://localhost', caCertificate: 'PEM' }).tls).toEqual({ ca: 'PEM' });
  });

  it.each(['http://localhost', 'redis://localhost/one', 'nonsense'])('refuses %s', (url) =>
    expect(() => redisAddress({ url })).toThrow(TypeError),
  );
});

describe('Errors told sparingly', () => {
  it('repeats a text after five seconds, and tells every other', () => {
    const told: string[] = [];
    let clock = 0;
    const report = sparingly(
      (error) => told.push(`${clock} ${error.message}`),
      () => clock,
    );
    for (; clock <= 6_000; clock += 1_000) report(new Error('away'));
    report(new Error('full'));
    expect(told).toEqual(['0 away', '5000 away', '7000 full']);
  });
});

describe('What an operator is told about Redis', () => {
  const info = (policy: string, aof: string) => `# Memory\r\nmaxmemory_policy:${policy}\r\naof_enabled:${aof}\r\n`;

  it.each([
    ['all well', info('noeviction', '1'), '', []],
    ['snapshots only', info('noeviction', '0'), '3600 1', []],
    ['CONFIG is refused', info('noeviction', '0'), undefined, []],
    ['eviction', info('allkeys-lru', '1'), '', [/noeviction/]],
    ['no persistence', info('noeviction', '0'), '', [/appendonly yes/]],
    ['both', info('volatile-ttl', '0'), '', [/noeviction/, /appendonly yes/]],
    ['no such fields', '', '', []],
  ])('%s', (_, text, save, wanted) =>
    expect(redisWarnings({ info: text, save })).toEqual(wanted.map((part) => expect.stringMatching(part))),
  );
});
