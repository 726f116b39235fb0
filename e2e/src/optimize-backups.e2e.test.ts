import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HttpAnswer } from './harness/requests/api.ts';
import { expectRefusal } from './harness/requests/expect-refusal.ts';
import { send } from './harness/requests/v1.ts';
import { type EngineGate, openEngineGate } from './harness/services/engine-gate.ts';
import { openTcpProxy, type TcpProxy } from './harness/services/tcp-proxy.ts';
import { useWorld } from './harness/world.ts';

/** Each row of the table of Optimize 3.10 and later in docs/rest.md, against the real processes. */
const world = useWorld();

type Call = readonly [method: string, path: string, body?: string];
const call = ([method, path, body]: Call, api = world.api): Promise<HttpAnswer> =>
  api.call(`/actuator${path}`, {
    method,
    ...(body === undefined ? {} : { body, headers: { 'content-type': 'application/json' } }),
  });
const post = (id: string | number) => call(['POST', '/backups', `{"backupId":${id}}`]);
const get = (id: string | number) => call(['GET', `/backups/${id}`]);
const remove = (id: string | number) => call(['DELETE', `/backups/${id}`]);
const list = async () => (await call(['GET', '/backups'])).json as unknown as { readonly backupId: number }[];
const listedIds = async () => (await list()).map(({ backupId }) => backupId);
const untilCompleted = (id: string | number) =>
  world.until(
    `${id} is COMPLETED`,
    () => get(id),
    ({ json }) => json?.state === 'COMPLETED',
  );
const namesOf = (id: string | number) => [1, 2].map((part) => `camunda_optimize_${id}_3.9.0_part_${part}_of_2`);

describe('a backup with a number as its id', () => {
  it('is absent from an empty list', async () => {
    const answer = await call(['GET', '/backups']);
    expect([answer.status, answer.text]).toEqual([200, '[]']);
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
  });

  it('is scheduled with 202 and a message', async () => {
    const { status, text } = await post(123);
    expect([status, text]).toEqual([
      202,
      '{"message":"Backup creation for ID 123 has been scheduled. Use the GET API to monitor completion of backup process"}',
    ]);
  });

  it('is IN_PROGRESS until it is COMPLETED, with its snapshots as the engine has them', async () => {
    await untilCompleted(123);
    const { json } = await get(123);
    const made = await world.snapshotsOf('123');
    expect(json).toEqual({
      ...{ backupId: 123, failureReason: null, state: 'COMPLETED' },
      details: made.map(({ snapshot, start_time_in_millis: start }) => ({
        ...{ snapshotName: snapshot, state: 'SUCCESS', failures: [] },
        startTime: new Date(start).toISOString().replace('Z', '+0000'),
      })),
    });
    expect(made.map(({ snapshot }) => snapshot)).toEqual(namesOf(123));
    expect(Object.keys(json ?? {})).toEqual(['backupId', 'failureReason', 'state', 'details']);
    expect(await list()).toEqual([json]);
  });

  it('is the same backup at the other endpoint, and the other way round', async () => {
    expect((await world.api.get('123')).text).toBe('{"State":"COMPLETED","state":"COMPLETED"}');
    for (const id of ['456', 'nightly', '0789']) {
      expect((await world.api.post(id)).status).toBe(200);
      await world.api.untilState(id, 'COMPLETED');
    }
    expect((await world.api.post(457)).json).toEqual({ scheduledSnapshots: namesOf(457) });
    await untilCompleted(457);
    expect((await get(456)).json).toMatchObject({ backupId: 456, state: 'COMPLETED', details: [{}, {}] });
    expect(await listedIds()).toEqual([457, 456, 123]);
  });

  it.each(['0', '-1', '1.5', '1e3', '007', '9007199254740993', 'null', 'true', '"x"', '[]'])(
    'cannot have the id %s',
    async (id) => {
      expectRefusal(await post(id), 400, 'badRequestError');
    },
  );

  it.each(['0', 'nightly', '0789', '9007199254740993'])('is not looked up or deleted under %s', async (id) => {
    expectRefusal(await get(id), 400, 'badRequestError');
    expectRefusal(await remove(id), 400, 'badRequestError');
  });

  it('is refused with 409 where its id is taken, with the names of the snapshots', async () => {
    const message = expectRefusal(await post(123), 409, 'conflict');
    for (const name of namesOf(123)) expect(message).toContain(name);
  });

  it('is not found with 404', async () => {
    expectRefusal(await get(12), 404, 'notFoundError');
  });

  it('does not reveal a stack or a page where the method or the body is wrong', async () => {
    expectRefusal(await call(['PUT', '/backups', '{}']), 405, 'badRequestError');
    const large = `{"backupId":1,"x":"${'x'.repeat(17_000)}"}`;
    expectRefusal(await call(['POST', '/backups', large]), 413, 'badRequestError');
    const text = { method: 'POST', headers: { 'content-type': 'text/plain' }, body: '{"backupId":1}' };
    expectRefusal(await world.api.call('/actuator/backups', text), 415, 'badRequestError');
    expect((await world.api.call('/actuator/backups/123', { method: 'HEAD' })).text).toBe('');
  });
});

