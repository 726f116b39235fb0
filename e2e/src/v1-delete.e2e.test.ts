import { beforeAll, expect, it } from 'vitest';
import { expectRefusal } from './harness/requests/expect-refusal.ts';
import {
  backup,
  create,
  expectProblem,
  operation,
  type Page,
  read,
  send,
  untilOperation,
} from './harness/requests/v1.ts';
import { createOfPart, type EngineGate, openEngineGate } from './harness/services/engine-gate.ts';
import { fatten, limitRepository } from './harness/services/slow-repository.ts';
import { importIndices, otherIndices } from './harness/services/small-optimize.ts';
import { useWorld } from './harness/world.ts';

const world = useWorld({ apps: false, environment: { LEASE_DURATION: '1s' } });
let gate: EngineGate;

const startGatedWorker = async () =>
  void Object.assign(world, { worker: await world.startWorker({ ELASTICSEARCH_URL: gate.url }) });

beforeAll(async () => {
  gate = await openEngineGate(world.engineUrl);
  world.onEnd(gate.shut);
  Object.assign(world, { api: await world.startApi() });
  await startGatedWorker();
});

const remove = (id: string, body: object = {}) =>
  send(world.api, 'DELETE', `/backups/${id}`, { reason: 'test', confirm: id, ...body });
const removed = async (id: string, body?: object): Promise<string> => {
  const answer = await remove(id, body);
  expect(answer.status, answer.text).toBe(202);
  expect(answer.headers.get('location')).toBe(`/api/v1/operations/${answer.json?.operationId}`);
  return String(answer.json?.operationId);
};
const completed = async (id: string) => {
  await create(world.api, id);
  await world.api.untilState(id, 'COMPLETED');
};
const nameOf = (id: string, part: number) => `camunda_optimize_${id}_3.9.0_part_${part}_of_2`;
const takeByHand = (id: string, part: number) =>
  world.engine.takeSnapshot(world.repository, nameOf(id, part), {
    indices: part === 1 ? importIndices(world.prefix) : otherIndices(world.prefix),
  });

it('removes the snapshots, keeps the record, and gives the id free', async () => {
  await completed('gone');
  expectProblem(await send(world.api, 'DELETE', '/backups/gone'), 400, 'REQUEST_INVALID');
  for (const confirm of [undefined, 'other']) {
    const unconfirmed = await remove('gone', { confirm });
    expect(expectProblem(unconfirmed, 400, 'DELETE_NOT_CONFIRMED')).toMatch(
      /newest COMPLETED .* send "confirm": "gone"/,
    );
  }
  expect(await world.snapshotsOf('gone')).toHaveLength(2);
  const operationId = await removed('gone', { reason: 'no longer needed' });
  const { parts, deletion } = await backup(world.api, 'gone');
  expect(deletion).toMatchObject({ operationId, state: expect.stringMatching(/QUEUED|RUNNING|WAITING/) });
  expect(parts.map(({ state }) => state)).toEqual(['DELETING', 'DELETING']);

  await untilOperation(world, operationId, 'SUCCEEDED');

  expect(await world.snapshotsOf('gone')).toEqual([]);
  const [row] = await world.sql("select deleted_at from backup where backup_id = 'gone'");
  expect(row?.deleted_at).toBeInstanceOf(Date);
  const refused = await world.api.get('gone');
  expectRefusal(refused, 404, 'notFoundError');
  const { deletedAt } = await backup(world.api, 'gone');
  expect(refused.text).toContain(`Backup gone was deleted at ${deletedAt}. Its record: GET /api/v1/backups/gone.`);
  expect(await world.untilEvent('gone', 'backup.delete-requested')).toMatchObject({ reason: 'no longer needed' });
  await world.untilEvent('gone', 'backup.deleted');
  expectProblem(await remove('gone'), 409, 'BACKUP_DELETED');
  expect((await operation(world.api, operationId)).attempts).toMatchObject([{ number: 1, failureClass: null }]);

  await completed('gone');
  expect(await world.snapshotsOf('gone')).toHaveLength(2);
  expect(await backup(world.api, 'gone')).toMatchObject({ state: 'COMPLETED', deletedAt: null });
  expect((await world.sql("select key from backup where backup_id = 'gone'")).length).toBe(2);
});

