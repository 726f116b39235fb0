import { generate } from 'selfsigned';
import { describe, expect, it } from 'vitest';
import { newApiKey } from '../identity/new-api-key.ts';
import { readEngineCredentials, readSettings, SettingsError } from './read-settings.ts';

const { cert: AUTHORITY } = await generate([{ name: 'commonName', value: 'authority' }], {
  keyType: 'ec',
  algorithm: 'sha256',
});

const required = {
  DATABASE_URL: 'postgresql://tandem:secret-1@db/tandem',
  REDIS_URL: 'redis://:secret-2@redis:6379',
  ELASTICSEARCH_URL: 'https://engine:9200',
};

const read = (
  environment: Record<string, string | undefined>,
  files: Record<string, string> = {},
  args: string[] = [],
) =>
  readSettings({
    environment,
    arguments: args,
    readFile: (path) => {
      const text = files[path];
      if (text === undefined) throw Object.assign(new Error(`no ${path}`), { code: 'ENOENT' });
      return text;
    },
  });

const problems = (...parameters: Parameters<typeof read>): readonly string[] => {
  try {
    read(...parameters);
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
  return [];
};

describe('settings', () => {
  it('require only the three URLs, and have defaults for the rest', () => {
    expect(read(required).settings).toMatchObject({
      host: '127.0.0.1',
      port: 8092,
      indexPrefix: 'optimize',
      leaseMs: 3_000,
      repository: undefined,
    });
  });

  it('release what a killed worker held within 5 s of the next start, by default', () => {
    const { leaseMs, sweepIntervalMs } = read(required).settings;
    // the lease of the operation, or of the sweep, and a sweep after it
    expect(Math.max(leaseMs, 3 * sweepIntervalMs) + sweepIntervalMs).toBeLessThan(5_000);
  });

  it('come from the environment, which takes precedence over YAML', () => {
    const yaml = 'backup: { repositoryName: from-yaml }\nserver: { port: 9000 }\npolling: { intervalMin: 20ms }\n';
    const environment = {
      ...required,
      TANDEM_CONFIG: 'file.yaml',
      CAMUNDA_OPTIMIZE_BACKUP_REPOSITORY_NAME: 'from-environment',
    };
    expect(read(environment, { 'file.yaml': yaml }).settings).toMatchObject({
      repository: 'from-environment',
      port: 9000,
      pollIntervalMinMs: 20,
    });
  });

  it('come from the file that --config names, before TANDEM_CONFIG', () => {
    const files = { a: 'server: { port: 1 }', b: 'server: { port: 2 }' };
    expect(read({ ...required, TANDEM_CONFIG: 'a' }, files, ['--config', 'b']).settings.port).toBe(2);
  });

  it.each(['https://proxy/tandem', 'https://proxy/tandem/'])(
    'take a public address without its last slash: %s',
    (url) => {
      expect(read({ ...required, PUBLIC_URL: url }).settings.publicUrl).toBe('https://proxy/tandem');
    },
  );

  it('take a secret from a file, without its last line break', () => {
    const { DATABASE_URL: _, ...others } = required;
    const environment = { ...others, DATABASE_URL_FILE: '/run/secrets/database' };
    const { settings } = read(environment, { '/run/secrets/database': 'postgresql://a:b@c/d\n' });
    expect(settings.databaseUrl).toBe('postgresql://a:b@c/d');
  });

  it('read the credentials of the engine again from their file, and nothing else', () => {
    const files: Record<string, string> = { secret: 'old\n' };
    const again = () =>
      readEngineCredentials({
        environment: { ENGINE_USERNAME: 'tandem', ENGINE_PASSWORD_FILE: 'secret', PORT: 'no' },
        ...{ arguments: [], readFile: (path) => files[path] ?? '' },
      });
    expect(again()).toMatchObject({ engineUsername: 'tandem', enginePassword: 'old' });
    files.secret = 'new';
    expect(again()).toMatchObject({ enginePassword: 'new' });
  });

  it('read a certificate authority from its file, and refuse a file without one', () => {
    const cert = AUTHORITY;
    const withFile = (pem: string) =>
      read({ ...required, ENGINE_CA_FILE: 'ca.pem', ELASTICSEARCH_URL: 'https://e' }, { 'ca.pem': pem }).settings
        .engineCa;
    expect(withFile(cert)).toBe(cert.trim());
    expect(withFile(`${cert}\n${cert}`)).toContain('BEGIN CERTIFICATE');
    const broken = cert.replace(/\n[^-]/, '\nx');
    for (const wrong of ['', '-----BEGIN', 'DER', `${cert}\n${broken}`])
      expect(() => withFile(wrong)).toThrow('ENGINE_CA_FILE: the file contains no certificate (PEM');
  });

  it('read the first admin key from its file, and refuse a file without one, without showing what it holds', () => {
    const withFile = (text: string) =>
      read({ ...required, BOOTSTRAP_ADMIN_KEY_FILE: 'key' }, { key: text }).settings.bootstrapAdminKey;
    const { key, id } = newApiKey();
    expect(withFile(`${key}\n`)?.trim()).toBe(key);
    for (const wrong of ['', '\n', 'canary', id, `${key}canary`, key.slice(0, -1), `${key}\n${key}`, `Bearer ${key}`]) {
      expect(() => withFile(wrong), wrong).toThrow('BOOTSTRAP_ADMIN_KEY_FILE: the file contains no API key');
      expect(() => withFile(wrong), wrong).toThrow(/^(?!.*(canary|tdm_))/s);
    }
  });

  it.each([
    [{ PORT: '70000' }, 'PORT: must be at most 65535, found "70000"'],
    [{ PORT: 'http' }, 'PORT: must be a whole number, found "http"'],
    [
      { LEASE_DURATION: '10' },
      'LEASE_DURATION: must be a duration with a unit, such as 500ms, 5s, 2m, 1h or 1d, found "10"',
    ],
    [{ LEASE_DURATION: '1ms' }, 'LEASE_DURATION: must be between 1s and 10m, found "1ms"'],
    [{ DATABASE_QUERY_TIMEOUT: 'Infinity' }, 'DATABASE_QUERY_TIMEOUT: must be a duration with a unit'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL: must be one of trace'],
    [{ PUBLIC_URL: 'proxy/tandem' }, 'PUBLIC_URL: must be a URL that begins with http:// or https://'],
    [{ PUBLIC_URL: 'https://a/?b=c' }, 'PUBLIC_URL: must consist of scheme, host, port and path only'],
    [{ REDIS_URL: 'http://redis' }, 'REDIS_URL: must be a URL that begins with redis:// or rediss://'],
    [{ REDIS_URL: 'redis://redis/abc' }, 'REDIS_URL: must have no path, or the number of a database'],
    [{ REDIS_URL: 'redis+sentinel://h1:26379,h2:26379' }, 'REDIS_URL: must name the primary after the hosts'],
    [
      { REDIS_SENTINEL_PASSWORD: 'canary' },
      'REDIS_SENTINEL_PASSWORD is set: REDIS_URL must begin with redis+sentinel://',
    ],
    ...['pa#ss', 'pa/ss', 'pa?ss', '12/34', '12?34', '12#34'].map((password): [Record<string, string>, string] => [
      { DATABASE_URL: `postgresql://u:${password}@host/tandem` },
      'DATABASE_URL: must have user and password percent-encoded: "/" is written "%2F"',
    ]),
    [
      { ELASTICSEARCH_URL: 'http://a:9200,http://u:12/34@b' },
      'ELASTICSEARCH_URL: must have user and password percent-',
    ],
    [{ REDIS_URL: 'redis://u:canary/ss@host:6379' }, 'REDIS_URL: must have user and password percent-encoded: "/" is'],
    [{ DATABASE_URL: 'postgresql://u:p@host/tandem?schema=backup' }, 'DATABASE_URL: must not have "schema="'],
    [{ ELASTICSEARCH_URL: 'http://u:p%zz@engine' }, 'ELASTICSEARCH_URL: must have user and password percent-encoded'],
    [{ ELASTICSEARCH_URL: 'http://a,b:9200' }, 'ELASTICSEARCH_URL: must name the scheme of each address of the list'],
    [
      { ELASTICSEARCH_URL: 'http://a,ftp://b' },
      'ELASTICSEARCH_URL: must be a URL that begins with http:// or https://',
    ],
    [{ ELASTICSEARCH_URL: 'http://a:9200, http://u:p@a:9200/' }, 'ELASTICSEARCH_URL: must list each address once'],
    [{ ELASTICSEARCH_URL: 'http://a/es, http://a/es/' }, 'ELASTICSEARCH_URL: must list each address once'],
    ...['http://a:9200,', 'http://a,', ',http://a', 'http://a, ,http://b', 'http://a/es,'].map(
      (list): [Record<string, string>, string] => [
        { ELASTICSEARCH_URL: list },
        'ELASTICSEARCH_URL: must have an address before and after each comma',
      ],
    ),
    [
      { ENGINE_CA_FILE: 'ca.pem', ELASTICSEARCH_URL: 'https://a,http://b' },
      'ENGINE_CA_FILE is set: ELASTICSEARCH_URL must begin with https://',
    ],
    [{ REDIS_CA_FILE: 'ca.pem' }, 'REDIS_CA_FILE is set: REDIS_URL must begin with rediss://'],
    [
      { DATABASE_CA_FILE: 'ca.pem', DATABASE_URL: `${required.DATABASE_URL}?sslmode=disable` },
      'DATABASE_CA_FILE is set',
    ],
    [{ DATABASE_URL: undefined }, 'DATABASE_URL (YAML database.url): is required'],
    [
      { ELASTICSEARCH_URL: undefined },
      'ELASTICSEARCH_URL (YAML elasticsearch.url) or OPENSEARCH_URL (YAML opensearch.url): is required',
    ],
    [{ OPENSEARCH_URL: 'http://o:9200' }, 'ELASTICSEARCH_URL and OPENSEARCH_URL are both set'],
    [
      { ENGINE_AWS_REGION: 'eu-central-1', ENGINE_API_KEY: 'k' },
      'ENGINE_AWS_REGION and ENGINE_API_KEY are both set: requests are signed, or have a user; unset one of them',
    ],
    [
      { ENGINE_AWS_REGION: 'eu-central-1', ENGINE_USERNAME: 'u', ENGINE_PASSWORD: 'p' },
      'ENGINE_AWS_REGION and ENGINE_USERNAME are both set',
    ],
    [
      { ENGINE_AWS_REGION: 'eu-central-1', ELASTICSEARCH_URL: 'https://u:p@o:9200' },
      'ENGINE_AWS_REGION is set: the URL of the engine must not have a user',
    ],
    [
      { ENGINE_AWS_REGION: 'eu-central-1', ELASTICSEARCH_URL: 'http://o:9200' },
      'ENGINE_AWS_REGION is set: the URL of the engine must begin with https://',
    ],
    [{ ENGINE_AWS_REGION: 'Frankfurt' }, 'ENGINE_AWS_REGION: must be a region of AWS such as eu-central-1'],
    [
      { ENGINE_CA_FILE: 'ca.pem', ELASTICSEARCH_URL: undefined, OPENSEARCH_URL: 'http://o:9200' },
      'ENGINE_CA_FILE is set: OPENSEARCH_URL must begin with https://',
    ],
    [
      { ELASTICSEARCH_URL: undefined, OPENSEARCH_URL: 'ftp://o' },
      'OPENSEARCH_URL: must be a URL that begins with http:// or https://',
    ],
    [
      { PORT: '"8092"' },
      'PORT: must be a whole number, found "\\"8092\\"". The quotes are part of the value: write it without them',
    ],
    [{ REDIS_URL: "'redis://redis'" }, 'redis+sentinel://. The quotes are part of the value: write it without them'],
    [
      { WORKER_PORT: 'tcp://10.96.0.7:8093' },
      'WORKER_PORT: must be a whole number, found "tcp://10.96.0.7:8093". Kubernetes sets it for a Service called "worker": write enableServiceLinks: false into the pod\'s spec, or set WORKER_PORT yourself',
    ],
    [{ DATABASE_URL_FILE: 'ca.pem' }, 'DATABASE_URL and DATABASE_URL_FILE are both set: set only one of them'],
    [{ ENGINE_USERNAME: 'elastic' }, 'ENGINE_USERNAME and ENGINE_PASSWORD must be set together'],
    [{ ENGINE_CA_FILE: 'gone.pem' }, 'ENGINE_CA_FILE: the file cannot be read (ENOENT)'],
    [{ ENGINE_API_KEY_FILE: 'gone' }, 'ENGINE_API_KEY_FILE: the file cannot be read (ENOENT)'],
    [{ TANDEM_CONFIG: 'gone.yaml' }, 'configuration file gone.yaml: the file cannot be read (ENOENT)'],
    [{ CAMUNDA_OPTIMIZE_VERSION: '3_9' }, 'CAMUNDA_OPTIMIZE_VERSION: may contain only'],
    [
      { CAMUNDA_OPTIMIZE_BACKUP_REPOSITORY_NAME: 'a b' },
      'CAMUNDA_OPTIMIZE_BACKUP_REPOSITORY_NAME: must not contain spaces',
    ],
    [{ POLL_INTERVAL_MIN: '20s' }, 'POLL_INTERVAL_MIN must not be longer than POLL_INTERVAL_MAX'],
  ])('%j: %s', (wrong, problem) => {
    expect(problems({ ...required, ...wrong }, { 'ca.pem': AUTHORITY })).toEqual([expect.stringContaining(problem)]);
  });

  it('name every problem at once, with the variable or the YAML path', () => {
    const yaml = 'server: { port: no }\nworker: { leese: 3s }\n';
    const found = problems({ HOST: ' ', TANDEM_CONFIG: 'f' }, { f: yaml });
    expect(found).toHaveLength(6);
    expect(found).toEqual(
      expect.arrayContaining([
        expect.stringContaining('HOST: must not be blank'),
        expect.stringContaining('YAML server.port in f: must be a whole number'),
        expect.stringContaining('YAML worker.leese in f: is not a setting'),
        expect.stringContaining('REDIS_URL'),
      ]),
    );
  });

  it.each([
    ['a: [', 'configuration file f: is not YAML: '],
    ['- a', 'configuration file f: must be a YAML mapping'],
  ])('name the file that cannot be read as settings: %s', (yaml, problem) => {
    expect(problems({ ...required, TANDEM_CONFIG: 'f' }, { f: yaml })).toEqual([expect.stringContaining(problem)]);
  });

  it('name an unknown argument', () => {
    expect(problems(required, {}, ['--confg', 'f'])).toEqual([expect.stringMatching(/^arguments: .*--confg/)]);
  });

  it('never show the value of a secret', () => {
    const all = problems({ DATABASE_URL: 'canary-1', REDIS_URL: 'canary-2', ELASTICSEARCH_URL: 'canary-3' }).join('\n');
    expect(all).toContain('DATABASE_URL');
    expect(all).not.toContain('canary');
  });

  it('ignore the sections that Optimize has in the same file, with a warning', () => {
    const { warnings } = read({ ...required, TANDEM_CONFIG: 'f' }, { f: 'zeebe: { enabled: true }\nbackup: {}\n' });
    expect(warnings).toEqual([expect.stringContaining('"zeebe"')]);
  });

  it('warn about variables that look like settings, and about quotes that are part of a value', () => {
    const { settings, warnings } = read({
      ...required,
      LOG_LEVLE: 'debug',
      REDIS_PREFIX: '"{a}"',
      ENGINE_API_KEY: "'canary'",
    });
    expect(warnings).toEqual([
      expect.stringContaining('LOG_LEVLE is not a setting'),
      'REDIS_PREFIX begins and ends with a quote. The quotes are part of the value: write it without them.',
      'ENGINE_API_KEY begins and ends with a quote. The quotes are part of the value: write it without them.',
    ]);
    expect([settings.redisPrefix, warnings.join('')]).toEqual(['"{a}"', expect.not.stringContaining('canary')]);
  });

  it('suggest the intended name where a setting is missing', () => {
    const { DATABASE_URL, ...others } = required;
    expect(() => read({ ...others, DATABASE_ULR: DATABASE_URL })).toThrow(
      /DATABASE_URL .*is required(.|\n)*DATABASE_ULR is not a setting .* DATABASE_URL\./,
    );
  });

  it.each([{ PORT: '' }, { REDIS_PREFIX: '' }])('count a blank variable as not set: %j', (blank) => {
    expect(problems({ ...required, ...blank })).toEqual([]);
  });
});
