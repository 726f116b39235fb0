import { beforeAll, expect, it } from 'vitest';
import { deletionOfIndices, expectEnded, lookAround, putForeign, type Sight } from './faults/restore-promise.ts';
import { restore } from './harness/requests/restores.ts';
import { create } from './harness/requests/v1.ts';
import { type EngineGate, openEngineGate } from './harness/services/engine-gate.ts';
import { useWorld } from './harness/world.ts';

const world = useWorld({ apps: false });
let gate: EngineGate;
let before: Sight;

beforeAll(async () => {
  gate = await openEngineGate(world.engineUrl);
  world.onEnd(gate.shut);
  const [api, worker] = await Promise.all([
    world.startApi(),
    world.startWorker({ LEASE_DURATION: '1s', ELASTICSEARCH_URL: gate.url }),
    putForeign(world),
  ]);
  Object.assign(world, { api, worker });
  await create(world.api, 'b');
  await world.api.untilState('b', 'COMPLETED');
  before = await lookAround(world);
});

const configure = (value: string | null) =>
  world.engine.call('PUT', '_cluster/settings', { persistent: { 'cluster.routing.allocation.enable': value } });

it('deletes nothing when shard allocation is switched off after the preflight', async () => {
  world.onEnd(() => configure(null));
  const isVerify = ({ path }: { readonly path: string }) => path.includes('/_verify');
  const preflight = gate.hold(isVerify);
  const beforeDeletion = gate.hold(isVerify);
  const from = gate.seen.length;
  const id = await restore(world.api, { backupId: 'b', deleteExisting: true }, { confirm: 'b', safetyBackup: false });
  await preflight.arrived;
  preflight.decide({ do: 'forward' });
  await beforeDeletion.arrived;
  await configure('none');
  beforeDeletion.decide({ do: 'forward' });
  const { failure } = await expectEnded(world, id, 'FAILED', before);
  await configure(null);
  expect(failure).toMatchObject({
    code: 'RESTORE_BLOCKED',
    message: expect.stringContaining('Nothing was deleted'),
    data: { blockers: [{ code: 'ALLOCATION_DISABLED' }] },
  });
  expect(gate.seen.slice(from).filter(deletionOfIndices)).toEqual([]);
});
