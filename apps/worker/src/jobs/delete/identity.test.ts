import { fail } from '@tandem/shared/domain/failure/failure.ts';
import { expect, it } from 'vitest';
import { actor, REPOSITORY, setUpCreate } from '../create/create.fixture.ts';

const idOf = (nth: number) => `00000000-0000-4000-8000-${String(nth).padStart(12, '0')}`;
const asked = { actor: { kind: 'anonymous', address: '127.0.0.1' }, reason: 'too old', requestId: 'r' } as const;

/** So many COMPLETED backups, and a deletion of the first. */
const setUp = async (backups: number) => {
  const world = await setUpCreate();
  const { engine, history } = world;
  await world.toTheEnd();
  for (let nth = 2; nth <= backups; nth += 1) {
    await world.accept(`b${nth}`, idOf(nth));
    await world.toTheEnd(idOf(nth));
  }
  const record = await history.findBackup('b', undefined);
  if (record?.state !== 'COMPLETED') throw new Error(`b is ${record?.state}`);
  const deletion = { operationId: idOf(99), keepBackup: false, onlyUnfinished: false, deleteDiscovered: false };
  await history.requestDeletion(record.key, asked, deletion);
  const find = async () => (await history.findBackupWithDeleted('b', undefined)) ?? record;
  const operation = async () => history.findOperation(idOf(99));
  const deletes = () => engine.calls.filter(({ method }) => method === 'deleteSnapshot').length;
  const run = async (ticks: number) => {
    for (let nth = 0; nth < ticks; nth += 1) {
      await world.tick({ operationId: idOf(99), revision: 1 });
      world.pass(2_000);
    }
  };
  return { ...world, find, operation, deletes, run };
};

it.each([1, 2])('does not take one of %i backups for deleted that lie in the place of before', async (backups) => {
  const { engine, find, operation, deletes, run } = await setUp(backups);
  engine.moveRepository(REPOSITORY, 'empty');
  await run(3);
  expect((await find()).deletedAt).toBeUndefined();
  expect(await operation()).toMatchObject({ state: 'WAITING', errorClass: 'operator' });
  engine.moveRepository(REPOSITORY, REPOSITORY);
  await run(200);
  expect((await find()).deletedAt).toBeDefined();
  expect(deletes()).toBe(2);
});

it('does not take for deleted what it looked for in another place than the one it then compared', async () => {
  const { engine, find, operation, run } = await setUp(1);
  const look = engine.findSnapshots;
  engine.findSnapshots = async (...asked) => {
    engine.moveRepository(REPOSITORY, 'empty');
    const seen = await look(...asked);
    engine.moveRepository(REPOSITORY, REPOSITORY);
    return seen;
  };
  await run(4);
  expect((await find()).deletedAt).toBeUndefined();
  expect(await operation()).toMatchObject({ state: 'WAITING', errorClass: 'operator' });
  engine.findSnapshots = look;
  await run(200);
  expect((await find()).deletedAt).toBeDefined();
  expect(engine.snapshots(REPOSITORY)).toEqual([]);
});

it('ends the deletion of the only backup', async () => {
  const { engine, find, run } = await setUp(1);
  await run(8);
  expect((await find()).deletedAt).toBeDefined();
  expect(engine.snapshots(REPOSITORY)).toEqual([]);
});

it('takes what was about to be removed for removed, wherever the repository leads by then', async () => {
  const { engine, history, find, run } = await setUp(2);
  await run(1);
  engine.failNext('deleteSnapshot', fail('ENGINE_TIMEOUT', 'late', { call: 'deleteSnapshot' }), 'after');
  await run(1);
  expect((await find()).parts.map(({ uuid }) => uuid === undefined)).toEqual([true, false]);
  engine.moveRepository(REPOSITORY, 'empty');
  await run(200);
  expect((await find()).deletedAt).toBeDefined();
  expect((await history.findBackup('b2', undefined))?.state).toBe('COMPLETED');
});

it('does not take the rest of the only backup for deleted where the repository leads to another place', async () => {
  const { engine, find, operation, deletes, run } = await setUp(1);
  await run(1);
  expect(deletes()).toBe(1);
  engine.moveRepository(REPOSITORY, 'empty');
  await run(3);
  expect((await find()).deletedAt).toBeUndefined();
  expect(await operation()).toMatchObject({ state: 'WAITING', errorClass: 'operator' });
  engine.moveRepository(REPOSITORY, REPOSITORY);
  await run(200);
  expect((await find()).deletedAt).toBeDefined();
  expect(engine.snapshots(REPOSITORY)).toEqual([]);
});

it('deletes a backup that alone vanished from a repository that holds others', async () => {
  const { engine, find, deletes, run } = await setUp(2);
  for (const { snapshotName } of (await find()).parts) engine.removeSnapshot(REPOSITORY, snapshotName);
  await run(6);
  expect((await find()).deletedAt).toBeDefined();
  expect(deletes()).toBe(0);
});

it('deletes what an operator has accepted as gone', async () => {
  const { engine, history, find, operation, run } = await setUp(2);
  engine.moveRepository(REPOSITORY, 'empty');
  await run(1);
  expect(await operation()).toMatchObject({ errorClass: 'operator' });
  const { location } = await find();
  const { uuid: repositoryUuid, settingsDigest } = await engine.readRepository(REPOSITORY);
  const change = {
    location: { ...location, repositoryUuid, settingsDigest },
    missing: 2,
    settings: 'changed',
  } as const;
  await history.noteChangedRepository(change, { kind: 'repository.changed', actor, source: 'worker' });
  await run(1);
  expect((await find()).deletedAt).toBeUndefined();
  await history.acceptRepository(location, asked);
  await run(200);
  expect((await find()).deletedAt).toBeDefined();
});
