import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
// @ts-expect-error plain JavaScript: it runs before anything is installed
import { stackEnvironment } from './run/stack-environment.mjs';

const folder = mkdtempSync(join(tmpdir(), 'stack-environment-'));
afterAll(() => rmSync(folder, { recursive: true }));

const ENDED = 2 ** 22 + 1;
const stack = {
  ...{ apiUrl: 'http://api', databaseUrl: 'postgresql://app', databaseOwnerUrl: 'postgresql://owner' },
  ...{ redisUrl: 'redis://r', engineUrl: 'http://engine', repository: 'backups', pids: { start: process.pid } },
};
const fileOf = (content: object): string => {
  const file = join(folder, 'stack.json');
  writeFileSync(file, JSON.stringify(content));
  return file;
};

it('gives the addresses of the stack that runs', () => {
  expect(stackEnvironment({ PATH: '/bin' }, [], fileOf(stack))).toEqual({
    line: expect.stringContaining(`pid ${process.pid}`),
    env: {
      ...{ DATABASE_URL: 'postgresql://app', DATABASE_OWNER_URL: 'postgresql://owner', REDIS_URL: 'redis://r' },
      ...{ ELASTICSEARCH_URL: 'http://engine', CAMUNDA_OPTIMIZE_BACKUP_REPOSITORY_NAME: 'backups' },
    },
  });
});

it('gives the engine under the setting of its product', () => {
  const onOpenSearch = { ...stack, engineSetting: 'OPENSEARCH_URL' };
  const { env } = stackEnvironment({}, [], fileOf(onOpenSearch));
  expect(env).toMatchObject({ OPENSEARCH_URL: 'http://engine' });
  expect(env).not.toHaveProperty('ELASTICSEARCH_URL');
});

it.each<readonly [Record<string, string>, readonly string[]]>([
  [{ DATABASE_URL: 'postgresql://own' }, []],
  [{ REDIS_URL_FILE: '/run/secrets/redis' }, []],
  [{ TANDEM_CONFIG: 'tandem.yaml' }, []],
  [{}, ['--config', 'tandem.yaml']],
  [{}, ['--config=tandem.yaml']],
])('gives none of them where the caller gives an address: %j %j', (environment, args) => {
  expect(stackEnvironment(environment, args, fileOf(stack))).toEqual({});
});

it('takes a blank variable for none, and leaves a repository that is given', () => {
  const given = { DATABASE_URL: '', CAMUNDA_OPTIMIZE_BACKUP_REPOSITORY_NAME: 'other' };
  expect(stackEnvironment(given, [], fileOf(stack)).env).toMatchObject({
    ...{ DATABASE_URL: 'postgresql://app', CAMUNDA_OPTIMIZE_BACKUP_REPOSITORY_NAME: 'other' },
  });
});

it.each([
  ['no file', () => join(folder, 'none.json')],
  ['the file of one that was killed', () => fileOf({ ...stack, pids: { start: ENDED } })],
])('says that no stack runs: %s', (_, file) => {
  expect(stackEnvironment({}, [], file())).toEqual({ line: expect.stringContaining('runs no stack') });
});
