import { userInfo } from 'node:os';
import { beforeAll, expect, it } from 'vitest';
import { type Dump, dumpDatabase, emptyDatabase } from './harness/services/dump.ts';
import { flushPrefix, withRedis } from './harness/services/redis.ts';
import { openTcpProxy } from './harness/services/tcp-proxy.ts';
import { useWorld } from './harness/world.ts';

const world = useWorld({ apps: false });

const historyId = async (): Promise<string> => String((await world.sql('select id from history'))[0]?.id);
const marker = () => withRedis(world.redisUrl, (redis) => redis.get(`${world.redisPrefix}:history`));
/** As `npm run migrate` makes it: with an id of its own, which copies of the tests' template lack. */
const newDatabase = async (): Promise<void> => {
  await emptyDatabase(world.name);
  await world.sql('update history set id = gen_random_uuid()');
};
const startBoth = async (changes = {}) => Promise.all([world.startApi(changes), world.startWorker(changes)]);

let old: string;
let dump: Dump;

beforeAll(async () => {
  const [api, worker] = await startBoth();
  old = await historyId();
  await api.post('first');
  await api.untilState('first', 'COMPLETED');
  await Promise.all([api.kill(), worker.kill()]);
  dump = await dumpDatabase(world.name);
  world.onEnd(dump.remove);
});

it('marks the keys with the id of the history', async () => {
  expect(await marker()).toBe(old);
});

it.each(['api', 'worker'] as const)(
  'refuses to start the %s of another history, also an empty one',
  async (program) => {
    await newDatabase();
    const refused = world.startProgram(program, world.environment());

    expect(await refused.exited).toEqual({ code: 1, signal: null });

    expect(refused.isReady()).toBe(false);
    const said = refused.output();
    for (const part of [old, await historyId(), 'REDIS_PREFIX', 'npm run redis:adopt', 'docs/disaster-recovery.md'])
      expect(said).toContain(part);
    expect(await marker()).toBe(old);
  },
);

it('starts with a database that was restored from a dump', async () => {
  await dump.bringBack();
  const [api, worker] = await startBoth();

  await api.post('after-dump');
  await api.untilState('after-dump', 'COMPLETED');
  expect(await marker()).toBe(await historyId());

  await Promise.all([api.kill(), worker.kill()]);
});

it('starts while Redis is away, and ends when it comes with the keys of another history', async () => {
  await newDatabase();
  const redis = await openTcpProxy(world.redisUrl);
  world.onEnd(redis.shut);
  await redis.shut();
  const both = await startBoth({ REDIS_URL: redis.url, REDIS_COMMAND_TIMEOUT: '500ms' });
  expect((await both[0].call('/actuator/health/liveness')).status).toBe(200);

  await redis.open();

  for (const process of both) {
    expect(await process.exited).toEqual({ code: 1, signal: null });
    expect(process.output()).toContain(old);
  }
  expect(await marker()).toBe(old);
});

it('adopts the keys with a reason, and records who did it', async () => {
  const without = world.startProgram('redis-adopt', world.environment());
  expect(await without.exited).toEqual({ code: 1, signal: null });
  expect(without.errors()).toContain('--reason is required');

  const adopted = world.startProgram('redis-adopt', world.environment(), ['--reason', 'the old database is lost']);
  expect(await adopted.exited, adopted.output()).toEqual({ code: 0, signal: null });

  expect(await marker()).toBe(await historyId());
  const events = await world.sql("select * from event where kind = 'redis.adopted'");
  expect(events).toMatchObject([
    {
      source: 'command',
      reason: 'the old database is lost',
      actor: { kind: 'system', name: expect.stringMatching(`^${userInfo().username}@`) },
      before: { historyId: old },
      after: { historyId: await historyId(), prefix: world.redisPrefix },
    },
  ]);
  const again = world.startProgram('redis-adopt', world.environment(), ['--reason', 'again']);
  await again.exited;
  expect(again.output()).toContain('nothing to adopt');
});

it('works after the adoption, and marks the keys again after they were lost', async () => {
  const [api] = await startBoth();
  await api.post('second');
  await api.untilState('second', 'COMPLETED');

  await flushPrefix(world.redisUrl, world.redisPrefix);

  const id = await historyId();
  await world.until('the keys are marked again', marker, (found) => found === id);
  expect(await marker()).toBe(id);
});
