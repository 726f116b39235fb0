import { foreignIndices, optimizeIndices } from '@tandem/local-stack/sample/catalogue.ts';
import { expect, it } from 'vitest';
import { useWorld } from './harness/world.ts';

const world = useWorld({ data: 'sample' });
const ID = 'nightly-2022.10.11';
const NAMES = [1, 2].map((part) => `camunda_optimize_${ID}_3.9.0_part_${part}_of_2`);
const PART_1 = ['import-index', 'timestamp-based-import-index', 'position-based-import-index'];

it('answers the two names at once, part 1 first, and comes to COMPLETED', async () => {
  const answer = await world.api.post(ID);

  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
  expect(answer.text).toBe(JSON.stringify({ scheduledSnapshots: NAMES }));
  await world.api.untilState(ID, 'COMPLETED');
  const state = await world.api.get(ID);
  expect(state.text).toBe('{"State":"COMPLETED","state":"COMPLETED"}');
});

it('leaves two whole snapshots with our metadata, part 2 begun after part 1 had ended', async () => {
  const [first, second, ...more] = await world.snapshots();

  expect(more).toEqual([]);
  expect([first?.snapshot, second?.snapshot]).toEqual(NAMES);
  const [operation] = await world.sql('select id from operation');
  const kept = await world.sql(
    "select encode(manifest_before, 'hex') as manifest, manifest_after from part order by number",
  );
  for (const [at, snapshot] of [first, second].entries()) {
    expect(snapshot).toMatchObject({ state: 'SUCCESS', include_global_state: false, failures: [] });
    expect(snapshot?.shards).toMatchObject({ failed: 0, successful: snapshot?.indices.length });
    expect(snapshot?.metadata).toEqual({
      tandem: {
        backupId: ID,
        operationId: operation?.id,
        part: at + 1,
        of: 2,
        optimizeVersion: '3.9.0',
        tandem: expect.stringMatching(/^\d+\.\d+\.\d+/),
        requestedAt: expect.stringMatching(/^20\d\d-.+Z$/),
        requestedBy: '127.0.0.1',
        indexPrefix: world.prefix,
        manifest: kept[at]?.manifest,
        mark: expect.stringMatching(/^([0-9a-f-]{36}.){2}\d+.[0-9a-f]{64}.20\d\d-.+$/),
      },
    });
  }
  expect(kept.map(({ manifest_after: after }) => after)).toEqual([expect.any(Buffer), expect.any(Buffer)]);
  expect(await world.sql('select digest from content')).not.toEqual([]);
  expect(second?.start_time_in_millis).toBeGreaterThanOrEqual(first?.end_time_in_millis ?? Number.NaN);
});

it('puts each index of Optimize into one part and none of another component into either', async () => {
  const [first, second] = await world.snapshotsOf(ID);
  const all = optimizeIndices(world.prefix);
  const named = (isPart1: boolean) =>
    all
      .filter(({ name }) => PART_1.includes(name) === isPart1)
      .map(({ index }) => index)
      .sort();

  expect([...(first?.indices ?? [])].sort()).toEqual(named(true));
  expect([...(second?.indices ?? [])].sort()).toEqual(named(false));
  const others = foreignIndices();
  expect(others.length).toBeGreaterThan(0);
  await Promise.all(others.map((index) => expect(world.engine.count(index)).resolves.toBeGreaterThan(0)));
});

it('restores to the same documents in every index', async () => {
  for (const name of NAMES) {
    await world.engine.call('POST', `_snapshot/${world.repository}/${name}/_restore?wait_for_completion=true`, {
      indices: `${world.prefix}-*`,
      include_global_state: false,
      include_aliases: false,
      rename_pattern: '^(.+)$',
      rename_replacement: 'restored-$1',
    });
  }
  const counts = await countsOf(`${world.prefix}-*`);
  const restored = await countsOf(`restored-${world.prefix}-*`);

  expect(Object.keys(counts)).toHaveLength(optimizeIndices(world.prefix).length);
  expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBeGreaterThan(200);
  expect(restored).toEqual(Object.fromEntries(Object.entries(counts).map(([name, n]) => [`restored-${name}`, n])));
});

