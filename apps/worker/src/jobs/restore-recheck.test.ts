import { onlyNode } from '@tandem/engine/in-memory-world.ts';
import { expect, it } from 'vitest';
import { ALERTS, inPlace, RESTORE, setUp } from './restore.fixture.ts';

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