describe('the deletion of a backup', () => {
  it('is answered with 204, followed to its end, and leaves the history', async () => {
    const { status, text, headers } = await remove(456);
    expect([status, text, headers.get('content-type')]).toEqual([204, '', null]);
    expectRefusal(await get(456), 404, 'notFoundError');
    expect(await listedIds()).toEqual([457, 123]);
    await world.until(
      'its snapshots are gone',
      () => world.snapshotsOf('456'),
      (left) => left.length === 0,
    );
    await world.untilEvent('456', 'backup.deleted');
    expectRefusal(await get(456), 404, 'notFoundError');
    expect((await send(world.api, 'GET', '/backups/456')).json).toMatchObject({ deletedAt: expect.any(String) });
    expect((await post(456)).status).toBe(202);
    await untilCompleted(456);
  });

  it('while it runs keeps the id taken, and POST says so', async () => {
    expect((await remove(457)).status).toBe(204);
    expect(expectRefusal(await post(457), 409, 'conflict')).toMatch(/is being deleted: wait until/);
    expect((await remove(457)).status).toBe(204);
    await world.untilEvent('457', 'backup.deleted');
  });

  it('is answered with 204 for an id that no backup has', async () => {
    expect((await remove(99)).status).toBe(204);
  });

  it('is refused with 409 where the backup is held', async () => {
    const hold = { hold: { reason: 'audit', until: null } };
    expect((await send(world.api, 'PATCH', '/backups/123', hold)).status).toBe(200);
    expect(expectRefusal(await remove(123), 409, 'conflict')).toContain('PATCH /api/v1/backups/123');
    expect((await send(world.api, 'PATCH', '/backups/123', { hold: null, reason: 'over' })).status).toBe(200);
  });

  const makeSet = async (id: number, indices: string) => {
    for (const name of namesOf(id)) {
      const body = { indices, include_global_state: false };
      await world.engine.call('PUT', `_snapshot/${world.repository}/${name}?wait_for_completion=true`, body);
    }
  };

  it('is refused with 409 where it is not certain that the Optimize of this installation made the set', async () => {
    const unknown = `${world.prefix}-brand-new_v1`;
    await world.engine.call('PUT', unknown);
    await makeSet(320, unknown);
    expect(expectRefusal(await remove(320), 409, 'conflict')).toContain('DELETE /api/v1/backups/320');
    const body = { reason: 'not needed', deleteDiscovered: true, confirm: '320' };
    expect((await send(world.api, 'DELETE', '/backups/320', body)).status).toBe(202);
    await world.untilEvent('320', 'backup.deleted');
    await world.engine.call('DELETE', unknown);
  });

  it('is left to the cron job below for a set that Optimize made', async () => {
    await makeSet(321, `${world.prefix}-*`);
    expect((await list())[0]).toMatchObject({ backupId: 321, state: 'COMPLETED', details: [{}, {}] });
    expect((await send(world.api, 'GET', '/backups/321')).json).toMatchObject({ origin: 'discovered' });
  });
});

