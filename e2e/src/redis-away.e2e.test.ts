import { beforeAll, expect, it } from 'vitest';
import { createOfPart, type EngineGate, openEngineGate } from './harness/services/engine-gate.ts';
import { flushPrefix } from './harness/services/redis.ts';
import { openTcpProxy, type TcpProxy } from './harness/services/tcp-proxy.ts';
import { useWorld } from './harness/world.ts';

const world = useWorld({ apps: false });
let redis: TcpProxy;
let gate: EngineGate;

beforeAll(async () => {
  [redis, gate] = await Promise.all([openTcpProxy(world.redisUrl), openEngineGate(world.engineUrl)]);
  world.onEnd(redis.shut);
  world.onEnd(gate.shut);
  const changes = { REDIS_URL: redis.url, REDIS_COMMAND_TIMEOUT: '500ms' };
  const [api, worker] = await Promise.all([
    world.startApi(changes),
    world.startWorker({ ...changes, ELASTICSEARCH_URL: gate.url }),
  ]);
  Object.assign(world, { api, worker });
});

const expectQuickly = async (id: string) => {
  const began = performance.now();
  expect((await world.api.post(id)).status).toBe(200);
  expect(performance.now() - began).toBeLessThan(2_000);
};

const readiness = async () => (await world.api.call('/actuator/health/readiness')).json;

it.each<[string, () => unknown]>([
  ['is gone', () => redis.shut()],
  ['is there and never answers', () => redis.hang()],
])('accepts a backup while Redis %s, and has it made once Redis is back', async (how, breakIt) => {
  const id = how.includes('gone') ? 'gone' : 'hung';
  await breakIt();

  await expectQuickly(id);
  expect(await readiness()).toMatchObject({
    status: 'DEGRADED',
    components: { redis: { status: 'DOWN', reason: expect.any(String) }, postgresql: { status: 'UP' } },
  });
  expect(await world.api.state(id)).toBe('IN_PROGRESS');
  expect(await world.snapshotsOf(id)).toEqual([]);
  await redis.shut();
  await redis.open();

  await world.api.untilState(id, 'COMPLETED');
  expect(await world.snapshotsOf(id)).toHaveLength(2);
  await world.until('Redis counts as up', readiness, (seen) => JSON.stringify(seen).includes('"redis":{"status":"UP"'));
});

it('completes a backup whose jobs Redis lost in the middle', async () => {
  const create = gate.hold(createOfPart('flushed', 2));
  await expectQuickly('flushed');
  await create.arrived;

  expect(await flushPrefix(world.redisUrl, world.redisPrefix)).toBeGreaterThan(0);
  create.decide({ do: 'forward' });

  await world.api.untilState('flushed', 'COMPLETED');
  expect(await world.snapshotsOf('flushed')).toHaveLength(2);
  expect(gate.seen.filter(createOfPart('flushed', 2))).toHaveLength(1);
});
