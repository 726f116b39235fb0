import { expect, it } from 'vitest';
import { create, operation, read, send } from './harness/requests/v1.ts';
import { useWorld } from './harness/world.ts';

const world = useWorld({ apps: false });

const limit = async (repository: string, snapshots: number): Promise<void> => {
  const answer = await world.engine.call<Record<string, { settings: Record<string, string> }>>(
    'GET',
    `_snapshot/${repository}`,
  );
  const settings = { ...answer[repository]?.settings, max_number_of_snapshots: snapshots };
  await world.engine.call('PUT', `_snapshot/${repository}`, { type: 'fs', settings });
};

const untilFull = (operationId: string) =>
  world.until(
    'it says that the repository is full',
    () => operation(world.api, operationId),
    ({ lastError }) => lastError !== null,
  );

it('waits before part 1 until the limit is raised or a backup is deleted, and says so', async () => {
  const repository = await world.newRepository('full', { max_number_of_snapshots: 2 });
  const environment = { CAMUNDA_OPTIMIZE_BACKUP_REPOSITORY_NAME: repository };
  const [api, worker] = await Promise.all([world.startApi(environment), world.startWorker(environment)]);
  Object.assign(world, { api, worker });
  await create(api, 'first');
  await api.untilState('first', 'COMPLETED');

  const second = await create(api, 'second');
  const waiting = await untilFull(second);
  expect(waiting).toMatchObject({
    failureClass: 'operator',
    lastError: { code: 'REPOSITORY_FULL', remedy: expect.stringContaining('Delete backups') },
  });
  expect(waiting.attempts.at(-1)?.reason).toMatchObject({ data: { repository, snapshotsLeft: 0, needed: 2 } });
  const { lastError, nextAttemptAt } = waiting;
  expect(Date.parse(nextAttemptAt ?? '')).toBeGreaterThan(Date.parse(lastError?.at ?? ''));
  expect((await read(api, '/backups/second')).lastError).toMatchObject({ code: 'REPOSITORY_FULL' });
  expect(await api.state('second')).toBe('IN_PROGRESS');
  expect(await world.snapshotsOf('second', repository)).toEqual([]);
  expect((await world.events('second')).map(({ kind }) => kind)).not.toContain('part.starting');

  const deleted = await send(api, 'DELETE', '/backups/first', { reason: 'to make room', confirm: 'first' });
  expect(deleted.status, deleted.text).toBe(202);
  await api.untilState('second', 'COMPLETED');
  expect((await world.snapshots(repository)).map(({ state }) => state)).toEqual(['SUCCESS', 'SUCCESS']);

  await untilFull(await create(api, 'third'));
  await limit(repository, 3);
  await world.until(
    'it says how many more there could be',
    async () => (await read(api, '/backups/third')).create,
    (found) => found !== null,
  );
  expect(await world.snapshotsOf('third', repository)).toEqual([]);
  await limit(repository, 4);
  await api.untilState('third', 'COMPLETED');
  expect(await world.snapshots(repository)).toHaveLength(4);
});
