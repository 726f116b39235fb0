import { describe, expect, it } from 'vitest';
import { prefixOf, redisAddress, sparingly } from './redis-connection.ts';
import { redisWarnings } from './redis-warnings.ts';

describe('A Redis address', () => {
  it('is refused where it cannot be read', () =>
    expect(() => redisAddress({ url: 'http://localhost' })).toThrow(/REDIS_URL: must be a URL that begins with/));

  it.each([
    ['redis://h', undefined, '{tandem}'],
    ['redis://h', 'mine', 'mine'],
    ['redis+sentinel://h/name', 'mine', 'mine'],
    ['redis+cluster://h', 'mine', '{mine}'],
    ['redis://h1,redis://h2', '{mine}', '{mine}'],
  ])('of %s with the prefix %s has keys below %s', (url, prefix, expected) =>
    expect(prefixOf({ url, prefix })).toBe(expected),
  );
});

describe('Errors reported sparingly', () => {
  it('repeats a text after five seconds, and reports every other', () => {
    const reported: string[] = [];
    let clock = 0;
    const report = sparingly(
      (error) => reported.push(`${clock} ${error.message}`),
      () => clock,
    );
    for (; clock <= 6_000; clock += 1_000) report(new Error('away'));
    report(new Error('full'));
    expect(reported).toEqual(['0 away', '5000 away', '7000 full']);
  });
});

describe('What an operator is warned of about Redis', () => {
  const info = (policy: string, aof: string) => `# Memory\r\nmaxmemory_policy:${policy}\r\naof_enabled:${aof}\r\n`;

  it.each([
    ['all well', info('noeviction', '1'), '', []],
    ['snapshots only', info('noeviction', '0'), '3600 1', []],
    ['CONFIG is refused', info('noeviction', '0'), undefined, []],
    ['eviction', info('allkeys-lru', '1'), '', [/noeviction/]],
    ['no persistence', info('noeviction', '0'), '', [/appendonly yes/]],
    ['both', info('volatile-ttl', '0'), '', [/noeviction/, /appendonly yes/]],
    ['no such fields', '', '', []],
  ])('%s', (_, text, save, expected) =>
    expect(redisWarnings({ info: text, save })).toEqual(expected.map((part) => expect.stringMatching(part))),
  );
});
