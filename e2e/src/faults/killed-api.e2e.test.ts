import { beforeAll, expect, it } from 'vitest';
import { openEngineGate } from '../harness/services/engine-gate.ts';
import { openTcpProxy } from '../harness/services/tcp-proxy.ts';
import { useWorld } from '../harness/world.ts';
import { expectPromise } from './promise.ts';

const world = useWorld({ apps: false });

beforeAll(async () => {
  const [api, worker] = await Promise.all([world.startApi(), world.startWorker()]);
  Object.assign(world, { api, worker });
});

it('carries on what an API answered 200 to, that was killed before it could queue it', async () => {
  const redis = await openTcpProxy(world.redisUrl);
  world.onEnd(redis.shut);
  const doomed = await world.startApi({ REDIS_URL: redis.url });
  redis.hang();

  expect((await doomed.post('unqueued')).status).toBe(200);
  await doomed.kill();

  await world.api.untilState('unqueued', 'COMPLETED', 15_000);
  expect(world.worker.output()).toContain('sweep requeued operations without a job');
  await expectPromise(world, ['unqueued']);
});

it('carries on each that was answered 200 when the API is killed the moment the first answer is there', async () => {
  const doomed = await world.startApi();
  const ids = Array.from({ length: 20 }, (_, at) => `abrupt-${at}`);
  const answers = ids.map((id) =>
    doomed.post(id).then(
      ({ status }) => status,
      () => 0,
    ),
  );
  await Promise.race(answers);
  await doomed.kill();

  const statuses = await Promise.all(answers);
  const accepted = ids.filter((_, at) => statuses[at] === 200);
  expect(accepted.length).toBeGreaterThan(0);
  // one whose answer was lost may have been accepted: then it is carried on as well, and a second request is told so
  for (const id of ids.filter((each) => !accepted.includes(each))) {
    expect([200, 409]).toContain((await world.api.post(id)).status);
  }
  for (const id of ids) await world.api.untilState(id, 'COMPLETED', 60_000);
  await expectPromise(world, ids);
});

it('has written nothing when it is killed before it accepted', async () => {
  const gate = await openEngineGate(world.engineUrl);
  world.onEnd(gate.shut);
  const doomed = await world.startApi({ ELASTICSEARCH_URL: gate.url });
  const look = gate.hold(({ path }) => path.includes('camunda_optimize_too-early_'));
  const answer = doomed.post('too-early').catch(() => undefined);
  await look.arrived;

  await doomed.kill();
  look.decide({ do: 'forward' });
  await answer;

  expect(await world.sql("select * from backup where backup_id = 'too-early'")).toEqual([]);
  expect((await world.api.post('too-early')).status).toBe(200);
  await world.api.untilState('too-early', 'COMPLETED');
  await expectPromise(world, ['too-early']);
});
