import { expect, it } from 'vitest';
import { unknownVariables } from './unknown-variables.ts';

const sentencesFor = (...names: readonly string[]) =>
  unknownVariables(Object.fromEntries(names.map((name) => [name, 'canary'])));

it.each([
  ['DATABASE_ULR', 'DATABASE_URL'],
  ['DATABSE_URL', 'DATABASE_URL'],
  ['DATABASE_PASSWORD', 'DATABASE_PREPARED_STATEMENTS', /DATABASE_/],
  ['REDIS_URI', 'REDIS_URL'],
  ['LOG_LEVLE', 'LOG_LEVEL'],
  ['log_level', 'LOG_LEVEL'],
  ['SHUTDOWN_TIMOUT', 'SHUTDOWN_TIMEOUT'],
  ['CAMUNDA_OPTIMIZE_BACKUP_REPOSITORYNAME', 'CAMUNDA_OPTIMIZE_BACKUP_REPOSITORY_NAME'],
  ['RETRY_CREATE_TRANSIENT_ATEMPTS', 'RETRY_CREATE_TRANSIENT_MAX_ATTEMPTS'],
  ['TANDEM_CONFG', 'TANDEM_CONFIG'],
  ['ENGINE_PASWORD_FILE', 'ENGINE_PASSWORD_FILE'],
])('names a setting that %s may be meant as', (name, nearest, pattern?: RegExp) => {
  const [sentence, ...others] = sentencesFor(name);
  expect(others).toEqual([]);
  expect(sentence).toMatch(`${name} is not a setting and is ignored. The nearest setting is `);
  expect(sentence).toMatch(pattern ?? `${nearest}.`);
  expect(sentence).not.toContain('canary');
});

it('says that a setting is not read from a file', () => {
  expect(sentencesFor('ENGINE_USERNAME_FILE')).toEqual([
    'ENGINE_USERNAME_FILE is not a setting: ENGINE_USERNAME is not read from a file.',
  ]);
});

it.each([
  ['settings', ['DATABASE_URL', 'DATABASE_URL_FILE', 'SEAL_KEY_FILE', 'HOST', 'TANDEM_CONFIG']],
  [
    'what every process has',
    ['PATH', 'HOME', 'HOSTNAME', 'NODE_ENV', 'NODE_OPTIONS', 'LC_ALL', 'RELEASE', 'npm_config_cache'],
  ],
  [
    'what Kubernetes sets for services',
    ['REDIS_SERVICE_HOST', 'REDIS_PORT', 'REDIS_PORT_6379_TCP', 'REDIS_PORT_6379_TCP_ADDR', 'TANDEM_SERVICE_PORT_HTTP'],
  ],
  ['those of Optimize', ['CAMUNDA_OPTIMIZE_ZEEBE_ENABLED', 'CAMUNDA_OPTIMIZE_ELASTICSEARCH_HOST']],
])('says nothing of %s', (_, names) => {
  expect(sentencesFor(...names)).toEqual([]);
});

it('ignores a blank variable', () => {
  expect(unknownVariables({ DATABASE_ULR: '' })).toEqual([]);
});