it('answers the deletion that is open already, however often it is asked for', async () => {
  await completed('twice');
  const ids = await Promise.all(Array.from({ length: 5 }, () => removed('twice')));
  expect(new Set(ids).size).toBe(1);
  await untilOperation(world, String(ids[0]), 'SUCCEEDED');
});

it('ends a backup whose part 1 is running, and has the engine abort it', async () => {
  await fatten(world, importIndices(world.prefix)[0] ?? '', 6);
  await limitRepository(world, '500kb');
  const created = await create(world.api, 'aborted');
  await world.until(
    'part 1 runs',
    () => world.snapshotsOf('aborted'),
    ([first]) => first?.state === 'IN_PROGRESS',
  );

  const operationId = await removed('aborted');

  await untilOperation(world, operationId, 'SUCCEEDED');
  expect(await world.snapshotsOf('aborted')).toEqual([]);
  expect((await operation(world.api, created)).state).toBe('CANCELLED');
  expect((await backup(world.api, 'aborted')).deletedAt).not.toBeNull();
  await limitRepository(world, '40mb');
});

it('leaves nothing of a create that was sent before the deletion and comes late', async () => {
  const part = gate.hold(createOfPart('late', 1));
  await create(world.api, 'late');
  await part.arrived;
  const operationId = await removed('late');
  part.decide({ do: 'forward' });

  await untilOperation(world, operationId, 'SUCCEEDED');

  await world.until(
    'nothing of it is there',
    () => world.snapshotsOf('late'),
    ({ length }) => length === 0,
  );
  expect(await world.snapshotsOf('late')).toEqual([]);
});

it('deletes a set that another tool made only when that is confirmed', async () => {
  await takeByHand('found', 1);
  await takeByHand('found', 2);
  const detail = expectProblem(await remove('found'), 409, 'DISCOVERED_NOT_CONFIRMED');
  expect(detail).toContain('deleteDiscovered');
  expect(await world.snapshotsOf('found')).toHaveLength(2);

  await untilOperation(world, await removed('found', { deleteDiscovered: true }), 'SUCCEEDED');

  expect(await world.snapshotsOf('found')).toEqual([]);
  expect(await backup(world.api, 'found')).toMatchObject({ origin: 'discovered', deletedAt: expect.any(String) });
});

it('leaves a snapshot alone that somebody put in the place of ours', async () => {
  await completed('replaced');
  await world.engine.call('DELETE', `_snapshot/${world.repository}/${nameOf('replaced', 2)}`);
  await takeByHand('replaced', 2);
  const [, stranger] = await world.snapshotsOf('replaced');

  await untilOperation(world, await removed('replaced'), 'SUCCEEDED');

  expect((await world.snapshotsOf('replaced')).map(({ uuid }) => uuid)).toEqual([stranger?.uuid]);
});

it('goes on with a deletion whose worker was killed in the middle of it', async () => {
  await completed('killed');
  const call = gate.hold(({ method, path }) => method === 'DELETE' && path.includes('_killed_'));
  const operationId = await removed('killed');
  await call.arrived;
  await world.worker.kill();
  call.decide({ do: 'lose the answer' });
  expect((await operation(world.api, operationId)).endedAt).toBeNull();

  await startGatedWorker();

  await untilOperation(world, operationId, 'SUCCEEDED');
  expect(await world.snapshotsOf('killed')).toEqual([]);
  expectRefusal(await world.api.get('killed'), 404, 'notFoundError');
});

it('deletes the backup that it shows where two repositories have one of that id', async () => {
  await completed('both');
  const other = await world.newRepository('other');
  const elsewhere = await world.startApi({ CAMUNDA_OPTIMIZE_BACKUP_REPOSITORY_NAME: other });
  await create(elsewhere, 'both');
  await elsewhere.untilState('both', 'COMPLETED');
  expect(await backup(world.api, 'both')).toMatchObject({ repository: world.repository });

  await untilOperation(world, await removed('both'), 'SUCCEEDED');

  expect(await world.snapshotsOf('both')).toEqual([]);
  expect(await world.snapshotsOf('both', other)).toHaveLength(2);
  const { items } = await read<Page>(world.api, '/operations?backupId=both&kind=delete');
  expect(items).toMatchObject([{ repository: world.repository }]);
});
