import { beforeAll, expect, it } from 'vitest';
import { expectRefusal } from './harness/requests/expect-refusal.ts';
import { createOfPart, type EngineGate, openEngineGate } from './harness/services/engine-gate.ts';
import { openTcpProxy, type TcpProxy } from './harness/services/tcp-proxy.ts';
import { useWorld } from './harness/world.ts';

const world = useWorld({ apps: false });
let postgres: TcpProxy;
let gate: EngineGate;

beforeAll(async () => {
  [postgres, gate] = await Promise.all([openTcpProxy(world.databaseUrl), openEngineGate(world.engineUrl)]);
  world.onEnd(postgres.shut);
  world.onEnd(gate.shut);
  const changes = { DATABASE_URL: postgres.url, DATABASE_CONNECT_TIMEOUT: '1s', DATABASE_QUERY_TIMEOUT: '1s' };
  const [api, worker] = await Promise.all([
    world.startApi(changes),
    world.startWorker({ ...changes, ELASTICSEARCH_URL: gate.url }),
  ]);
  Object.assign(world, { api, worker });
  await world.until('the API is warm', readiness, ({ status }) => status === 200);
});

const readiness = () => world.api.call('/actuator/health/readiness');

it.each<[string, string, () => unknown]>([
  ['is gone', 'gone', () => postgres.shut()],
  ['is there and never answers', 'hung', () => postgres.hang()],
])('answers 500 within 3 s while PostgreSQL %s, and works once it is back', async (_, id, breakIt) => {
  await breakIt();
  const began = performance.now();

  const [posted, looked, ready] = await Promise.all([world.api.post(id), world.api.get(id), readiness()]);

  expect(performance.now() - began).toBeLessThan(3_500);
  expect(expectRefusal(posted, 500, 'serverError')).toMatch(/PostgreSQL|database/i);
  expectRefusal(looked, 500, 'serverError');
  expect(ready.status).toBe(503);
  expect(ready.json).toMatchObject({
    status: 'DOWN',
    components: { postgresql: { status: 'DOWN', reason: expect.any(String) } },
  });
  expect((await world.api.call('/actuator/health/liveness')).status).toBe(200);
  await postgres.shut();
  await postgres.open();

  await world.until('readiness is 200', readiness, ({ status }) => status === 200);
  expect((await world.api.post(id)).status).toBe(200);
  await world.api.untilState(id, 'COMPLETED');
});

it('survives that every connection is ended by the server', async () => {
  await world.sql(
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and pid <> pg_backend_pid()',
    world.name,
  );

  await world.until(
    'a backup is accepted',
    () => world.api.post('terminated'),
    ({ status }) => status === 200,
  );
  await world.api.untilState('terminated', 'COMPLETED');
  expect(await world.snapshotsOf('terminated')).toHaveLength(2);
});

it('makes no part twice when PostgreSQL goes away in the middle of a backup', async () => {
  const create = gate.hold(createOfPart('middle', 2));
  expect((await world.api.post('middle')).status).toBe(200);
  await create.arrived;
  await postgres.shut();
  create.decide({ do: 'forward' });
  await world.until(
    'part 2 is in the engine',
    () => world.snapshotsOf('middle'),
    ({ length }) => length === 2,
  );
  await postgres.open();

  await world.api.untilState('middle', 'COMPLETED');

  expect(gate.seen.filter(createOfPart('middle', 2))).toHaveLength(1);
  const uuids = await world.sql(
    "select p.uuid from part p join backup b on b.key = p.backup_key where b.backup_id = 'middle' order by number",
  );
  expect(uuids).toEqual((await world.snapshotsOf('middle')).map(({ uuid }) => ({ uuid })));
});
