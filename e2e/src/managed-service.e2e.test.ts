import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ProxiedRequest, startServiceProxy } from '@tandem/engine/service-proxy.fixture.ts';
import { amazonReply, isOptionalCall, pathOf, roleReply } from '@tandem/engine/service-replies.fixture.ts';
import { localCertificate, newAuthority } from '@tandem/local-stack/certificates.ts';
import { findJdks, missingJdk } from '@tandem/local-stack/engine/java.ts';
import { beforeAll, describe, expect, it } from 'vitest';
import { ownFolder } from './faults/own-servers.ts';
import { indexNames, planRestore, rehearse, untilRestoreEnded } from './harness/requests/restores.ts';
import { backup, create, expectProblem, send } from './harness/requests/v1.ts';
import { useServer } from './harness/services/engine-server.ts';
import { useWorld } from './harness/world.ts';

const PASSWORD = 'Zq7-unrelated-Words';
const AUTHORIZATION = `Basic ${Buffer.from(`tandem:${PASSWORD}`).toString('base64')}`;
const STATISTICS = 'indices:monitor/stats';

const missing = missingJdk(await findJdks(), 'opensearch@2');

describe.skipIf(missing !== undefined)('A domain of Amazon OpenSearch Service that allows only what is needed', () => {
  const world = useWorld({ apps: false, engine: useServer('opensearch@2') });
  const answered = new Set<string>();
  let reply = (request: ProxiedRequest) => (isOptionalCall(request) ? amazonReply(pathOf(request)) : undefined);

  beforeAll(async () => {
    const authority = await newAuthority();
    const caFile = join(ownFolder(world), 'authority.pem');
    writeFileSync(caFile, authority.certificate);
    const proxy = await startServiceProxy(world.engineUrl, await localCertificate(authority), (request) => {
      if (request.headers.authorization !== AUTHORIZATION) return { status: 401, body: 'Unauthorized' };
      const instead = reply(request);
      if (instead !== undefined) answered.add(`${request.method} ${pathOf(request)}`);
      return instead;
    });
    world.onEnd(async () => proxy.close());
    const settings = {
      ...{ OPENSEARCH_URL: proxy.url, ENGINE_CA_FILE: caFile },
      ...{ ENGINE_USERNAME: 'tandem', ENGINE_PASSWORD: PASSWORD },
    };
    const [api, worker] = await Promise.all([world.startApi(settings), world.startWorker(settings)]);
    Object.assign(world, { api, worker });
  });

  const uuids = () =>
    world.engine.call('GET', `_cat/indices/${world.prefix}-*?h=index,uuid&s=index&format=json&expand_wildcards=all`);
  const target = { renamePattern: '(.+)', renameReplacement: 'copy-$1' };
  const inPlace = { backupId: 'managed', deleteExisting: true };

  const expectBlocked = async (right: string, remedy: string) => {
    const before = await uuids();
    const { blockers, deletes, planHash } = await planRestore(world.api, inPlace);
    expect(deletes).toHaveLength(6);
    expect(blockers).toEqual([
      {
        code: 'PRIVILEGE_MISSING',
        message: expect.any(String),
        found: [right],
        remedy: expect.stringContaining(remedy),
      },
    ]);
    const body = { ...inPlace, planHash, reason: 'drill', confirm: 'managed' };
    const refused = await send(world.api, 'POST', '/restores', body);
    expect(expectProblem(refused, 409, 'RESTORE_BLOCKED')).toContain(right);
    expect(await uuids()).toEqual(before);
  };

  it('takes a backup with manifests', async () => {
    await create(world.api, 'managed');
    await world.api.untilState('managed', 'COMPLETED');
    const { parts } = await backup(world.api, 'managed');
    expect(parts.map(({ state, hasManifest }) => [state, hasManifest])).toEqual([
      ['SUCCESS', true],
      ['SUCCESS', true],
    ]);
    expect([...answered]).toEqual(expect.arrayContaining(['GET /_index_template', 'GET /_template']));
  });

  it('plans a restore without blockers, whose warnings name all that is not known', async () => {
    const { blockers, restores, warnings } = await planRestore(world.api, { backupId: 'managed', target });
    expect([blockers, restores.length]).toEqual([[], 6]);
    const words = new Map(warnings.map(({ code, message }) => [code, message]));
    for (const unknown of ['how much room each data node has', 'how many shards may still be opened'])
      expect(words.get('CAPACITY_UNKNOWN')).toContain(unknown);
    for (const unknown of [
      'settings of the cluster',
      'indices are red',
      'owners of aliases',
      'snapshots are being made',
    ])
      expect(words.get('CONDITIONS_UNKNOWN')).toContain(unknown);
    for (const kind of ['component templates', 'index templates', 'legacy templates'])
      expect(words.get('TEMPLATES_UNKNOWN')).toContain(`${kind} of the cluster now (Your request: `);
    expect([...answered]).toEqual(
      expect.arrayContaining(['GET /_nodes/stats/fs', 'GET /_cluster/settings', 'GET /_snapshot/_status']),
    );
  });

  it('rehearses the restore', async () => {
    const ended = await untilRestoreEnded(world, await rehearse(world.api, 'managed'), 60_000);
    expect(ended).toMatchObject({ state: 'SUCCEEDED', failure: null, report: { differing: 0 } });
    expect(await backup(world.api, 'managed')).toMatchObject({ lastFullProof: { complete: true } });
    expect(await indexNames(world.engine, 'tandem-rehearsal-*')).toEqual([]);
  });

  it('blocks a restore that deletes, and names the right that it needs', async () => {
    await expectBlocked('cluster:admin/snapshot/status', 'cluster:admin/snapshot/status');
  });

  it('blocks a restore that deletes where statistics may not be read', async () => {
    reply = ({ url }) => (/\/_stats\/docs/.test(decodeURIComponent(url)) ? roleReply(STATISTICS) : undefined);
    await expectBlocked(STATISTICS, STATISTICS);
  });

  it('takes a backup there too, and its plan does not know how many documents it holds', async () => {
    await create(world.api, 'unmeasured');
    await world.api.untilState('unmeasured', 'COMPLETED');
    const known = await planRestore(world.api, { backupId: 'managed', target });
    const unknown = await planRestore(world.api, { backupId: 'unmeasured', target });
    expect([known.documents, unknown.documents]).toEqual([6, null]);
    expect(unknown.blockers).toEqual([]);
  });

  it('plans it without a blocker once everything is allowed', async () => {
    reply = () => undefined;
    const { blockers, warnings } = await planRestore(world.api, inPlace);
    expect(blockers).toEqual([]);
    expect(warnings.map(({ code }) => code).filter((code) => code.endsWith('_UNKNOWN'))).toEqual(['TEMPLATES_UNKNOWN']);
  });
});
