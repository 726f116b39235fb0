import { beforeAll, expect, it } from 'vitest';
import { create, send } from './harness/requests/v1.ts';
import { createOfPart, type EngineGate, openEngineGate } from './harness/services/engine-gate.ts';
import { openTcpProxy, type TcpProxy } from './harness/services/tcp-proxy.ts';
import { useWorld } from './harness/world.ts';

const world = useWorld({ apps: false });
let gate: EngineGate;
let redis: TcpProxy;
let postgres: TcpProxy;

beforeAll(async () => {
  [gate, redis, postgres] = await Promise.all([
    openEngineGate(world.engineUrl),
    openTcpProxy(world.redisUrl),
    openTcpProxy(world.databaseUrl),
  ]);
  world.onEnd(gate.shut);
  world.onEnd(redis.shut);
  world.onEnd(postgres.shut);
  const [api, worker] = await Promise.all([
    world.startApi({ DATABASE_URL: postgres.url, REDIS_URL: redis.url, REDIS_COMMAND_TIMEOUT: '500ms' }),
    world.startWorker({ ELASTICSEARCH_URL: gate.url }),
  ]);
  Object.assign(world, { api, worker });
});

/** Asks for a backup whose part 2 waits until it is let go. */
const heldBackup = async (id: string) => {
  const part = gate.hold(createOfPart(id, 2));
  await create(world.api, id);
  await part.arrived;
  return { letGo: () => part.decide({ do: 'forward' }) };
};

const MANY = 1_000;

const waitFor = (id: string, wait: string) => send(world.api, 'GET', `/backups/${id}?wait=${wait}`);

const timed = async <T>(task: Promise<T>): Promise<{ readonly value: T; readonly ms: number }> => {
  const began = performance.now();
  return { value: await task, ms: performance.now() - began };
};

/** Until the API has asked PostgreSQL nothing for a while: whoever came waits now. Answers what it had asked by then. */
const untilQuiet = async (): Promise<number> => {
  let last = { heard: postgres.heard(), at: performance.now() };
  await world.until(
    'the API asks PostgreSQL no more',
    () => {
      const heard = postgres.heard();
      if (heard !== last.heard) last = { heard, at: performance.now() };
      return performance.now() - last.at;
    },
    (quietMs) => quietMs > 700,
  );
  return last.heard;
};

/** Until the API has so many connections, and has read for all of them what there is to wait for. */
const untilWaiting = async (count: number): Promise<number> => {
  await world.until(
    `${count} clients are connected`,
    async () => (await world.api.call('/actuator/prometheus')).text,
    (text) => Number(/^nodejs_active_resources\{type="TCPSocketWrap"\} (\d+)/m.exec(text)?.[1]) > count,
  );
  return untilQuiet();
};

it('answers at the end of the backup', async () => {
  const { letGo } = await heldBackup('ends');
  const answer = timed(waitFor('ends', '25s'));
  letGo();

  const { value, ms } = await answer;

  expect(value.json).toMatchObject({ state: 'COMPLETED', create: { state: 'SUCCEEDED' } });
  expect(value.headers.get('retry-after')).toBeNull();
  expect(ms).toBeLessThan(15_000);
  expect((await timed(waitFor('ends', '25s'))).ms).toBeLessThan(2_000);
});

it('answers the state then when the time is up, also after much waiting', async () => {
  const { letGo } = await heldBackup('longer');
  const answers = await Promise.all(Array.from({ length: 20 }, () => timed(waitFor('longer', '4s'))));

  for (const { value, ms } of answers) {
    expect(value.status).toBe(200);
    expect(value.json).toMatchObject({ state: 'IN_PROGRESS' });
    expect(value.headers.get('retry-after')).toBe('1');
    expect(ms).toBeGreaterThan(3_900);
    expect(ms).toBeLessThan(7_000);
  }
  expect((await timed(waitFor('longer', '0s'))).ms).toBeLessThan(2_000);
  letGo();
  await world.api.untilState('longer', 'COMPLETED');
});

it(`answers ${MANY} who wait together at once, and asks PostgreSQL hardly anything for them`, async () => {
  const { letGo } = await heldBackup('many');
  const before = await untilQuiet();
  const answers = Array.from({ length: MANY }, () => waitFor('many', '28s'));
  const waiting = await untilWaiting(MANY);
  expect(waiting - before).toBeLessThan(MANY);
  const clock = performance.now();
  await world.until(
    'six seconds pass',
    () => performance.now() - clock,
    (ms) => ms > 6_000,
  );

  // the slow poll asks for all of them at once
  expect(postgres.heard() - waiting).toBeLessThan(20);
  letGo();
  const all = await Promise.all(answers);
  for (const { status, json } of all)
    expect({ status, state: json?.state }).toEqual({ status: 200, state: 'COMPLETED' });
  expect(performance.now() - clock).toBeLessThan(12_000);
  // all of them are answered from one more look
  expect((await untilQuiet()) - waiting).toBeLessThan(100);
  expect(world.api.output()).not.toContain('MaxListeners');
});

it('answers within a few seconds of the end although the notification was lost with Redis', async () => {
  const { letGo } = await heldBackup('deaf');
  const answer = waitFor('deaf', '28s');
  await redis.shut();
  letGo();
  await world.until(
    'the backup has ended',
    () => world.sql("select 1 from backup where backup_id = 'deaf' and state = 'COMPLETED'"),
    ({ length }) => length === 1,
  );

  const { value, ms } = await timed(answer);

  expect(value.json).toMatchObject({ state: 'COMPLETED' });
  expect(ms).toBeLessThan(6_500);
  await redis.open();
});

it('hears of changes again once Redis is back', async () => {
  await world.until(
    'Redis counts as up',
    async () => (await world.api.call('/actuator/health/readiness')).text,
    (text) => text.includes('"redis":{"status":"UP"'),
  );
  const { letGo } = await heldBackup('hears');
  const answer = waitFor('hears', '25s');
  letGo();
  expect((await answer).json).toMatchObject({ state: 'COMPLETED' });
});

it('answers those who wait with the state as it is when the API is stopped', async () => {
  const { letGo } = await heldBackup('stopped');
  const { api } = world;
  const answers = Array.from({ length: MANY }, () => send(api, 'GET', '/backups/stopped?wait=60s'));
  const waiting = await untilWaiting(MANY);

  const began = performance.now();
  api.signal('SIGTERM');

  for (const answer of await Promise.all(answers)) {
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({ state: 'IN_PROGRESS' });
    expect(answer.headers.get('retry-after')).toBe('1');
  }
  expect(await api.exited).toEqual({ code: 0, signal: null });
  expect(performance.now() - began).toBeLessThan(5_000);
  expect(postgres.heard() - waiting).toBeLessThan(100);
  letGo();
  await world.until(
    'the backup goes on without it',
    () => world.sql("select 1 from backup where backup_id = 'stopped' and state = 'COMPLETED'"),
    ({ length }) => length === 1,
  );
});
