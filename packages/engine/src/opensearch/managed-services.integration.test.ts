import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { localCertificate, newAuthority } from '@tandem/local-stack/certificates.ts';
import { findJdks, missingJdk } from '@tandem/local-stack/engine/java.ts';
import { startEngine } from '@tandem/local-stack/engine/start-engine.ts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { realEngineFixture } from '../real-engine.fixture.ts';
import { connectEngine } from '../registry.ts';
import { type ProxyAnswer, startServiceProxy } from '../service-proxy.fixture.ts';

const INDEX = 'optimize-report_v1';
const owner = { backupId: 'b', operationId: 'o', part: 1, of: 2, optimizeVersion: '3.9.0', tandem: '0.1.0' };
const AUTHORIZATION = `Basic ${Buffer.from('tandem:secret').toString('base64')}`;

/** Every call that Tandem can do without, beginnings of `METHOD /path`. */
const OPTIONAL = [
  'GET /_ilm/policy',
  'GET /_index_template',
  'GET /_component_template',
  'GET /_template',
  'GET /_cluster/settings',
  'GET /_cluster/health',
  'POST /_cluster/allocation/explain',
  'GET /_nodes/stats',
  'GET /_cluster/state/metadata?',
  'GET /_cluster/state/routing_nodes',
  'GET /_snapshot/_status',
  'POST /_security/user/_has_privileges',
  `GET /${INDEX}/_stats/store`,
  `GET /_resolve/index/optimize-report*`,
];

/** What services reply to a call that they do not allow, as their documentation or the trackers of other clients show it. */
const SERVICES: readonly (readonly [string, (path: string) => ProxyAnswer])[] = [
  [
    'Amazon OpenSearch Service',
    (path) => ({ status: 401, body: { Message: `Your request: '${path}' is not allowed.` } }),
  ],
  [
    'Aiven for OpenSearch',
    () => ({
      status: 403,
      body: '<html><body><h1>403 Forbidden</h1>\nRequest forbidden by administrative rules.\n</body></html>\n',
    }),
  ],
  [
    'a role without the privilege',
    (path) => {
      const reason = `no permissions for [${path}] and User [name=tandem, backend_roles=[], requestedTenant=null]`;
      const error = { root_cause: [{ type: 'security_exception', reason }], type: 'security_exception', reason };
      return { status: 403, body: { error, status: 403 } };
    },
  ],
  [
    'Elastic Cloud serverless',
    (path) => {
      const reason = `Request for uri [${path}] with method [GET] exists but is not available when running in serverless mode`;
      return { status: 410, body: { error: { type: 'api_not_available_exception', reason }, status: 410 } };
    },
  ],
  ['a service that hides the call', () => ({ status: 404, body: { message: 'Not Found' } })],
  [
    'a service without the method',
    (path) => ({ status: 405, body: { error: `Incorrect HTTP method for uri [${path}]`, status: 405 } }),
  ],
  [
    'an engine without the handler',
    (path) => ({ status: 400, body: { error: `no handler found for uri [${path}] and method [GET]` } }),
  ],
];

const missing = missingJdk(await findJdks(), 'opensearch@2');

describe.skipIf(missing !== undefined)('A managed service that allows no call but those that are needed', () => {
  const directory = mkdtempSync(join(tmpdir(), 'tandem-managed-'));
  const closings: (() => unknown)[] = [];
  let opensearch: Awaited<ReturnType<typeof startEngine>>;

  beforeAll(async () => {
    opensearch = await startEngine({ directory, kind: 'opensearch@2', durable: false });
    const fixture = realEngineFixture(opensearch.url, opensearch.repositoriesPath);
    await fixture.createIndex(INDEX, 2);
    await fixture.createRepository('backups');
  });
  afterEach(async () => {
    for (const close of closings.splice(0).reverse()) await close();
  });
  afterAll(async () => {
    await opensearch?.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  const connect = async (reply: (path: string) => ProxyAnswer) => {
    const authority = await newAuthority();
    const proxy = await startServiceProxy(opensearch.url, await localCertificate(authority), (request) => {
      if (request.headers.authorization !== AUTHORIZATION) return { status: 401, body: 'Unauthorized' };
      const line = `${request.method} ${decodeURIComponent(request.url)}`;
      return OPTIONAL.some((call) => line.startsWith(call)) ? reply(request.url.split('?')[0] ?? '') : undefined;
    });
    const engine = connectEngine({
      ...{ url: proxy.url, caCertificate: authority.certificate, username: 'tandem', password: 'secret' },
      ...{ requestTimeoutMs: 20_000, masterTimeoutMs: 10_000 },
    });
    closings.push(
      () => proxy.close(),
      () => engine.close(),
    );
    return { engine, proxy, authority: authority.certificate };
  };

  it.each(SERVICES)('makes those checks "not known", and backups and restores work: %s', async (_, reply) => {
    const { engine, proxy } = await connect(reply);
    expect(await engine.capacity()).toEqual({ nodes: undefined, diskWatched: undefined, freeShards: undefined });
    const { settings, lacking, redIndices } = await engine.clusterConditions([INDEX]);
    expect({ settings, lacking, redIndices }).toEqual({
      settings: undefined,
      lacking: undefined,
      redIndices: undefined,
    });
    expect(await engine.storedCopies([INDEX])).toBeUndefined();
    expect(await engine.aliasOwners(['optimize-report'])).toBeUndefined();
    expect(await engine.runningSnapshots()).toBeUndefined();
    const { unread = [], ...templates } = await engine.readTemplates('optimize', [INDEX]);
    expect(Object.values(templates)).toEqual([{}, {}, {}, {}]);
    expect(unread.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['componentTemplates', 'indexTemplates', 'legacyTemplates']),
    );
    expect(unread.every(({ reason }) => reason !== '')).toBe(true);
    expect(new Set(proxy.answered).size).toBeGreaterThan(9);

    expect(await engine.listIndices('optimize')).toMatchObject([{ name: INDEX }]);
    expect(await engine.measureIndices([INDEX], 'operations-first')).toMatchObject([{ documents: 2 }]);
    await engine.startSnapshot({ repository: 'backups', name: 'one', indices: [INDEX], owner });
    await expect
      .poll(async () => (await engine.findSnapshots('backups', ['one']))[0]?.state, { timeout: 30_000 })
      .toBe('SUCCESS');
    const rename = { pattern: '(.+)', replacement: 'copy-$1' };
    await engine.startRestore({ repository: 'backups', snapshot: 'one', indices: [INDEX], rename, as: 'copy' });
    await expect
      .poll(async () => (await engine.indexRecoveries([`copy-${INDEX}`]))[0]?.shardsDone, { timeout: 30_000 })
      .toBe(1);
    await engine.deleteIndices([`copy-${INDEX}`]);
    await engine.deleteSnapshot('backups', 'one');
  });

  it('refuses a wrong password, which is a failure', async () => {
    const { proxy, authority: caCertificate } = await connect(() => ({ status: 500, body: {} }));
    const settings = { url: proxy.url, caCertificate, requestTimeoutMs: 5_000, masterTimeoutMs: 5_000 };
    const engine = connectEngine({ ...settings, username: 'tandem', password: 'wrong' });
    closings.push(() => engine.close());
    await expect(engine.capacity()).rejects.toMatchObject({ code: 'ENGINE_FORBIDDEN' });
  });
});
