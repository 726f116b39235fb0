import { expect, it } from 'vitest';
import { openTcpProxy } from './harness/services/tcp-proxy.ts';
import { useWorld } from './harness/world.ts';

const world = useWorld();

const metrics = async (api = world.api) => {
  const { status, headers, text } = await api.call('/actuator/prometheus');
  expect(status).toBe(200);
  expect(headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
  return text;
};
/** Undefined: there is no such line. */
const figure = (text: string, name: string): number | undefined => {
  const line = text.split('\n').find((candidate) => candidate.startsWith(`${name} `));
  return line === undefined ? undefined : Number(line.slice(name.length + 1));
};

it('is alive, and ready when all four parts are', async () => {
  expect((await world.api.call('/actuator/health/liveness')).json).toEqual({ status: 'UP' });

  const { status, json } = await world.api.call('/actuator/health/readiness');

  expect(status).toBe(200);
  expect(json).toMatchObject({
    status: 'UP',
    components: { postgresql: { status: 'UP' }, engine: { status: 'UP' }, repository: { status: 'UP' } },
  });
  expect(json?.components).toHaveProperty('redis.status', 'UP');
});

it.each([
  [
    'is not registered',
    { CAMUNDA_OPTIMIZE_BACKUP_REPOSITORY_NAME: 'no-such-repository' },
    /no-such-repository|no snapshot repository/,
  ],
  [
    'is not configured',
    { CAMUNDA_OPTIMIZE_BACKUP_REPOSITORY_NAME: undefined },
    /CAMUNDA_OPTIMIZE_BACKUP_REPOSITORY_NAME/,
  ],
])('is DEGRADED, with the reason, when the repository %s', async (_, changes, reason) => {
  const api = await world.startApi(changes);

  const { status, json } = await api.call('/actuator/health/readiness');

  expect(status).toBe(200);
  expect(json).toMatchObject({
    status: 'DEGRADED',
    components: { repository: { status: 'DOWN', reason: expect.stringMatching(reason) }, engine: { status: 'UP' } },
  });
  await api.kill();
});

it('counts backups by state, and knows no age before one was COMPLETED', async () => {
  const text = await metrics();

  for (const state of ['COMPLETED', 'FAILED', 'INCOMPATIBLE', 'IN_PROGRESS', 'INCOMPLETE']) {
    expect(figure(text, `tandem_backups{state="${state}"}`)).toBe(0);
  }
  expect(figure(text, 'tandem_last_completed_backup_age_seconds')).toBeNaN();
});

it('shows what was done: backups, the age of the last one, parts, requests, the process', async () => {
  expect((await world.api.post('measured')).status).toBe(200);
  await world.api.untilState('measured', 'COMPLETED');
  await world.api.post('measured');

  const text = await metrics();

  expect(figure(text, 'tandem_backups{state="COMPLETED"}')).toBe(1);
  expect(figure(text, 'tandem_last_completed_backup_age_seconds')).toBeGreaterThanOrEqual(0);
  expect(figure(text, 'tandem_last_completed_backup_age_seconds')).toBeLessThan(60);
  for (const part of [1, 2]) {
    expect(figure(text, `tandem_parts_ended{part="${part}"}`)).toBe(1);
    expect(figure(text, `tandem_part_duration_seconds{part="${part}",quantile="0.95"}`)).toBeGreaterThanOrEqual(0);
  }
  const requests = 'tandem_http_request_duration_seconds_count';
  expect(figure(text, `${requests}{route="/actuator/backup",method="POST",status="200"}`)).toBe(1);
  expect(figure(text, `${requests}{route="/actuator/backup",method="POST",status="409"}`)).toBe(1);
  expect(figure(text, `${requests}{route="/actuator/backup/:backupId",method="GET",status="200"}`)).toBeGreaterThan(0);
  expect(text).toContain('tandem_http_request_duration_seconds_bucket{le="0.1"');
  expect(figure(text, 'process_resident_memory_bytes')).toBeGreaterThan(0);
  expect(text).toContain('nodejs_eventloop_lag_seconds');
  expect(figure(text, 'tandem_source_up{source="postgresql"}')).toBe(1);
  expect(figure(text, 'tandem_source_up{source="redis"}')).toBe(1);
  expect(text).not.toContain('measured');
});

it('shows an open backup, and how long it has been waiting', async () => {
  await world.worker.kill();
  expect((await world.api.post('waiting')).status).toBe(200);

  const text = await world.until(
    'a job waits',
    metrics,
    (seen) => Number(figure(seen, 'tandem_queue_jobs{state="waiting"}')) > 0,
  );

  expect(figure(text, 'tandem_backups{state="IN_PROGRESS"}')).toBe(1);
  expect(figure(text, 'tandem_open_operations{kind="create",state="QUEUED",failure_class="none"}')).toBe(1);
  expect(figure(text, 'tandem_oldest_due_operation_seconds')).toBeGreaterThan(0);
});

it('goes on giving metrics without PostgreSQL and Redis, and says that they are missing', async () => {
  const [postgres, redis] = await Promise.all([openTcpProxy(world.databaseUrl), openTcpProxy(world.redisUrl)]);
  const api = await world.startApi({ DATABASE_URL: postgres.url, REDIS_URL: redis.url });
  await Promise.all([postgres.shut(), redis.shut()]);

  const text = await metrics(api);

  expect(figure(text, 'tandem_source_up{source="postgresql"}')).toBe(0);
  expect(figure(text, 'tandem_source_up{source="redis"}')).toBe(0);
  expect(figure(text, 'process_resident_memory_bytes')).toBeGreaterThan(0);
  await api.kill();
});

it('logs a JSON line for each request, with its id, and nothing on standard error', async () => {
  const answer = await world.api.call('/actuator/backup/measured', {
    headers: { 'x-request-id': 'seen-by-the-proxy' },
  });
  expect(answer.headers.get('x-request-id')).toBe('seen-by-the-proxy');

  const lines = () =>
    world.api
      .output()
      .split('\n')
      .filter((line) => line.endsWith('}'))
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  const line = () => lines().find(({ requestId }) => requestId === 'seen-by-the-proxy');

  expect(await world.until('the line is there', line, (found) => found !== undefined)).toMatchObject({
    name: 'api',
    method: 'GET',
    path: '/actuator/backup/measured',
    status: 200,
  });
  expect(world.api.errors()).toBe('');
});
