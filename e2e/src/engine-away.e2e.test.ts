import { beforeAll, expect, it } from 'vitest';
import { expectRefusal } from './harness/requests/expect-refusal.ts';
import { createOfPart, type EngineGate, openEngineGate } from './harness/services/engine-gate.ts';
import { useWorld } from './harness/world.ts';

const world = useWorld({ apps: false });
let gate: EngineGate;

beforeAll(async () => {
  gate = await openEngineGate(world.engineUrl);
  world.onEnd(gate.shut);
});

it('starts without an engine, says that it is missing, and refuses backups with 500', async () => {
  await gate.shut();
  const changes = { ELASTICSEARCH_URL: gate.url };
  const [api, worker] = await Promise.all([world.startApi(changes), world.startWorker(changes)]);
  Object.assign(world, { api, worker });

  const readiness = await api.call('/actuator/health/readiness');

  expect(readiness.status).toBe(200);
  expect(readiness.json).toMatchObject({
    status: 'DEGRADED',
    components: {
      postgresql: { status: 'UP' },
      engine: { status: 'DOWN', reason: expect.stringContaining('cannot be reached') },
      repository: { status: 'DOWN', reason: expect.stringContaining('cannot be reached') },
    },
  });
  expectRefusal(await api.post('early'), 500, 'serverError');
  expect(await world.sql('select * from backup')).toEqual([]);
});

it('works without a restart as soon as the engine is there', async () => {
  await gate.open();

  expect((await world.api.post('early')).status).toBe(200);
  await world.api.untilState('early', 'COMPLETED');
  expect((await world.api.call('/actuator/health/readiness')).json).toMatchObject({ status: 'UP' });
});

it('carries a backup on whose engine went away during part 1', async () => {
  const create = gate.hold(createOfPart('interrupted', 1));
  expect((await world.api.post('interrupted')).status).toBe(200);
  await create.arrived;

  create.decide({ do: 'lose the answer' });
  await world.until(
    'part 1 is in the engine',
    () => world.snapshotsOf('interrupted'),
    ({ length }) => length === 1,
  );
  await gate.shut();
  const failed = await world.untilEvent('interrupted', 'attempt.failed');
  expect(JSON.stringify(failed.after)).toContain('ENGINE_UNREACHABLE');
  expect(await world.api.state('interrupted')).toBe('IN_PROGRESS');
  await gate.open();

  await world.api.untilState('interrupted', 'COMPLETED');
  expect(await world.snapshotsOf('interrupted')).toHaveLength(2);
});

it('adopts a part whose create was answered into the void, and makes it once', async () => {
  const create = gate.hold(createOfPart('in-doubt', 2));
  expect((await world.api.post('in-doubt')).status).toBe(200);
  await create.arrived;
  create.decide({ do: 'lose the answer' });

  await world.api.untilState('in-doubt', 'COMPLETED');

  expect(gate.seen.filter(createOfPart('in-doubt', 2))).toHaveLength(1);
  const parts = await world.sql(
    "select p.uuid, p.starts from part p join backup b on b.key = p.backup_key where b.backup_id = 'in-doubt' order by number",
  );
  const snapshots = await world.snapshotsOf('in-doubt');
  expect(parts).toEqual(snapshots.map(({ uuid }) => ({ uuid, starts: 1 })));
});

it.each([429, 502, 503, 504])('tries again after the engine answered %s to a create', async (status) => {
  const id = `busy-${status}`;
  const create = gate.hold(createOfPart(id, 1));
  expect((await world.api.post(id)).status).toBe(200);
  await create.arrived;
  create.decide({ do: 'answer', status, body: { error: { type: 'busy_exception', reason: 'come back' }, status } });

  await world.api.untilState(id, 'COMPLETED');

  expect(gate.seen.filter(createOfPart(id, 1))).toHaveLength(2);
  const failed = await world.untilEvent(id, 'attempt.failed');
  expect(failed.after).toMatchObject({ code: 'ENGINE_BUSY', status, reason: 'come back' });
});

it('tells the last known state when it cannot ask the engine', async () => {
  await gate.shut();

  const message = expectRefusal(await world.api.get('early'), 500, 'serverError');

  expect(message).toMatch(/Last seen COMPLETED at \d{4}-/);
  await gate.open();
  await world.api.untilState('early', 'COMPLETED');
});
