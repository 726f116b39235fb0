import { Writable } from 'node:stream';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { readSettings } from '../settings/read-settings.ts';
import { secretsOf, withoutSecrets } from '../settings/secrets.ts';

const { settings } = readSettings({
  arguments: [],
  environment: {
    DATABASE_URL: 'postgresql://tandem:canary%2Fone@db/tandem',
    REDIS_URL: 'rediss://:canary-two@redis:6379',
    ELASTICSEARCH_URL: 'https://user:canary-three@engine:9200',
    ENGINE_API_KEY: 'canary"four:VuaC',
  },
});

describe('secrets', () => {
  it('are the passwords in URLs, plain and encoded, and the secret settings', () => {
    expect(secretsOf(settings)).toEqual(
      expect.arrayContaining([
        'canary%2Fone',
        'canary/one',
        'canary-two',
        'canary-three',
        'canary"four:VuaC',
        'canary\\"four:VuaC',
      ]),
    );
  });

  it.each([
    'redis+sentinel://u:can%2Fary@h1:26379,h2:26379/name',
    'redis+cluster://:can%2Fary@h1,h2',
    'redis://h1,redis://:can%2Fary@h2',
  ])('are found in %s', (url) => {
    const found = secretsOf({ ...settings, redisUrl: url });
    expect(found).toEqual(expect.arrayContaining(['can%2Fary', 'can/ary']));
  });

  it('are removed from messages, errors and nested fields of a log line', () => {
    const lines: string[] = [];
    const sink = new Writable({ write: (chunk, _encoding, done) => done(void lines.push(String(chunk))) });
    const secrets = secretsOf(settings);
    const log = pino({ hooks: { streamWrite: (line) => withoutSecrets(line, secrets) } }, sink);
    log.error(
      { err: new Error('connect to canary-two failed'), deep: { url: settings.elasticsearchUrl } },
      'canary/one',
    );
    log.warn({ key: settings.engineApiKey }, 'said');
    expect(lines).toHaveLength(2);
    expect(lines.join('')).not.toContain('canary');
    expect(lines.join('')).toContain('***');
  });
});