describe('the cron job of the documentation', () => {
  it('takes a backup, waits for it and deletes all but the newest', async () => {
    const file = join(tmpdir(), `${world.name}-cron.sh`);
    await writeFile(file, SCRIPT);
    const run = promisify(execFile)('bash', [file], {
      env: { ...process.env, OPTIMIZE_MANAGEMENT_API: world.api.address, BACKUP_ID: '1748937221' },
      timeout: 60_000,
    });
    expect((await run).stdout).toMatch(/Backup creation for ID 1748937221 has been scheduled[\s\S]*complete\n$/);
    expect(await listedIds()).toEqual([1748937221]);
    for (const id of ['123', '321', '456']) {
      await world.untilEvent(id, 'backup.deleted');
      expect(await world.snapshotsOf(id)).toEqual([]);
    }
    expect(await world.snapshotsOf('1748937221')).toHaveLength(2);
  });
});

/** From the documentation of Camunda 8.2 to 8.9 (create, wait, list, delete), with the state that Optimize really returns. */
const SCRIPT = `set -eu
curl -fsS -XPOST "$OPTIMIZE_MANAGEMENT_API/actuator/backups" \\
   -H "Content-Type: application/json" \\
   -d "{\\"backupId\\": $BACKUP_ID}"
while [[ "$(curl -s "$OPTIMIZE_MANAGEMENT_API/actuator/backups/$BACKUP_ID" | grep -oP '"state"\\s*:\\s*"\\K[^"]+' | head -1)" != "COMPLETED" ]]; do
  sleep 0.2
done
for OLD in $(curl -fsS "$OPTIMIZE_MANAGEMENT_API/actuator/backups" | grep -oP '"backupId"\\s*:\\s*\\K[0-9]+' | sort -n | head -n -1); do
  curl -sS --request DELETE "$OPTIMIZE_MANAGEMENT_API/actuator/backups/$OLD"
done
echo "Backup $BACKUP_ID complete"
`;

const calls: readonly Call[] = [
  ['POST', '/backups', '{"backupId":77}'],
  ['GET', '/backups'],
  ['GET', '/backups/123'],
  ['DELETE', '/backups/123'],
];

describe('where something is missing', () => {
  let gate: EngineGate;
  let postgres: TcpProxy;
  beforeAll(async () => {
    [gate, postgres] = await Promise.all([openEngineGate(world.engineUrl), openTcpProxy(world.databaseUrl)]);
    world.onEnd(gate.shut);
    world.onEnd(postgres.shut);
  });

  const expectAll = async (changes: Record<string, string | undefined>, status: number, code: string) => {
    const api = await world.startApi(changes);
    for (const one of calls) expectRefusal(await call(one, api), status, code);
    return api;
  };

  it('the engine cannot be reached: 502, and 500 at the older endpoint', async () => {
    await gate.shut();
    const api = await expectAll({ ELASTICSEARCH_URL: gate.url }, 502, 'elasticsearchConnectionError');
    expectRefusal(await api.post('78'), 500, 'serverError');
  });

  it('the engine does not know the repository: 500', async () => {
    await expectAll({ CAMUNDA_OPTIMIZE_BACKUP_REPOSITORY_NAME: 'nowhere' }, 500, 'serverError');
  });

  it('no repository is configured: 400', async () => {
    await expectAll({ CAMUNDA_OPTIMIZE_BACKUP_REPOSITORY_NAME: undefined }, 400, 'serverError');
  });

  it('PostgreSQL cannot be reached: 500', async () => {
    const times = { DATABASE_CONNECT_TIMEOUT: '1s', DATABASE_QUERY_TIMEOUT: '1s' };
    const api = await world.startApi({ DATABASE_URL: postgres.url, ...times });
    await postgres.shut();
    for (const one of calls) expectRefusal(await call(one, api), 500, 'serverError');
  });
});

afterAll(() => {
  expect(world.api.errors()).toBe('');
});
