import { beforeAll, expect, it } from 'vitest';
import type { AppProcess, Environment } from './harness/app-process.ts';
import { SWEEP_FAILED } from './harness/log-lines.ts';
import type { Api } from './harness/requests/api.ts';
import { withRedis } from './harness/services/redis.ts';
import { useWorld } from './harness/world.ts';

const world = useWorld({ apps: false });
const DATABASE = 'canary-pg/p@ss';
const REDIS = 'canary-redis:p@ss';
const ENGINE = 'canary-engine p@ss';
const API_KEY = 'canary-api-key==';
const withLogin = (url: string, user: string, password: string): string => {
  const changed = new URL(url);
  changed.username = user;
  changed.password = encodeURIComponent(password);
  return changed.href;
};

/** As it is, as a URL has it, and as an Authorization header has it. */
const shapesOf = (secret: string): readonly string[] => [
  secret,
  encodeURIComponent(secret),
  JSON.stringify(secret).slice(1, -1),
  Buffer.from(`elastic:${secret}`).toString('base64'),
];

const expectNoSecret = (text: string) => {
  for (const secret of [DATABASE, REDIS, ENGINE, API_KEY]) {
    for (const shape of shapesOf(secret)) expect(text.includes(shape), `${shape} is shown`).toBe(false);
  }
  expect(text).not.toMatch(/canary/);
};

let reachable: Environment;
beforeAll(async () => {
  await world.sql(`create role "${world.name}" login password '${DATABASE}' superuser`);
  world.onEnd(() => world.sql(`drop role "${world.name}"`));
  await withRedis(world.redisUrl, (redis) =>
    redis.call('ACL', 'SETUSER', world.name, 'on', `>${REDIS}`, '~*', '&*', '+@all'),
  );
  world.onEnd(() => withRedis(world.redisUrl, (redis) => redis.call('ACL', 'DELUSER', world.name)));
  reachable = {
    DATABASE_URL: withLogin(world.databaseUrl, world.name, DATABASE),
    REDIS_URL: withLogin(world.redisUrl, world.name, REDIS),
    ELASTICSEARCH_URL: withLogin(world.engineUrl, 'elastic', ENGINE),
    LOG_LEVEL: 'trace',
  };
});

const exercise = async (api: Api, processes: readonly AppProcess[]): Promise<string> => {
  const answers = await Promise.all([
    api.post('secret'),
    api.get('with-passwords'),
    api.get('nothing'),
    api.call('/actuator/health/readiness'),
    api.call('/actuator/prometheus'),
    api.post('No'),
  ]);
  return [...answers.map(({ text }) => text), ...processes.map((process) => process.output())].join('\n');
};

it('shows no password while all works, at the finest log level', async () => {
  const api = await world.startApi(reachable);
  const worker = await world.startWorker(reachable);
  expect((await api.post('with-passwords')).status).toBe(200);
  await api.untilState('with-passwords', 'COMPLETED');

  expectNoSecret(await exercise(api, [api, worker]));

  await api.untilState('secret', 'COMPLETED');
  const history = JSON.stringify([await world.sql('select * from event'), await world.sql('select * from backup')]);
  expectNoSecret(history);
  api.signal('SIGTERM');
  worker.signal('SIGTERM');
  await Promise.all([api.exited, worker.exited]);
  expectNoSecret(api.output() + worker.output());
});

it.each<[string, (url: string) => string]>([
  [
    'is down',
    (url) => {
      const dead = new URL(url);
      dead.port = '9';
      return dead.href;
    },
  ],
  [
    'is nowhere',
    (url) => {
      const lost = new URL(url);
      lost.hostname = 'no-such-host.invalid';
      return lost.href;
    },
  ],
])('shows no password while every server %s', async (_, broken) => {
  const urls = Object.entries(reachable).map(([name, url]) => [name, name.endsWith('_URL') ? broken(url ?? '') : url]);
  const changes: Environment = Object.fromEntries(urls);
  const api = await world.startApi(changes);
  const worker = await world.startWorker(changes);
  await world.until(
    'the worker has tried',
    () => SWEEP_FAILED.test(worker.output()),
    (tried) => tried,
  );

  expectNoSecret(await exercise(api, [api, worker]));

  await Promise.all([api.kill(), worker.kill()]);
});

it('shows no password when each is wrong', async () => {
  const changes = {
    ...reachable,
    DATABASE_URL: withLogin(world.databaseUrl, `${world.name}-x`, DATABASE),
    REDIS_URL: withLogin(world.redisUrl, `${world.name}-x`, REDIS),
  };
  const api = await world.startApi(changes);
  const worker = await world.startWorker(changes);
  await world.until(
    'the worker has tried',
    () => SWEEP_FAILED.test(worker.output()),
    (tried) => tried,
  );

  expectNoSecret(await exercise(api, [api, worker]));

  await Promise.all([api.kill(), worker.kill()]);
});

it('shows neither an API key nor the password of the engine when they are settings of their own', async () => {
  const dead = { ...reachable, ELASTICSEARCH_URL: 'http://127.0.0.1:9' };
  const withKey = await world.startApi({ ...dead, ENGINE_API_KEY: API_KEY });
  const withPassword = await world.startApi({ ...dead, ENGINE_USERNAME: 'elastic', ENGINE_PASSWORD: ENGINE });

  expectNoSecret(await exercise(withKey, [withKey]));
  expectNoSecret(await exercise(withPassword, [withPassword]));

  await Promise.all([withKey.kill(), withPassword.kill()]);
});
