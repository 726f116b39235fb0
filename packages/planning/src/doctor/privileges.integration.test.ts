import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ConnectedEngine } from '@tandem/engine/connected-engine.ts';
import { connectEngine } from '@tandem/engine/registry.ts';
import { findJdks, missingJdk } from '@tandem/local-stack/engine/java.ts';
import { securedCall } from '@tandem/local-stack/engine/secured-call.ts';
import { type SecuredOpenSearch, startSecuredOpenSearch } from '@tandem/local-stack/engine/secured-opensearch.ts';
import type { Finding } from '@tandem/shared/domain/doctor/finding.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runDoctor } from './run-doctor.ts';

const exposure = {
  host: '127.0.0.1',
  authMode: undefined,
  actuatorAuth: undefined,
  managementHost: undefined,
  certificate: undefined,
};

const PASSWORD = 'Zq7-unrelated-Words';
const API = '_plugins/_security/api';

type Role = {
  readonly cluster_permissions: readonly string[];
  readonly index_permissions: readonly { readonly index_patterns: readonly string[] }[];
};

/** As docs/security.md gives it. */
const roleOfTheDocs = (): Role => {
  const page = readFileSync(new URL('../../../../docs/security.md', import.meta.url), 'utf8');
  const [, body] = /_security\/api\/roles\/tandem .*? -d '(\{[\s\S]*?\n\})'/.exec(page) ?? [];
  return JSON.parse(body ?? '') as Role;
};

const missing = missingJdk(await findJdks(), 'opensearch@2');

describe.skipIf(missing !== undefined)('the doctor and the security plugin of OpenSearch', () => {
  const directory = mkdtempSync(join(tmpdir(), 'tandem-doctor-'));
  const opened: ConnectedEngine[] = [];
  let secured: SecuredOpenSearch;
  const asAdmin = (method: string, path: string, body?: object) => securedCall(secured.admin, method, path, body);

  const privilegesOf = async (name: string, role: Role): Promise<Finding | undefined> => {
    await asAdmin('PUT', `${API}/internalusers/${name}`, { password: PASSWORD });
    await asAdmin('PUT', `${API}/roles/${name}`, role);
    await asAdmin('PUT', `${API}/rolesmapping/${name}`, { users: [name] });
    const engine = connectEngine({
      ...{ url: secured.url, caCertificate: secured.admin.authority, username: name, password: PASSWORD },
      ...{ requestTimeoutMs: 20_000, masterTimeoutMs: 10_000 },
    });
    opened.push(engine);
    const { findings } = await runDoctor({
      ...{ settings: { problems: [], advice: [], exposure }, history: undefined, redis: undefined, engine },
      ...{ repository: 'backups', indexPrefix: 'optimize', optimizeVersion: '3.9.0', workerSeenWithinMs: 60_000 },
      ...{ tandemVersion: '0.1.0', newId: () => crypto.randomUUID(), now: () => new Date(), sleep },
      withoutSecrets: (text) => text,
    });
    return findings.find(({ check }) => check === 'engine-privileges');
  };

  beforeAll(async () => {
    secured = await startSecuredOpenSearch(directory);
    await asAdmin('PUT', 'optimize-report_v1', { settings: { number_of_shards: 1, number_of_replicas: 0 } });
    await asAdmin('PUT', '_snapshot/backups', { type: 'fs', settings: { location: secured.repositoriesPath } });
  });
  afterAll(async () => {
    await Promise.all(opened.map((engine) => engine.close()));
    await secured?.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  it('are satisfied with the role of docs/security.md, and nothing is left', async () => {
    const finding = await privilegesOf('tandem', roleOfTheDocs());
    expect(finding).toMatchObject({ result: 'ok', summary: expect.stringMatching(/^Tried: .* Not tried: /) });
    expect(JSON.stringify(await asAdmin('GET', '_snapshot/backups/_all'))).not.toContain('tandem-doctor');
    expect(JSON.stringify(await asAdmin('GET', '_resolve/index/*?expand_wildcards=all'))).not.toContain(
      'tandem-doctor',
    );
  });

  it('try the rights for snapshots where the role does not have the index', async () => {
    const role = roleOfTheDocs();
    const withoutIndex = {
      ...role,
      index_permissions: role.index_permissions.map((one) => ({ ...one, index_patterns: ['optimize-*'] })),
    };
    expect(await privilegesOf('older', withoutIndex)).toMatchObject({
      ...{ result: 'notKnown', evidence: { refused: ['create an index'], left: [] } },
    });
    const permissions = role.cluster_permissions.filter((one) => one !== 'cluster:admin/snapshot/*');
    const withoutDelete = [...permissions, 'cluster:admin/snapshot/get', 'cluster:admin/snapshot/create'];
    expect(await privilegesOf('keeper', { ...withoutIndex, cluster_permissions: withoutDelete })).toMatchObject({
      ...{ result: 'fail', evidence: { refused: ['create an index', 'delete a snapshot'], left: [] } },
    });
  });
});
