import { onlyNode } from '@tandem/engine/in-memory/world.ts';
import { expect, it } from 'vitest';
import { ALERTS, inPlace, RESTORE, setUp } from '../restore.fixture.ts';

type Engine = Awaited<ReturnType<typeof setUp>>['engine'];

const deleting = { ...inPlace, deleteExisting: true };

it.each<[string, string, (engine: Engine) => void]>([
  [
    'allocation is switched off',
    'ALLOCATION_DISABLED',
    (engine) => engine.setClusterSettings({ 'cluster.routing.allocation.enable': 'none' }),
  ],
  ['a disk fills', 'DISK_FULL', (engine) => engine.setCapacity({ nodes: [{ ...onlyNode, freeBytes: -10_000_000 }] })],
  [
    'an index becomes read-only',
    'INDEX_READ_ONLY',
    (engine) => void engine.setIndexBlock([ALERTS], 'read_only', 'set'),
  ],
])('deletes nothing where %s after the preflight', async (_what, code, change) => {
  const { engine, begin, toTheEnd, restore, indices } = await setUp();
  const before = await indices('optimize');
  await begin(deleting);
  await toTheEnd(RESTORE, (ticks) => {
    if (ticks === 1) change(engine);
    return undefined;
  });
  expect(await restore()).toMatchObject({
    state: 'FAILED',
    failure: { code: 'RESTORE_BLOCKED', message: expect.stringContaining(code), data: { blockers: [{ code }] } },
  });
  expect(engine.calls.filter(({ method }) => method === 'deleteIndices')).toEqual([]);
  expect(await indices('optimize')).toEqual(before);
});

it('deletes nothing where an index of this Optimize is created after the preflight', async () => {
  const { engine, begin, toTheEnd, restore } = await setUp();
  const created = 'optimize-process-instance-new_v8';
  await begin(deleting);
  await toTheEnd(RESTORE, (ticks) => {
    if (ticks === 1) engine.createIndex(created, 2);
    return undefined;
  });
  expect(await restore()).toMatchObject({
    state: 'FAILED',
    failure: { code: 'PLAN_CHANGED', message: expect.stringContaining(created), data: { indices: [created] } },
  });
  expect(engine.calls.filter(({ method }) => method === 'deleteIndices')).toEqual([]);
});

it('deletes nothing where an index is replaced while the blockers are checked again', async () => {
  const { engine, begin, toTheEnd, restore, beforeCall } = await setUp();
  await begin(deleting);
  // planning and the preflight have asked for it by then, and the deletion has compared the uuids
  beforeCall('capacity', 1, async () => engine.createIndex(ALERTS, 5, { aliases: ['optimize-alert'] }));
  await toTheEnd(RESTORE);
  expect(await restore()).toMatchObject({
    state: 'FAILED',
    failure: { code: 'PLAN_CHANGED', data: { indices: [ALERTS] } },
  });
  expect(engine.calls.filter(({ method }) => method === 'deleteIndices')).toEqual([]);
});
