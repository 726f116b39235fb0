import type { Part } from '@tandem/local-stack/part.ts';
import { startPgBouncer } from '@tandem/local-stack/postgres/pgbouncer.ts';
import { beforeAll, describe, expect, it } from 'vitest';
import { endsWith, ownFolder, useOwnPostgres } from './faults/own-servers.ts';
import { expectPromise } from './faults/promise.ts';
import { send } from './harness/requests/v1.ts';
import { debianProgram } from './harness/services/debian-program.ts';
import { useWorld } from './harness/world.ts';

const program = await debianProgram('pgbouncer', 'pgbouncer');
const title = `PgBouncer in transaction mode, all else as it is installed${program ? '' : ' (skipped: it is not installed)'}`;

describe.skipIf(program === undefined)(title, () => {
  const world = useWorld({ apps: false });
  let pgBouncer: Part;

  beforeAll(async () => {
    await useOwnPostgres(world);
    const apps = new URL(world.environment().DATABASE_URL ?? '');
    const roles = [{ name: apps.username, password: apps.password }];
    const directory = ownFolder(world);
    pgBouncer = endsWith(
      world,
      await startPgBouncer({ directory, program: program ?? '', postgresUrl: world.databaseUrl, roles }),
    );
    apps.port = new URL(pgBouncer.url).port;
    const changes = { DATABASE_URL: apps.href, DATABASE_CONNECT_TIMEOUT: '1s', DATABASE_QUERY_TIMEOUT: '2s' };
    const [api, worker] = await Promise.all([world.startApi(changes), world.startWorker(changes)]);
    Object.assign(world, { api, worker });
  });

  const readiness = () => world.api.call('/actuator/health/readiness');
  const untilReady = () => world.until('readiness is UP', readiness, ({ json }) => json?.status === 'UP');

  it('makes, searches and exports backups with no setting but the address', async () => {
    await untilReady();
    const ids = Array.from({ length: 12 }, (_, at) => `pooled-${at}`);
    const answers = await Promise.all(
      ids.map((id) => send(world.api, 'POST', '/backups', { backupId: id }, { 'idempotency-key': id })),
    );
    expect(answers.map(({ status }) => status)).toEqual(ids.map(() => 202));
    for (const id of ids) await world.api.untilState(id, 'COMPLETED');
    await expectPromise(world, ids);
    expect((await send(world.api, 'GET', '/backups?state=COMPLETED&limit=50')).json?.items).toHaveLength(ids.length);
    const exported = await send(world.api, 'GET', '/events/export?format=ndjson');
    expect(exported.text.trim().split('\n').at(-1)).toMatch(/^\{"end":\{"count":\d+,/);
  });

  it('goes on by itself after PgBouncer was killed and started again', async () => {
    await pgBouncer.kill();
    const down = await world.until('readiness is 503', readiness, ({ status }) => status === 503);
    expect(JSON.stringify(down.json)).toMatch(/PostgreSQL cannot be reached: connect ECONNREFUSED/);
    await pgBouncer.start();
    await untilReady();
    expect((await world.api.post('again')).status).toBe(200);
    await world.api.untilState('again', 'COMPLETED');
  });
});
