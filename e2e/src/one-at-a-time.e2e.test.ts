import { beforeAll, expect, it } from 'vitest';
import type { Environment } from './harness/app-process.ts';
import { createOfPart, type EngineGate, openEngineGate } from './harness/services/engine-gate.ts';
import { useWorld } from './harness/world.ts';

const world = useWorld({ apps: false });
let gate: EngineGate;

beforeAll(async () => {
  gate = await openEngineGate(world.engineUrl);
  world.onEnd(gate.shut);
  Object.assign(world, { api: await world.startApi() });
});

const startWorker = (changes: Environment = {}) => world.startWorker({ ELASTICSEARCH_URL: gate.url, ...changes });
const accept = async (...ids: readonly string[]) => {
  for (const id of ids) expect((await world.api.post(id)).status).toBe(200);
};
const operationOf = async (id: string) => {
  const sql = 'select o.* from operation o join backup b on b.key = o.backup_key where b.backup_id = $1';
  return (await world.sql(sql, id))[0];
};

it('makes backups one after the other, in the order in which they were asked for', async () => {
  const worker = await startWorker();
  const create = gate.hold(createOfPart('first', 2));
  await accept('first', 'second', 'third');
  await create.arrived;
  await world.until(
    'the second was looked at',
    () => operationOf('second'),
    (seen) => Number(seen?.next_tick_at) > Date.now() + 5_000,
  );
  expect(await operationOf('second')).toMatchObject({ state: 'QUEUED', create_slot: null });
  expect(await world.api.state('second')).toBe('IN_PROGRESS');
  expect(await world.snapshotsOf('second')).toEqual([]);
  create.decide({ do: 'forward' });

  for (const id of ['first', 'second', 'third']) await world.api.untilState(id, 'COMPLETED');

  const creates = gate.seen.filter(({ method }) => method === 'PUT').map(({ path }) => path);
  expect(creates.map((path) => /camunda_optimize_(\w+)_3\.9\.0_part_(\d)/.exec(path)?.slice(1))).toEqual(
    ['first', 'second', 'third'].flatMap((id) => [
      [id, '1'],
      [id, '2'],
    ]),
  );
  const [, end] = await world.snapshotsOf('first');
  const [begin] = await world.snapshotsOf('second');
  expect(begin?.start_time_in_millis).toBeGreaterThanOrEqual(end?.end_time_in_millis ?? Number.NaN);
  await worker.kill();
});

it('makes two at once where the setting allows it', async () => {
  const worker = await startWorker({ CREATES_PER_REPOSITORY: '2' });
  const create = gate.hold(createOfPart('slow', 2));
  await accept('slow', 'quick');
  await create.arrived;

  await world.api.untilState('quick', 'COMPLETED');

  expect(await world.api.state('slow')).toBe('IN_PROGRESS');
  create.decide({ do: 'forward' });
  await world.api.untilState('slow', 'COMPLETED');
  await worker.kill();
});

it('shares the work among workers, and still makes one at a time', async () => {
  const from = gate.seen.length;
  const workers = await Promise.all([startWorker(), startWorker(), startWorker()]);
  const ids = Array.from({ length: 5 }, (_, at) => `shared-${at}`);
  await Promise.all(ids.map((id) => accept(id)));

  for (const id of ids) await world.api.untilState(id, 'COMPLETED');

  const creates = gate.seen.slice(from).filter(({ method }) => method === 'PUT');
  expect(creates).toHaveLength(10);
  const snapshots = (await Promise.all(ids.map((id) => world.snapshotsOf(id)))).flat();
  const inOrder = snapshots.sort((one, other) => one.start_time_in_millis - other.start_time_in_millis);
  for (const [at, snapshot] of inOrder.slice(1).entries()) {
    expect(snapshot.start_time_in_millis).toBeGreaterThanOrEqual(inOrder[at]?.end_time_in_millis ?? Number.NaN);
  }
  await Promise.all(workers.map((worker) => worker.kill()));
});
