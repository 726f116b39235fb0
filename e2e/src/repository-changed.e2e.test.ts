import { expect, it } from 'vitest';
import { expectRefusal } from './harness/requests/expect-refusal.ts';
import { useWorld } from './harness/world.ts';

const world = useWorld();
let other = '';

const restartWith = async (repository: string) => {
  const changes = { CAMUNDA_OPTIMIZE_BACKUP_REPOSITORY_NAME: repository };
  await Promise.all([world.api.kill(), world.worker.kill()]);
  const [api, worker] = await Promise.all([world.startApi(changes), world.startWorker(changes)]);
  Object.assign(world, { api, worker });
};

it('answers for an old backup from its own repository after another one was configured', async () => {
  for (const id of ['old', 'stays']) {
    expect((await world.api.post(id)).status).toBe(200);
    await world.api.untilState(id, 'COMPLETED');
  }
  other = await world.newRepository('other');

  await restartWith(other);

  expect(await world.api.state('old')).toBe('COMPLETED');
  expectRefusal(await world.api.get('never'), 404, 'notFoundError');
});

it('lets the id be used again in the new repository, whose backup answers from then on', async () => {
  expect((await world.api.post('old')).status).toBe(200);
  await world.api.untilState('old', 'COMPLETED');

  expect(await world.snapshotsOf('old', other)).toHaveLength(2);
  expect(await world.snapshotsOf('old')).toHaveLength(2);
  const [, second] = await world.snapshotsOf('old', other);
  await world.engine.call('DELETE', `_snapshot/${other}/${second?.snapshot}`);
  expect(await world.api.state('old')).toBe('INCOMPLETE');
  expectRefusal(await world.api.post('old'), 409, 'conflict');
});

it('still sees what becomes of a backup in the repository that is no longer configured', async () => {
  const [first] = await world.snapshotsOf('stays');
  await world.engine.call('DELETE', `_snapshot/${world.repository}/${first?.snapshot}`);

  expect(await world.api.state('stays')).toBe('INCOMPLETE');

  await world.untilEvent('stays', 'backup.state-changed');
});

it('answers by the first backup again once its repository is configured again', async () => {
  await restartWith(world.repository);

  expect(await world.api.state('old')).toBe('COMPLETED');
  const backups = await world.sql("select repository from backup where backup_id = 'old' order by key");
  expect(backups).toEqual([{ repository: world.repository }, { repository: other }]);
});

it('carries an accepted backup on in the repository that it was planned for', async () => {
  await world.worker.kill();
  expect((await world.api.post('between')).status).toBe(200);

  await restartWith(other);

  await world.api.untilState('between', 'COMPLETED');
  expect(await world.snapshotsOf('between')).toHaveLength(2);
  expect(await world.snapshotsOf('between', other)).toEqual([]);
});
