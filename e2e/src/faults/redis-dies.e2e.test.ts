import type { Part } from '@tandem/local-stack/part.ts';
import { beforeAll, expect, it } from 'vitest';
import { SWEEP_FAILED } from '../harness/log-lines.ts';
import { createOfPart, type EngineGate, openEngineGate } from '../harness/services/engine-gate.ts';
import { withRedis } from '../harness/services/redis.ts';
import { useWorld } from '../harness/world.ts';
import { useOwnRedis } from './own-servers.ts';
import { expectPromise } from './promise.ts';

const world = useWorld({ apps: false });
let redis: Part;
let gate: EngineGate;

beforeAll(async () => {
  redis = await useOwnRedis(world);
  gate = await openEngineGate(world.engineUrl);
  world.onEnd(gate.shut);
  const changes = { REDIS_COMMAND_TIMEOUT: '500ms', CREATES_PER_REPOSITORY: '4' };
  const [api, worker] = await Promise.all([
    world.startApi(changes),
    world.startWorker({ ...changes, ELASTICSEARCH_URL: gate.url }),
  ]);
  Object.assign(world, { api, worker });
});

const postQuickly = async (id: string) => {
  const began = performance.now();
  expect((await world.api.post(id)).status).toBe(200);
  expect(performance.now() - began).toBeLessThan(2_000);
};

const expectComplete = async (ids: readonly string[]) => {
  for (const id of ids) await world.api.untilState(id, 'COMPLETED');
  await expectPromise(world, ids);
  for (const id of ids) {
    for (const part of [1, 2]) expect(gate.seen.filter(createOfPart(id, part))).toHaveLength(1);
  }
};

/** One in the middle, then the fault, then another one is asked for. */
const inTheMiddle = async (name: string, breakIt: () => Promise<unknown>) => {
  const ids = [`${name}-before`, `${name}-after`];
  const create = gate.hold(createOfPart(`${name}-before`, 2));
  await postQuickly(`${name}-before`);
  await create.arrived;
  await breakIt();
  await postQuickly(`${name}-after`);
  create.decide({ do: 'forward' });
  return ids;
};

it('FLUSHALL in the middle loses nothing', async () => {
  const ids = await inTheMiddle('flushed', () => withRedis(redis.url, (client) => client.flushall()));
  await expectComplete(ids);
});

it('SIGSTOP of Redis, until the worker has noticed, loses nothing', async () => {
  const failed = () => world.worker.output().split(SWEEP_FAILED).length;
  const before = failed();
  const ids = await inTheMiddle('frozen', async () => redis.signal('SIGSTOP'));
  await world.until('the sweep has failed for lack of Redis', failed, (seen) => seen > before);
  for (const id of ids) expect(await world.api.state(id)).toBe('IN_PROGRESS');

  redis.signal('SIGCONT');

  await expectComplete(ids);
});

it('kill -9 of Redis, started again later, loses nothing', async () => {
  const ids = await inTheMiddle('killed', () => redis.kill());
  await postQuickly('killed-later');

  await redis.start();

  await expectComplete([...ids, 'killed-later']);
});

it('a Redis that is full loses nothing', async () => {
  const limit = (value: string) => withRedis(redis.url, (client) => client.config('SET', 'maxmemory', value));
  const ids = await inTheMiddle('full', () => limit('1'));
  await postQuickly('full-later');
  await world.until(
    'the worker has met it',
    () => world.worker.output(),
    (said) => said.includes('OOM'),
  );

  await limit('0');

  await expectComplete([...ids, 'full-later']);
});
