import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { newAuthority } from '../certificates.ts';
import { findJdks, missingJdk } from './java.ts';
import { securedCall } from './secured-call.ts';
import { type SecuredOpenSearch, startSecuredOpenSearch } from './secured-opensearch.ts';

let directory: string;
let engine: SecuredOpenSearch | undefined;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'tandem-secured-'));
});
afterEach(async () => {
  await engine?.stop();
  engine = undefined;
  rmSync(directory, { recursive: true, force: true });
});

it('OpenSearch with its security plugin accepts its users over TLS and nobody else', async ({ skip }) => {
  const missing = missingJdk(await findJdks(), 'opensearch@2');
  skip(missing !== undefined, missing);
  engine = await startSecuredOpenSearch(directory);
  const { admin } = engine;
  expect((await securedCall(admin, 'GET', '')).body).toMatchObject({ version: { distribution: 'opensearch' } });
  const wrong = await securedCall({ ...admin, password: 'wrong' }, 'GET', '', undefined, [401]);
  expect(wrong).toEqual({ status: 401, body: 'Unauthorized' });
  const { certificate: authority } = await newAuthority();
  await expect(securedCall({ ...admin, authority }, 'GET', '')).rejects.toThrow(/certificate/);

  const user = { ...admin, username: 'reader', password: 'Zq7-unrelated-Words' };
  await securedCall(admin, 'PUT', '_plugins/_security/api/internalusers/reader', { password: user.password });
  const refused = await securedCall(user, 'GET', '_snapshot', undefined, [403]);
  expect(JSON.stringify(refused.body)).toMatch(/no permissions for \[cluster:admin\/repository\/get\]/);
});
