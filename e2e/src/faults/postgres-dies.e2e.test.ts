import { execFileSync } from 'node:child_process';
import type { Part } from '@tandem/local-stack/part.ts';
import { beforeAll, expect, it } from 'vitest';
import { expectRefusal } from '../harness/requests/expect-refusal.ts';
import { createOfPart, type EngineGate, openEngineGate } from '../harness/services/engine-gate.ts';
import { useWorld } from '../harness/world.ts';
import { useOwnPostgres } from './own-servers.ts';
import { expectPromise } from './promise.ts';

const world = useWorld({ apps: false });
let postgres: Part;
let gate: EngineGate;

beforeAll(async () => {
  postgres = await useOwnPostgres(world);
  gate = await openEngineGate(world.engineUrl);
  world.onEnd(gate.shut);
  const changes = { DATABASE_CONNECT_TIMEOUT: '1s', DATABASE_QUERY_TIMEOUT: '1s', CREATES_PER_REPOSITORY: '4' };
  const [api, worker] = await Promise.all([
    world.startApi(changes),
    world.startWorker({ ...changes, ELASTICSEARCH_URL: gate.url }),
  ]);
  Object.assign(world, { api, worker });
});

const postRefusedQuickly = async (id: string) => {
  const began = performance.now();
  expectRefusal(await world.api.post(id), 500, 'serverError');
  expect(performance.now() - began).toBeLessThan(3_500);
};

const untilUp = () =>
  world.until(
    'the API has PostgreSQL again',
    () => world.api.call('/actuator/health/readiness'),
    ({ status }) => status === 200,
  );

const rowsOf = (id: string) => world.sql('select * from backup where backup_id = $1', id);

const oneCreateEach = (id: string) => {
  for (const part of [1, 2]) expect(gate.seen.filter(createOfPart(id, part))).toHaveLength(1);
};

const readOnly = async (on: boolean) => {
  await world.sql(`alter system set default_transaction_read_only = ${on ? 'on' : 'off'}`);
  await world.sql('select pg_reload_conf()');
  await world.until(
    `PostgreSQL ${on ? 'refuses' : 'takes'} writes`,
    async () =>
      (
        await world.sql(
          'select setting from pg_file_settings where applied and name = $1',
          'default_transaction_read_only',
        )
      )[0]?.setting,
    (setting) => setting === (on ? 'on' : 'off'),
  );
};

/** The server and its children, each of which answers for one connection. */
const signalAll = (signal: NodeJS.Signals) => {
  const table = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
  const rows = table.split('\n').map((line) => line.trim().split(/\s+/).map(Number));
  const children = rows.filter(([, parent]) => parent === postgres.pid).map(([pid]) => pid);
  for (const pid of children) if (pid !== undefined) process.kill(pid, signal);
  postgres.signal(signal);
};

const terminateAll = () =>
  world.sql(
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and pid <> pg_backend_pid()',
    world.name,
  );

it.each<[string, string, () => Promise<unknown>, () => Promise<unknown>]>([
  ['kill -9', 'killed', () => postgres.kill(), () => postgres.start()],
  ['a stop', 'stopped', () => postgres.stop(), () => postgres.start()],
  ['SIGSTOP', 'frozen', async () => signalAll('SIGSTOP'), async () => signalAll('SIGCONT')],
  ['default_transaction_read_only', 'read-only', () => readOnly(true), () => readOnly(false)],
])('%s of PostgreSQL during a tick makes no part twice', async (_, id, breakIt, mend) => {
  const create = gate.hold(createOfPart(id, 2));
  expect((await world.api.post(id)).status).toBe(200);
  await create.arrived;
  await breakIt();
  await postRefusedQuickly(`${id}-meanwhile`);
  create.decide({ do: 'forward' });
  await world.until(
    'part 2 is in the engine',
    () => world.snapshotsOf(id),
    ({ length }) => length === 2,
  );
  await mend();
  await untilUp();

  await world.api.untilState(id, 'COMPLETED');
  // a server that slept may have taken what its client had given up: then the second request is told so
  const inDoubt = id === 'frozen' ? [200, 409] : [200];
  if (id !== 'frozen') expect(await rowsOf(`${id}-meanwhile`)).toEqual([]);
  expect(inDoubt).toContain((await world.api.post(`${id}-meanwhile`)).status);
  await world.api.untilState(`${id}-meanwhile`, 'COMPLETED');
  await expectPromise(world, [id, `${id}-meanwhile`]);
  oneCreateEach(id);
});

it('every connection ended by the server, again and again while a backup is made, costs nothing', async () => {
  const ids = ['cut-1', 'cut-2', 'cut-3', 'cut-4'];
  for (const id of ids) {
    await world.until(
      'it is accepted',
      () => world.api.post(id),
      ({ status }) => status === 200 || status === 409,
    );
  }
  let cuts = 0;
  await world.until(
    'ten cuts',
    async () => {
      await terminateAll();
      cuts += 1;
      return cuts;
    },
    (count) => count >= 10,
  );

  for (const id of ids) await world.api.untilState(id, 'COMPLETED');
  await expectPromise(world, ids);
});

it('kill -9 of PostgreSQL under a crowd of requests: what was answered 200 completes, the rest can be asked for again', async () => {
  const ids = Array.from({ length: 12 }, (_, at) => `crowd-${at}`);
  const answers = ids.map((id) => world.api.post(id));
  await Promise.race(answers);
  await postgres.kill();
  const statuses = (await Promise.all(answers)).map(({ status }) => status);
  expect(statuses.every((status) => status === 200 || status === 500)).toBe(true);
  await postgres.start();
  await untilUp();

  for (const [at, id] of ids.entries()) {
    if (statuses[at] === 200) continue;
    await world.until(
      `${id} is accepted, or was`,
      () => world.api.post(id),
      ({ status }) => status === 200 || status === 409,
    );
  }
  for (const id of ids) await world.api.untilState(id, 'COMPLETED', 60_000);
  await expectPromise(world, ids);
});
