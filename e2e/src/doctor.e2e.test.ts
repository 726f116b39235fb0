import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startRedis } from '@tandem/local-stack/redis/redis.ts';
import type { DoctorRun } from '@tandem/shared/contract/doctor.ts';
import { DOCTOR_CHECKS, type DoctorCheck } from '@tandem/shared/domain/doctor/finding.ts';
import type { DoctorReport } from '@tandem/shared/domain/doctor/report.ts';
import { expect, it } from 'vitest';
import type { Environment } from './harness/app-process.ts';
import { expectProblem, send } from './harness/requests/v1.ts';
import { withRedis } from './harness/services/redis.ts';
import { sharedStack } from './harness/stack.ts';
import { useWorld } from './harness/world.ts';

const world = useWorld();

const SECRET = 'canary-doctor-word';
const run = async (changes: Environment = {}, ...args: readonly string[]) => {
  const doctor = world.startProgram('doctor', world.environment(changes), args);
  const { code } = await doctor.exited;
  return { code, text: doctor.output() };
};

const examined = async (changes: Environment = {}, ...args: readonly string[]) => {
  const { code, text } = await run(changes, '--json', ...args);
  const report = JSON.parse(text) as DoctorReport;
  const results = Object.fromEntries(report.findings.map(({ check, result }) => [check, result])) as Record<
    DoctorCheck,
    string
  >;
  return { code, text, report, results };
};

it('finds nothing that fails in a healthy installation, and leaves nothing behind', async () => {
  const { code, report, results } = await examined();
  expect(report.findings.filter(({ result }) => result === 'fail')).toEqual([]);
  expect(code).toBe(0);
  expect(report.findings.map(({ check }) => check)).toEqual(DOCTOR_CHECKS);
  expect(results).toMatchObject({
    ...{ settings: 'ok', postgresql: 'ok', 'postgresql-migrations': 'ok', 'postgresql-rights': 'ok', redis: 'ok' },
    ...{ 'redis-permissions': 'ok', 'redis-eviction': 'ok', 'redis-owner': 'ok', engine: 'ok', repository: 'ok' },
    ...{ 'repository-writable': 'ok', 'engine-privileges': 'ok', 'engine-clock': 'ok', 'optimize-indices': 'ok' },
    ...{ worker: 'ok', 'history-rollback': 'ok', 'api-keys': 'ok' },
  });
  expect(await world.snapshots()).toEqual([]);
  const scratch = await world.engine.call('GET', '_resolve/index/tandem-doctor*?expand_wildcards=all');
  expect(JSON.stringify(scratch)).not.toContain('tandem-doctor-');
});

it('prints a table, counts warnings only with --strict, and refuses other options', async () => {
  const { code, text } = await run({ REDYS_URL: 'x' });
  expect(code).toBe(0);
  expect(text).toMatch(/^WARN {7}settings-advice {2,}REDYS_URL is not a setting/m);
  expect(text).toMatch(/What to do:\n/);
  expect((await run({ REDYS_URL: 'x' }, '--strict')).code).toBe(1);
  expect(await run({}, '--help')).toMatchObject({ code: 0, text: expect.stringContaining('--strict') });
  expect(await run({}, '--strct')).toMatchObject({ code: 2, text: expect.stringContaining('--strct') });
});

it('finds a read-only repository', async () => {
  const location = join(sharedStack().repositoriesPath, world.repository);
  const register = (settings: object) =>
    world.engine.call('PUT', `_snapshot/${world.repository}`, { type: 'fs', settings: { location, ...settings } });
  await register({ readonly: true });
  const { code, results } = await examined();
  await register({});
  expect(code).toBe(1);
  expect(results).toMatchObject({ 'repository-writable': 'fail', 'engine-privileges': 'notKnown', redis: 'ok' });
});

it('finds a Redis that evicts keys', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'tandem-doctor-'));
  const redis = await startRedis({ directory, durable: false });
  world.onEnd(async () => {
    await redis.stop();
    await rm(directory, { recursive: true, force: true });
  });
  await withRedis(redis.url, (client) => client.config('SET', 'maxmemory-policy', 'allkeys-lru'));
  const { code, results } = await examined({ REDIS_URL: redis.url });
  expect(code).toBe(1);
  expect(results).toMatchObject({ redis: 'ok', 'redis-eviction': 'fail', 'redis-owner': 'ok' });
});

it('finds a missing migration', async () => {
  const [last] = await world.sql('select * from _prisma_migrations order by migration_name desc limit 1');
  const name = String(last?.migration_name);
  await world.sql("update _prisma_migrations set migration_name = 'from-the-future' where migration_name = $1", name);
  const { code, report } = await examined();
  await world.sql("update _prisma_migrations set migration_name = $1 where migration_name = 'from-the-future'", name);
  expect(code).toBe(1);
  expect(report.findings.find(({ check }) => check === 'postgresql-migrations')).toMatchObject({
    ...{ result: 'fail', summary: expect.stringContaining(name), remedy: 'Run npm run migrate.' },
    evidence: { missing: [name], newer: ['from-the-future'] },
  });
});

it('checks the rest where settings are invalid or a server is away, and shows no secret', async () => {
  const { code, results, text } = await examined({
    REDIS_URL: `redi://:${SECRET}@localhost`,
    ELASTICSEARCH_URL: `http://elastic:${SECRET}@127.0.0.1:1`,
    PORT: 'many',
  });
  expect(code).toBe(1);
  expect(results).toMatchObject({
    ...{ settings: 'fail', postgresql: 'ok', redis: 'notKnown', engine: 'fail', repository: 'notKnown' },
    'optimize-indices': 'notKnown',
  });
  expect(text).not.toContain(SECRET);
  const url = new URL(String(world.environment().DATABASE_URL));
  url.password = SECRET;
  const refused = await examined({ DATABASE_URL: url.href });
  expect(refused.results).toMatchObject({ postgresql: 'fail', 'postgresql-rights': 'notKnown', engine: 'ok' });
  expect(refused.text).not.toContain(SECRET);
});

it('runs on request, once for all who ask, and keeps the last report', async () => {
  expectProblem(await send(world.api, 'GET', '/doctor'), 404, 'DOCTOR_RUN_NOT_FOUND');
  const answers = await Promise.all([1, 2, 3].map(() => send(world.api, 'POST', '/doctor', { wait: '1m' })));
  const runs = answers.map(({ json }) => json as DoctorRun);
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(new Set(runs.map(({ runId }) => runId)).size).toBe(1);
  expect(runs[0]).toMatchObject({ state: 'ENDED', report: { counts: { fail: 0 } } });
  expect((await send(world.api, 'GET', '/doctor')).json).toEqual(runs[0]);
  expect((await send(world.api, 'GET', `/doctor/${runs[0]?.runId}`)).json).toEqual(runs[0]);

  const next = await send(world.api, 'POST', '/doctor', {});
  expect(next.status).toBe(202);
  const { runId } = next.json as DoctorRun;
  expect((await send(world.api, 'GET', `/doctor/${runId}?wait=1m`)).json).toMatchObject({ state: 'ENDED', runId });
});

it('works while API and worker are down', async () => {
  await Promise.all([world.api.kill(), world.worker.kill()]);
  const { code, results } = await examined();
  expect(code).toBe(0);
  expect(results).toMatchObject({ postgresql: 'ok', redis: 'ok', engine: 'ok', repository: 'ok' });
});
