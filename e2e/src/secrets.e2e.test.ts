import { newApiKey } from '@tandem/runtime/identity/new-api-key.ts';
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

/** Every row of every table, as text. */
const database = async (): Promise<string> => {
  const tables = await world.sql("select tablename from pg_tables where schemaname = 'public'");
  const rows = tables.map(({ tablename }) => world.sql(`select row_to_json(t)::text as row from "${tablename}" t`));
  return JSON.stringify(await Promise.all(rows));
};

const secretOf = (credential: string) => credential.slice(13);

it('shows no credential of a caller, wherever the request has it, in logs, answers or the database', async () => {
  const [valid, unknown] = [newApiKey(), newApiKey()];
  await world.sql(
    `insert into api_key (id, name, role, digest, created_by) values ($1, 'canaries', 'admin', $2, '{"kind":"system","name":"test"}')`,
    ...[valid.id, valid.digest],
  );
  const token = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from('{"sub":"canary-token"}').toString('base64url')}.c2lnbmF0dXJl`;
  const api = await world.startApi({ ...reachable, AUTH_MODE: 'required', AUTH_FAILURE_LIMIT: '3' });
  const authorized = { authorization: `Bearer ${valid.key}` };
  const json = { 'content-type': 'application/json' };
  const answers: string[] = [];
  const send = async (path: string, headers: Record<string, string> = {}, body?: unknown, method?: string) => {
    const sent = { method: method ?? (body === undefined ? 'GET' : 'POST'), headers: { ...json, ...headers } };
    const { text, status } = await api.call(path, body === undefined ? sent : { ...sent, body: JSON.stringify(body) });
    answers.push(text);
    return status;
  };

  for (const secret of [valid.key, unknown.key, token]) {
    const encoded = encodeURIComponent(secret);
    await send('/api/v1/backups', { authorization: `Bearer ${secret}` });
    await send('/api/v1/backups', { authorization: `Basic ${Buffer.from(`x:${secret}`).toString('base64')}` });
    await send('/api/v1/backups', { authorization: secret });
    await send('/api/v1/backups', { cookie: `tandem_session=${secret}` });
    for (const header of ['x-request-id', 'x-api-key', 'idempotency-key', 'last-event-id', 'user-agent', 'referer'])
      await send('/api/v1/backups', { ...authorized, [header]: secret });
    await send(`/api/v1/backups?cursor=${encoded}`, authorized);
    await send(`/api/v1/backups?${encoded}=1`, authorized);
    await send(`/api/v1/backups/${encoded}`, authorized);
    await send(`/api/v1/backups/${encoded}/events`, authorized);
    await send(`/nowhere/${encoded}`, authorized);
    await send(`/actuator/backups/${encoded}`, authorized);
    await send(`/actuator/backups/${encoded}`, authorized, undefined, 'DELETE');
    for (const path of ['/api/v1/backups', '/actuator/backup']) {
      await send(path, authorized, { backupId: secret });
      await send(path, authorized, { backupId: 'canary-free', [secret]: 1 });
      await send(path, authorized, secret);
    }
    expect(await send('/api/v1/backups', authorized, { backupId: 'a', note: `with ${secret}` })).toBe(400);
    expect(await send('/api/v1/backups', { ...authorized, 'idempotency-key': secret }, { backupId: 'b' })).toBe(400);
    await send('/api/v1/backups', { ...authorized, 'x-request-id': secret }, { backupId: `c-${answers.length}` });
    await send('/api/v1/backups/none', authorized, { reason: secret }, 'DELETE');
  }
  await api.call('/actuator/prometheus', { headers: authorized }).then(({ text }) => answers.push(text));
  api.signal('SIGTERM');
  await api.exited;

  const events = await world.sql("select after from event where kind = 'access.denied'");
  expect(events.length).toBeGreaterThan(0);
  for (const [where, text] of [
    ['logs', api.output()],
    ['answers', answers.join('\n')],
    ['database', await database()],
  ] as const) {
    for (const secret of [valid.key, unknown.key].map(secretOf)) expect(text.includes(secret), where).toBe(false);
    expect(text.includes(token.split('.')[1] ?? ''), `token in ${where}`).toBe(false);
  }
});
