import { beforeAll, expect, it } from 'vitest';
import {
  expectEnded,
  lookAround,
  putForeign,
  restoreOfPart,
  type Sight,
  withoutOptimize,
} from './faults/restore-promise.ts';
import { expectRefusal } from './harness/requests/expect-refusal.ts';
import { planRestore, readRestore, removeIndices, restore, withoutSafety } from './harness/requests/restores.ts';
import { create, expectProblem, send } from './harness/requests/v1.ts';
import { type EngineGate, openEngineGate } from './harness/services/engine-gate.ts';
import { useWorld } from './harness/world.ts';

/** A call that is held outlives its own time limit on a busy machine: the restore then waits for its next try, QUEUED. */
const OPEN_STATES = ['QUEUED', 'RUNNING'];

const world = useWorld({ apps: false, environment: { LEASE_DURATION: '1s' } });
let gate: EngineGate;
let before: Sight;

beforeAll(async () => {
  gate = await openEngineGate(world.engineUrl);
  world.onEnd(gate.shut);
  const [api] = await Promise.all([
    world.startApi(),
    world.startWorker({ ELASTICSEARCH_URL: gate.url }),
    putForeign(world),
  ]);
  Object.assign(world, { api });
  for (const id of ['one', 'two']) {
    await create(world.api, id);
    await world.api.untilState(id, 'COMPLETED');
  }
  before = await lookAround(world);
});

it('of restores of two backups into one cluster, asked for at once at two APIs, one is accepted', async () => {
  const other = await world.startApi();
  const asked = await Promise.all(
    [world.api, other].map(async (api, at) => {
      const backupId = at === 0 ? 'one' : 'two';
      const wish = {
        backupId,
        ...(await withoutSafety(api, { backupId, deleteExisting: true }, { safetyBackup: false })),
      };
      const { planHash } = await planRestore(api, wish);
      return { api, body: { ...wish, planHash, reason: 'drill', confirm: wish.backupId, safetyBackup: false } };
    }),
  );
  const from = gate.seen.length;
  const answers = await Promise.all(asked.map(({ api, body }) => send(api, 'POST', '/restores', body)));

  const accepted = answers.filter(({ status }) => status === 202);
  expect(accepted, answers.map(({ text }) => text).join('\n')).toHaveLength(1);
  const id = String(accepted[0]?.json?.operationId);
  const [refused] = answers.filter(({ status }) => status !== 202);
  expect(refused?.status).toBe(409);
  expect(['RESTORE_RUNNING', 'PLAN_CHANGED', 'RESTORE_BLOCKED']).toContain(refused?.json?.code);
  expect(refused?.text).toContain(id);
  await expectEnded(world, id, 'SUCCEEDED', before);
  expect([1, 2].map((part) => gate.seen.slice(from).filter(restoreOfPart(part)).length)).toEqual([1, 1]);
  await other.kill();
});

it('a backup asked for while a restore in place is open is refused, and a cancel in the middle takes back', async () => {
  await removeIndices(world.engine, `${world.prefix}-*`);
  const part2 = gate.hold(restoreOfPart(2));
  const id = await restore(world.api, { backupId: 'one' });
  await part2.arrived;

  expect(expectRefusal(await world.api.post('meanwhile'), 409, 'conflict')).toContain(id);
  const refused = await send(world.api, 'POST', '/backups', { backupId: 'meanwhile' });
  expect(expectProblem(refused, 409, 'RESTORE_RUNNING')).toContain(id);
  expect(await world.sql(`select * from backup where backup_id = 'meanwhile'`)).toEqual([]);

  const stopped = await send(world.api, 'POST', `/restores/${id}/cancel`, { reason: 'the wrong one' });
  expect(stopped.status, stopped.text).toBe(202);
  const stopping = await readRestore(world.api, id);
  expect(stopping).toMatchObject({ stopReason: 'the wrong one' });
  expect(OPEN_STATES).toContain(stopping.state);
  part2.decide({ do: 'forward' });
  const { failure } = await expectEnded(world, id, 'CANCELLED', withoutOptimize(world, before));
  expect(failure).toMatchObject({ code: 'RESTORE_STOPPED', data: { rollback: true } });

  await expectEnded(world, await restore(world.api, { backupId: 'two' }), 'SUCCEEDED', before);
  await create(world.api, 'meanwhile');
  await world.api.untilState('meanwhile', 'COMPLETED');
});