it('remembers the backup, its parts, its operation and every step in PostgreSQL', async () => {
  const [first, second] = await world.snapshotsOf(ID);
  const backups = await world.sql('select * from backup');
  const parts = await world.sql(
    'select p.*, l.names from part p join index_list l on l.digest = p.index_list_digest order by number',
  );
  const operations = await world.sql('select * from operation');
  const anonymous = { kind: 'anonymous', address: '127.0.0.1' };

  expect(backups).toHaveLength(1);
  expect(backups[0]).toMatchObject({
    backup_id: ID,
    optimize_version: '3.9.0',
    profile: 'optimize',
    origin: 'requested',
    repository: world.repository,
    repository_uuid: expect.any(String),
    requested_by: anonymous,
    state: 'COMPLETED',
    finished_at: expect.any(Date),
    deleted_at: null,
    failure: null,
  });
  expect(parts).toHaveLength(2);
  for (const [at, snapshot] of [first, second].entries()) {
    expect(parts[at]).toMatchObject({
      number: at + 1,
      total: 2,
      snapshot_name: snapshot?.snapshot,
      state: 'SUCCESS',
      starts: 1,
      uuid: snapshot?.uuid,
      started_at: new Date(snapshot?.start_time_in_millis ?? 0),
      ended_at: new Date(snapshot?.end_time_in_millis ?? 0),
      shards_total: snapshot?.shards.total,
      shards_successful: snapshot?.shards.successful,
      shards_failed: 0,
      failures: [],
      engine_version: expect.stringMatching(/\d/),
      version_id: expect.any(Number),
    });
    expect(parts[at]?.names).toEqual(expect.arrayContaining([...(snapshot?.indices ?? [])]));
    expect(parts[at]?.names).toHaveLength(snapshot?.indices.length ?? 0);
  }
  expect(operations).toHaveLength(1);
  expect(operations[0]).toMatchObject({ kind: 'create', state: 'SUCCEEDED', actor: anonymous, failure: null });
});

it('tells the whole story in events: who, in which order, under one request and one operation', async () => {
  const events = await world.events(ID);
  const [operation] = await world.sql('select id, request_id from operation');
  const story = events.filter(({ kind }) => kind !== 'part.adopted');

  expect(story.map(({ kind, source }) => `${source}: ${kind}`)).toEqual([
    'api: backup.requested',
    'worker: part.starting',
    'worker: part.succeeded',
    'worker: part.starting',
    'worker: part.succeeded',
    'worker: backup.completed',
  ]);
  expect(events[0]?.actor).toEqual({ kind: 'anonymous', address: '127.0.0.1' });
  for (const event of events.slice(1)) expect(event.actor).toEqual({ kind: 'system', name: 'worker' });
  for (const event of events) {
    expect(event).toMatchObject({ operation_id: operation?.id, request_id: operation?.request_id });
  }
  expect(world.worker.output()).toContain(String(operation?.request_id));
});

it('takes the actor from the connection, never from a header', async () => {
  const named = { 'content-type': 'application/json', 'x-real-ip': '203.0.113.7', 'x-client-ip': '203.0.113.7' };
  const post = (headers: Record<string, string>) =>
    world.api.call('/actuator/backup', { method: 'POST', headers, body: '{"backupId":"123"}' });
  for (const proxied of [{ 'x-forwarded-for': '203.0.113.7' }, { forwarded: 'for=203.0.113.7' }]) {
    const refused = await post({ ...named, ...proxied });
    expect(refused).toMatchObject({ status: 403, json: { errorCode: 'forbidden' } });
    expect(refused.text).toMatch(/AUTH_MODE.*TRUST_PROXY/);
  }
  expect((await post(named)).status).toBe(200);
  await world.api.untilState('123', 'COMPLETED');
  expect((await world.events('123'))[0]?.actor).toEqual({ kind: 'anonymous', address: '127.0.0.1' });
  expect(JSON.stringify(await world.sql('select * from event'))).not.toContain('203.0.113.7');
});

const countsOf = async (pattern: string): Promise<Record<string, number>> => {
  await world.engine.call('POST', `${pattern}/_refresh`);
  const { indices } = await world.engine.call<{ indices: { name: string }[] }>('GET', `_resolve/index/${pattern}`);
  const counts = indices.map(async ({ name }) => [name, await world.engine.count(name)] as const);
  return Object.fromEntries(await Promise.all(counts));
};
