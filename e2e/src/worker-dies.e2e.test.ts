import { beforeAll, expect, it } from 'vitest';
import { createOfPart, type EngineGate, openEngineGate } from './harness/services/engine-gate.ts';
import { useWorld } from './harness/world.ts';

const world = useWorld({ apps: false });
let gate: EngineGate;

beforeAll(async () => {
  gate = await openEngineGate(world.engineUrl);
  world.onEnd(gate.shut);
  Object.assign(world, { api: await world.startApi() });
});

const startGatedWorker = () => world.startWorker({ ELASTICSEARCH_URL: gate.url });

const expectTwoSnapshots = async (id: string) => {
  const snapshots = await world.snapshotsOf(id);
  expect(snapshots.map(({ state }) => state)).toEqual(['SUCCESS', 'SUCCESS']);
  const uuids = await world.sql(
    'select p.uuid from part p join backup b on b.key = p.backup_key where b.backup_id = $1 order by number',
    id,
  );
  expect(uuids.map(({ uuid }) => uuid)).toEqual(snapshots.map(({ uuid }) => uuid));
  return snapshots;
};

it('carries a backup on after its worker was killed between the parts, and makes part 1 no second time', async () => {
  const worker = await startGatedWorker();
  const create = gate.hold(createOfPart('killed', 2));
  expect((await world.api.post('killed')).status).toBe(200);
  await create.arrived;
  const [first] = await world.snapshotsOf('killed');
  expect(first?.state).toBe('SUCCESS');

  await worker.kill();
  create.decide({ do: 'lose' });
  expect(await world.api.state('killed')).toBe('IN_PROGRESS');
  const next = await startGatedWorker();

  await world.api.untilState('killed', 'COMPLETED');
  const [again] = await expectTwoSnapshots('killed');
  expect(again?.uuid).toBe(first?.uuid);
  expect(gate.seen.filter(createOfPart('killed', 1))).toHaveLength(1);
  await next.kill();
});

it('adopts part 2 when the worker was killed before it could learn that the engine had begun it', async () => {
  const worker = await startGatedWorker();
  const create = gate.hold(createOfPart('half-told', 2));
  expect((await world.api.post('half-told')).status).toBe(200);
  await create.arrived;
  await worker.kill();
  create.decide({ do: 'lose the answer' });
  await world.until(
    'part 2 is in the engine',
    () => world.snapshotsOf('half-told'),
    ({ length }) => length === 2,
  );

  const next = await startGatedWorker();

  await world.api.untilState('half-told', 'COMPLETED');
  await expectTwoSnapshots('half-told');
  expect(gate.seen.filter(createOfPart('half-told', 2))).toHaveLength(1);
  await next.kill();
});

it('carries a backup on whose workers are killed one after the other', async () => {
  for (const part of [1, 2]) {
    const worker = await startGatedWorker();
    const create = gate.hold(createOfPart('killed-twice', part));
    if (part === 1) expect((await world.api.post('killed-twice')).status).toBe(200);
    await create.arrived;
    await worker.kill();
    create.decide({ do: 'lose' });
  }

  const last = await startGatedWorker();

  await world.api.untilState('killed-twice', 'COMPLETED');
  await expectTwoSnapshots('killed-twice');
  await last.kill();
});

it('ends with 0 within 10 s of a SIGTERM in the middle of a backup, which the next worker completes', async () => {
  const worker = await startGatedWorker();
  const create = gate.hold(createOfPart('stopped', 2));
  expect((await world.api.post('stopped')).status).toBe(200);
  await create.arrived;

  const began = performance.now();
  worker.signal('SIGTERM');
  create.decide({ do: 'forward' });
  expect(await worker.exited).toEqual({ code: 0, signal: null });
  expect(performance.now() - began).toBeLessThan(10_000);
  const next = await startGatedWorker();

  await world.api.untilState('stopped', 'COMPLETED');
  await expectTwoSnapshots('stopped');
  expect(gate.seen.filter(createOfPart('stopped', 2))).toHaveLength(1);
  await next.kill();
});

it('ends with 0 within 10 s of a SIGTERM also when the engine does not answer it', async () => {
  const worker = await startGatedWorker();
  const create = gate.hold(createOfPart('hung', 1));
  expect((await world.api.post('hung')).status).toBe(200);
  await create.arrived;

  const began = performance.now();
  worker.signal('SIGTERM');
  expect(await worker.exited).toEqual({ code: 0, signal: null });
  expect(performance.now() - began).toBeLessThan(10_000);
  create.decide({ do: 'lose' });
  const next = await startGatedWorker();

  await world.api.untilState('hung', 'COMPLETED');
  await expectTwoSnapshots('hung');
  await next.kill();
});

it('lets a worker that was frozen past its lease write nothing more', async () => {
  const frozen = await startGatedWorker();
  const create = gate.hold(createOfPart('frozen', 2));
  expect((await world.api.post('frozen')).status).toBe(200);
  await create.arrived;
  frozen.signal('SIGSTOP');
  create.decide({ do: 'forward' });
  const other = await startGatedWorker();
  await world.api.untilState('frozen', 'COMPLETED');
  const events = await world.events('frozen');

  frozen.signal('SIGCONT');

  await world.until(
    'it notices',
    () => frozen.output().includes('another worker has the operation'),
    (said) => said,
  );
  expect(await world.events('frozen')).toEqual(events);
  await expectTwoSnapshots('frozen');
  await Promise.all([frozen.kill(), other.kill()]);
});
