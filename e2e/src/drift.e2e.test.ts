import { expect, it } from 'vitest';
import { expectRefusal } from './harness/requests/expect-refusal.ts';
import { reconcile } from './harness/requests/reconcile.ts';
import { useWorld } from './harness/world.ts';

const world = useWorld();

const completed = async (id: string) => {
  expect((await world.api.post(id)).status).toBe(200);
  await world.api.untilState(id, 'COMPLETED');
  return world.snapshotsOf(id);
};
const remove = (name: string) => world.engine.call('DELETE', `_snapshot/${world.repository}/${name}`);

it.each([1, 2])('answers INCOMPLETE once part %s was deleted behind our back, and records who saw it', async (part) => {
  const id = `deleted-${part}`;
  const snapshots = await completed(id);
  await remove(snapshots[part - 1]?.snapshot ?? '');

  expect(await world.api.state(id)).toBe('INCOMPLETE');

  const event = await world.untilEvent(id, 'backup.state-changed');
  expect(event).toMatchObject({
    source: 'api',
    before: { state: 'COMPLETED' },
    after: { state: 'INCOMPLETE', seen: [{ uuid: snapshots[2 - part]?.uuid }] },
  });
  expect(await world.sql('select state, deleted_at from backup where backup_id = $1', id)).toEqual([
    { state: 'INCOMPLETE', deleted_at: null },
  ]);
});

it('writes one event for one change, however often it is seen', async () => {
  await Promise.all(Array.from({ length: 10 }, () => world.api.state('deleted-1')));

  const changes = (await world.events('deleted-1')).filter(({ kind }) => kind === 'backup.state-changed');
  expect(changes).toHaveLength(1);
});

it('answers INCOMPLETE for a part that was deleted and made again under its name', async () => {
  const [first] = await completed('replaced');
  await remove(first?.snapshot ?? '');
  await world.engine.takeSnapshot(world.repository, first?.snapshot ?? '', {
    indices: first?.indices,
    metadata: first?.metadata,
  });
  const [again] = await world.snapshotsOf('replaced');
  expect(again?.uuid).not.toBe(first?.uuid);

  expect(await world.api.state('replaced')).toBe('INCOMPLETE');

  const event = await world.untilEvent('replaced', 'backup.state-changed');
  expect(JSON.stringify(event.after)).toContain(again?.uuid);
});

it('keeps the history of a backup whose snapshots are all gone, and its id taken', async () => {
  for (const { snapshot } of await completed('gone')) await remove(snapshot);

  // whether the repository is another one, a look at one backup cannot tell
  expect(await world.api.state('gone')).toBe('COMPLETED');
  await reconcile(world.api);
  expect(await world.api.state('gone')).toBe('INCOMPLETE');

  const parts = await world.sql(
    "select p.uuid, p.state from part p join backup b on b.key = p.backup_key where b.backup_id = 'gone'",
  );
  expect(parts).toEqual([
    { uuid: expect.any(String), state: 'SUCCESS' },
    { uuid: expect.any(String), state: 'SUCCESS' },
  ]);
  expect(expectRefusal(await world.api.post('gone'), 409, 'conflict')).toContain('INCOMPLETE');
});
