import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { givenServices, withoutAddressFiles } from './settings.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'tandem-settings-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(directory, { recursive: true });
});

const inFile = (address: string): string => {
  const file = join(directory, 'address');
  writeFileSync(file, `${address}\n`);
  return file;
};

it('takes the address of a service from the file that its variable names', () => {
  vi.stubEnv('DATABASE_URL', '');
  vi.stubEnv('DATABASE_URL_FILE', inFile('postgresql://a:b@c/d'));
  vi.stubEnv('REDIS_URL', 'redis://r');
  expect(givenServices()).toMatchObject({ databaseUrl: 'postgresql://a:b@c/d', redisUrl: 'redis://r' });
});

it('takes the file away from what the apps inherit, which are given the value', () => {
  const files = {
    DATABASE_URL_FILE: 'a',
    DATABASE_OWNER_URL_FILE: 'b',
    REDIS_URL_FILE: 'c',
    ELASTICSEARCH_URL_FILE: 'd',
    OPENSEARCH_URL_FILE: 'g',
  };
  const others = { SEAL_KEY_FILE: 'e', ENGINE_CA_FILE: 'f', PORT: '1' };
  expect(withoutAddressFiles({ ...files, ...others })).toEqual(others);
});
