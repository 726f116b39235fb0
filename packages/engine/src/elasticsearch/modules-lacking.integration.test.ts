import { findJdks, missingJdk } from '@tandem/local-stack/engine/java.ts';
import { describe, expect, it } from 'vitest';
import { INDEX, useProxiedEngine } from '../proxied-engine.fixture.ts';
import { failureOf } from '../rest/failures/faults.fixture.ts';
import type { Decide, ProxyAnswer } from '../service-proxy.fixture.ts';
import { pathOf } from '../service-replies.fixture.ts';

/*
 * The engines of the tests are built without x-pack and without the modules for cloud storage. Here a real engine answers, and in front of it
 * what it lacks does, with the replies that Elastic's reference shows.
 */

const KEY = 'VnVhQ2ZHY0JDZGJrUW0tZTVhT3g6dWkybHA=';

/** With an API key, and `replies` by beginnings of `METHOD /path`, the first that fits. */
const service =
  (replies: Readonly<Record<string, ProxyAnswer>>): Decide =>
  (request) => {
    if (request.headers.authorization !== `ApiKey ${KEY}`) return { status: 401, body: {} };
    const line = `${request.method} ${pathOf(request)}`;
    return Object.entries(replies).find(([begin]) => line.startsWith(begin))?.[1];
  };

const headers = { 'x-elastic-product': 'Elasticsearch' };
const ok = (body: object): ProxyAnswer => ({ status: 200, headers, body });

const CLOUD_STORAGE = [
  ['s3', { bucket: 'my-bucket', client: 'default', base_path: 'optimize' }],
  ['gcs', { bucket: 'my-bucket', client: 'default', base_path: 'optimize' }],
  ['azure', { container: 'backup-container', client: 'default', base_path: 'backups', location_mode: 'primary_only' }],
  ['url', { url: 'https://example.com/repositories/my-backups/' }],
] as const;

const snapshotOf = (policy: string) => ({
  ...{ snapshot: 'daily-snap-2099.05.30', uuid: 'tRctdHeHRbGmiXSdTmLQpg', repository: 'backups', version_id: 8537000 },
  ...{ version: '8.19.21', indices: [INDEX], data_streams: [], include_global_state: true, metadata: { policy } },
  ...{ state: 'SUCCESS', start_time: '2099-05-30T01:30:00.000Z', start_time_in_millis: 4083859800000 },
  ...{ end_time: '2099-05-30T01:30:01.000Z', end_time_in_millis: 4083859801000, duration_in_millis: 1000 },
  ...{ failures: [], shards: { total: 1, failed: 0, successful: 1 }, feature_states: [] },
});

const missing = missingJdk(await findJdks(), 'elasticsearch@8');

describe.skipIf(missing !== undefined)('What the engines of the tests lack, as documented', () => {
  const elasticsearch = useProxiedEngine('elasticsearch@8');
  const behind = async (replies: Readonly<Record<string, ProxyAnswer>>) => {
    const proxy = await elasticsearch.proxy(service(replies));
    return { proxy, engine: elasticsearch.connect({ url: proxy.url, apiKey: KEY }) };
  };

  it.each(CLOUD_STORAGE)('a repository of the type %s is registered, read and verified', async (type, settings) => {
    const { engine, proxy } = await behind({
      'PUT /_snapshot/cloud': ok({ acknowledged: true }),
      'GET /_snapshot/cloud/': ok({ snapshots: [], total: 0, remaining: 0 }),
      'GET /_snapshot/cloud': ok({ cloud: { type, uuid: '0JLknrXbSUiVPuLakHjBrQ', settings } }),
      'GET /_snapshot': ok({ cloud: { type, uuid: '0JLknrXbSUiVPuLakHjBrQ', settings } }),
      'POST /_snapshot/cloud/_verify': ok({ nodes: { XlUmFRbJTSODfTbhwrRSmg: { name: 'instance-0000000000' } } }),
    });
    await engine.putRepository({ name: 'cloud', type, settings });
    const read = { name: 'cloud', type, uuid: '0JLknrXbSUiVPuLakHjBrQ' };
    expect(await engine.readRepository('cloud')).toMatchObject(read);
    expect(await engine.listRepositories()).toMatchObject([{ ...read, settings, secretSettings: [] }]);
    expect(await engine.verifyRepository('cloud')).toEqual([
      { id: 'XlUmFRbJTSODfTbhwrRSmg', name: 'instance-0000000000' },
    ]);
    expect(proxy.answered).toContain('PUT /_snapshot/cloud');
  });

  it('a bucket that the credentials do not open is a repository that cannot be used', async () => {
    const reason = '[cloud] path [optimize] is not accessible on master node';
    const cause = { type: 'i_o_exception', reason: 'Unable to upload object [optimize/tests-x/master.dat]' };
    const error = { type: 'repository_verification_exception', reason, caused_by: cause };
    const { engine } = await behind({
      'POST /_snapshot/cloud/_verify': {
        status: 500,
        body: { error: { root_cause: [error], ...error }, status: 500 },
      },
    });
    const failure = await failureOf(engine.verifyRepository('cloud'));
    expect(failure.code).toBe('REPOSITORY_UNAVAILABLE');
    expect(failure.message).toContain('is not accessible on master node');
  });

  it('privileges: those that a user lacks are named', async () => {
    const cluster = {
      ...{ create_snapshot: true, 'cluster:admin/snapshot/create': true, 'cluster:admin/snapshot/restore': false },
    };
    const body = {
      ...{ username: 'tandem', has_all_requested: false, cluster },
      index: { [INDEX]: { manage: true, delete_index: false } },
      application: {},
    };
    const { engine } = await behind({ 'POST /_security/user/_has_privileges': ok(body) });
    const { lacking } = await engine.clusterConditions([INDEX]);
    expect(lacking).toEqual({ snapshot: ['restore'], manage: [], deleteIndex: [INDEX] });
  });

  it('index lifecycle policies are saved as they can be put back', async () => {
    const policy = { phases: { warm: { min_age: '10d', actions: { forcemerge: { max_num_segments: 1 } } } } };
    const template = { index_patterns: ['optimize-report*'], order: 0, mappings: {}, aliases: {} };
    const settings = { index: { lifecycle: { name: 'keep' } } };
    const { engine } = await behind({
      'GET /_ilm/policy': ok({
        keep: {
          ...{ version: 1, modified_date: 82392349, policy },
          in_use_by: { indices: [], data_streams: [], composable_templates: [] },
        },
      }),
      'GET /_template': ok({ reports: { ...template, settings } }),
    });
    const { lifecyclePolicies, legacyTemplates, unread = [] } = await engine.readTemplates('optimize', [INDEX]);
    expect(unread).toEqual([]);
    expect(legacyTemplates).toMatchObject({ reports: { index_patterns: ['optimize-report*'] } });
    expect(lifecyclePolicies).toEqual({ keep: { policy } });
  });

  it("a snapshot of a lifecycle policy is never taken for one of Tandem's", async () => {
    const { engine } = await behind({
      'GET /_snapshot/backups/daily-snap-2099.05.30': ok({
        ...{ snapshots: [snapshotOf('daily-snapshots')], total: 1, remaining: 0 },
      }),
    });
    const [snapshot] = await engine.findSnapshots('backups', ['daily-snap-2099.05.30']);
    expect(snapshot).toMatchObject({ name: 'daily-snap-2099.05.30', state: 'SUCCESS' });
    expect(snapshot?.owner).toBeUndefined();
  });
});
