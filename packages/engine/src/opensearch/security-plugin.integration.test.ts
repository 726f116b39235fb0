import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newAuthority } from '@tandem/local-stack/certificates.ts';
import { findJdks, missingJdk } from '@tandem/local-stack/engine/java.ts';
import { securedCall } from '@tandem/local-stack/engine/secured-call.ts';
import { type SecuredOpenSearch, startSecuredOpenSearch } from '@tandem/local-stack/engine/secured-opensearch.ts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ConnectedEngine, EngineSettings } from '../connected-engine.ts';
import { connectEngine } from '../registry.ts';
import { failureOf } from '../rest/failures/faults.fixture.ts';
import { owner, snapshotRound } from '../snapshot-round.fixture.ts';

const INDEX = 'optimize-report_v1';
const PASSWORD = 'Zq7-unrelated-Words';

/** As docs/security.md lists them. */
const NEEDED = {
  cluster: ['cluster:monitor/main', 'cluster:monitor/state', 'cluster:monitor/nodes/info', 'cluster:admin/snapshot/*'],
  repositories: ['cluster:admin/repository/get', 'cluster:admin/repository/verify'],
  indices: ['indices_all'],
};

const missing = missingJdk(await findJdks(), 'opensearch@2');

describe.skipIf(missing !== undefined)('OpenSearch with its security plugin', () => {
  const directory = mkdtempSync(join(tmpdir(), 'tandem-security-'));
  let engine: SecuredOpenSearch;
  const closings: (() => Promise<unknown>)[] = [];
  const asAdmin = (method: string, path: string, body?: object) => securedCall(engine.admin, method, path, body);

  /** A user with a role of its own. */
  const addUser = async (name: string, cluster: readonly string[], indices: readonly string[]) => {
    const api = '_plugins/_security/api';
    const index = { index_patterns: ['optimize-*', 'copy-*'], allowed_actions: indices };
    const index_permissions = indices.length === 0 ? [] : [index];
    await asAdmin('PUT', `${api}/internalusers/${name}`, { password: PASSWORD });
    await asAdmin('PUT', `${api}/roles/${name}`, { cluster_permissions: cluster, index_permissions });
    await asAdmin('PUT', `${api}/rolesmapping/${name}`, { users: [name] });
  };

  const connect = (settings: Partial<EngineSettings>): ConnectedEngine => {
    const connected = connectEngine({
      ...{ url: engine.url, caCertificate: engine.admin.authority, password: PASSWORD },
      ...{ requestTimeoutMs: 20_000, masterTimeoutMs: 10_000 },
      ...settings,
    });
    closings.push(() => connected.close());
    return connected;
  };

  beforeAll(async () => {
    engine = await startSecuredOpenSearch(directory);
    await asAdmin('PUT', INDEX, { settings: { number_of_shards: 1, number_of_replicas: 0 } });
    await asAdmin('PUT', `${INDEX}/_doc/1?refresh=true`, { title: 'a report' });
    await asAdmin('PUT', '_snapshot/backups', { type: 'fs', settings: { location: engine.repositoriesPath } });
    await addUser('tandem', [...NEEDED.cluster, ...NEEDED.repositories], NEEDED.indices);
    await addUser('reader', ['cluster_monitor', ...NEEDED.repositories], NEEDED.indices);
    await addUser('nothing', [], []);
  });
  afterEach(async () => {
    for (const close of closings.splice(0)) await close();
  });
  afterAll(async () => {
    await engine?.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  it('takes and restores a snapshot for a user with what is needed; what else it may not read is not known', async () => {
    const tandem = connect({ username: 'tandem' });
    expect((await tandem.info()).kind).toBe('opensearch');
    expect(await tandem.listIndices('optimize')).toMatchObject([{ name: INDEX, open: true }]);
    expect(await tandem.measureIndices([INDEX], 'operations-first')).toMatchObject([{ documents: 1 }]);
    expect(await tandem.verifyRepository('backups')).toHaveLength(1);
    await snapshotRound(tandem, [INDEX]);

    const { unread } = await tandem.readTemplates('optimize', [INDEX]);
    expect(unread?.map(({ kind }) => kind).sort()).toEqual(['componentTemplates', 'indexTemplates', 'legacyTemplates']);
    expect(unread?.[0]?.reason).toMatch(/^no permissions for \[/);
    expect((await tandem.clusterConditions([INDEX])).redIndices).toBeUndefined();
    expect(await tandem.capacity()).toMatchObject({ nodes: undefined });
    expect(await tandem.runningSnapshots()).toEqual([]);
  });

  it('refuses a wrong password, and the failure says what to check', async () => {
    const failure = await failureOf(connect({ username: 'tandem', password: 'wrong' }).info());
    expect(failure.code).toBe('ENGINE_FORBIDDEN');
    expect(failure.message).toMatch(/check user and password.*Unauthorized/);
  });

  it('refuses an API key, and the failure says that OpenSearch takes none', async () => {
    const failure = await failureOf(connect({ password: undefined, apiKey: 'canary' }).info());
    expect(failure.code).toBe('ENGINE_FORBIDDEN');
    expect(failure.message).toContain('OpenSearch takes no API key: unset ENGINE_API_KEY');
    expect(failure.message).not.toContain('canary');
  });

  it('is not trusted with an unknown authority', async () => {
    const { certificate: caCertificate } = await newAuthority();
    const failure = await failureOf(connect({ username: 'tandem', caCertificate }).info());
    expect(failure.code).toBe('ENGINE_UNREACHABLE');
    expect(failure.message).toMatch(/certificate is not trusted: name the file of its authority in ENGINE_CA_FILE/);
  });

  it('names the privilege that a user lacks for snapshots', async () => {
    const reader = connect({ username: 'reader' });
    const snapshot = { repository: 'backups', name: 'two', indices: [INDEX], owner };
    const failure = await failureOf(reader.startSnapshot(snapshot));
    expect(failure.code).toBe('ENGINE_FORBIDDEN');
    expect(failure.message).toMatch(/grant the privilege that the reason names.*\[cluster:admin\/snapshot\/create\]/);
    expect(await reader.runningSnapshots()).toBeUndefined();
  });

  it('names the privilege that a user without any right lacks first', async () => {
    const failure = await failureOf(connect({ username: 'nothing' }).info());
    expect(failure.code).toBe('ENGINE_FORBIDDEN');
    expect(failure.message).toMatch(/no permissions for \[cluster:monitor\//);
  });
});
