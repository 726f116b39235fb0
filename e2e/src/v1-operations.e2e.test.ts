import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
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
import { fatIndexOfPart2, fatten, limitRepository } from './harness/services/slow-repository.ts';
import { useWorld } from './harness/world.ts';

const world = useWorld({ apps: false, environment: { LEASE_DURATION: '1s' } });
let gate: EngineGate;

beforeAll(async () => {
  gate = await openEngineGate(world.engineUrl);
  world.onEnd(gate.shut);
  const [api, worker] = await Promise.all([world.startApi(), world.startWorker({ ELASTICSEARCH_URL: gate.url })]);
  Object.assign(world, { api, worker });
});

const homeless = () => `${world.prefix}-homeless_v1`;
const addHomeless = () =>
  world.engine.createIndex(homeless(), { settings: { 'index.routing.allocation.require._name': 'no-such-node' } });
/** Lets the index have its primary. */
const mend = async () => {
  await world.engine.call('PUT', `${homeless()}/_settings`, { 'index.routing.allocation.require._name': null });
  await world.engine.call('GET', `_cluster/health/${homeless()}?wait_for_status=yellow&timeout=20s`);
};
const retry = (id: string, body: object = { reason: 'mended' }) =>
  send(world.api, 'POST', `/operations/${id}/retry`, body);
const cancel = (id: string, more: object = {}) =>
  send(world.api, 'POST', `/operations/${id}/cancel`, { reason: 'not now', ...more });
const failedBackup = async (id: string) => {
  const operationId = await create(world.api, id);
  await untilOperation(world, operationId, 'FAILED');
  return operationId;
};

describe('a retry', () => {
  it('completes a backup that failed, once what it failed at is mended; its attempts go on', async () => {
    await addHomeless();
    const operationId = await failedBackup('mended');
    const failed = await operation(world.api, operationId);
    expect(failed).toMatchObject({
      failureClass: 'terminal',
      failure: { code: expect.any(String) },
      endedAt: expect.any(String),
    });
    expect(await backup(world.api, 'mended')).toMatchObject({ state: 'FAILED', failure: failed.failure });
    const [last] = failed.attempts.slice(-1);
    await mend();

    const answer = await retry(operationId, { reason: 'the node is back' });

    expect([answer.status, answer.json?.operationId]).toEqual([202, operationId]);
    await world.api.untilState('mended', 'COMPLETED');
    const { attempts, ...done } = await operation(world.api, operationId);
    expect(done).toMatchObject({ state: 'SUCCEEDED', failure: null, failureClass: null });
    expect(attempts.map(({ number }) => number)).toEqual(attempts.map((_, at) => at + 1));
    expect(attempts.slice(0, failed.attempts.length)).toEqual(failed.attempts);
    expect(attempts[Number(last?.number)]).toMatchObject({ trigger: 'operator', failureClass: null, part: 2 });
    expect(await world.untilEvent('mended', 'operation.retried')).toMatchObject({ reason: 'the node is back' });
    expect(await world.snapshotsOf('mended')).toHaveLength(2);
    await world.engine.call('DELETE', homeless());
  });

  it('is not needed for a part that met a shard without a primary: it is deleted and made again by itself', async () => {
    const part = gate.hold(createOfPart('again', 2));
    const operationId = await create(world.api, 'again');
    const { path } = await part.arrived;
    await world.worker.kill();
    part.decide({ do: 'lose' });
    await addHomeless();
    // the same snapshot, as the engine makes it when a shard cannot be read
    const [, name] = /_snapshot\/[^/]+\/([^?/]+)/.exec(path) ?? [];
    const [row] = await world.sql(
      "select p.snapshot_name from part p join backup b on b.key = p.backup_key where b.backup_id = 'again' and p.number = 2",
    );
    expect(name).toBe(row?.snapshot_name);
    const owner = { backupId: 'again', operationId, part: 2, of: 2, optimizeVersion: '3.9.0', tandem: '0' };
    await world.engine.takeSnapshot(world.repository, String(name), {
      indices: `${fatIndexOfPart2(world)},${homeless()}`,
      partial: true,
      metadata: { tandem: owner },
    });
    const [, partial] = await world.snapshotsOf('again');
    expect(partial?.state).toBe('PARTIAL');
    Object.assign(world, { worker: await world.startWorker({ ELASTICSEARCH_URL: gate.url }) });

    await world.api.untilState('again', 'COMPLETED');

    await world.engine.call('DELETE', homeless());
    const [first, second] = await world.snapshotsOf('again');
    expect(second?.uuid).not.toBe(partial?.uuid);
    expect((await backup(world.api, 'again')).parts.map(({ uuid }) => uuid)).toEqual([first?.uuid, second?.uuid]);
    expect((await world.events('again')).map(({ kind }) => kind)).toContain('part.deleted');
  });

  it('deletes a part that ended well and not as planned before it makes it anew', async () => {
    const part = gate.hold(createOfPart('differs', 2));
    const operationId = await create(world.api, 'differs');
    await part.arrived;
    // the plan shrinks while the create is on its way: the engine makes more than is planned
    const planned = fatIndexOfPart2(world);
    await world.sql('insert into index_list (digest, names) values ($1, $2)', Buffer.from('differs'), [planned]);
    await world.sql(
      `update part set index_list_digest = $1
       where number = 2 and backup_key = (select key from backup where backup_id = 'differs')`,
      Buffer.from('differs'),
    );
    part.decide({ do: 'forward' });
    await untilOperation(world, operationId, 'FAILED');
    expect((await operation(world.api, operationId)).failure).toMatchObject({ code: 'PART_DIFFERS' });
    const [first, differing] = await world.snapshotsOf('differs');
    expect(differing?.state).toBe('SUCCESS');

    expect((await retry(operationId)).status).toBe(202);

    await world.api.untilState('differs', 'COMPLETED');
    const [kept, second] = await world.snapshotsOf('differs');
    expect(kept?.uuid).toBe(first?.uuid);
    expect(second?.uuid).not.toBe(differing?.uuid);
    expect(second?.indices).toEqual([planned]);
    const deleted = (await world.events('differs')).filter(({ kind }) => kind === 'part.deleted');
    expect(deleted).toMatchObject([{ before: { uuid: differing?.uuid, state: 'SUCCESS' } }]);
  });

  it('is refused for what has not failed, and for what is not there', async () => {
    const { items } = await read<Page>(world.api, '/operations?backupId=mended');
    expectProblem(await retry(String(items[0]?.operationId)), 409, 'OPERATION_NOT_FAILED');
    expectProblem(await retry(randomUUID()), 404, 'OPERATION_NOT_FOUND');
    expectProblem(await retry('x'), 400, 'REQUEST_INVALID');
    expectProblem(await retry(randomUUID(), {}), 400, 'REQUEST_INVALID');
    expectProblem(await retry(randomUUID(), { reason: 'r', force: true }), 400, 'REQUEST_INVALID');
  });

  it('of many is shown first, and then carried out with the token of what was shown', async () => {
    await addHomeless();
    const ids = [await failedBackup('bulk-1'), await failedBackup('bulk-2'), await failedBackup('bulk-3')];
    const bulk = (body: object) => send(world.api, 'POST', '/operations/retry', { reason: 'mended', ...body });
    const filter = { kind: ['create'], failureClass: 'terminal' };

    const preview = await bulk({ filter });

    expect(preview.status, preview.text).toBe(200);
    expect(preview.json).toEqual({
      count: 3,
      more: 0,
      operationIds: ids.toReversed(),
      deletes: [],
      token: expect.any(String),
    });
    for (const id of ids) expect((await operation(world.api, id)).state).toBe('FAILED');
    const token = preview.json?.token;
    expectProblem(await bulk({ filter: { kind: ['create'] }, token }), 400, 'TOKEN_INVALID');
    expectProblem(await bulk({ filter, token: 'x' }), 400, 'TOKEN_INVALID');
    expectProblem(await bulk({ filter: { states: [] } }), 400, 'REQUEST_INVALID');
    const later = await failedBackup('bulk-later');
    const [again, ...others] = ids;
    await retry(String(again));
    await untilOperation(world, String(again), 'FAILED');
    await mend();

    const run = await bulk({ filter, token });

    const results = (result: string, ...each: readonly unknown[]) =>
      each.map((operationId) => ({ operationId, result }));
    expect(run.json).toEqual({
      items: [
        ...results('SKIPPED', later),
        ...results('QUEUED', ...others.toReversed()),
        // it failed anew since it was shown
        ...results('SKIPPED', again),
      ],
    });
    for (const id of ['bulk-2', 'bulk-3']) await world.api.untilState(id, 'COMPLETED');
    for (const id of [later, String(again)]) expect((await operation(world.api, id)).state).toBe('FAILED');
    expect((await bulk({ filter, token })).json).toEqual({
      items: [
        ...results('SKIPPED', later),
        ...results('OPERATION_NOT_FAILED', ...others.toReversed()),
        ...results('SKIPPED', again),
      ],
    });
    expect((await retry(String(again))).status).toBe(202);
    await world.api.untilState('bulk-1', 'COMPLETED');
    expect((await bulk({ filter: { backupId: 'bulk-1' } })).json).toMatchObject({ count: 0, operationIds: [] });
    await world.engine.call('DELETE', homeless());
  });
});

describe('the list', () => {
  it('is walked to its end by cursor: each operation once, the newest first', async () => {
    const { items: all } = await read<Page>(world.api, '/operations?limit=1000');
    expect(all.length).toBeGreaterThan(5);
    const times = all.map(({ requestedAt }) => String(requestedAt));
    expect(times).toEqual(times.toSorted().reverse());
    const walked: unknown[] = [];
    let query = '?limit=2';
    for (;;) {
      const { items, nextCursor } = await read<Page>(world.api, `/operations${query}`);
      expect(items.length).toBeLessThanOrEqual(2);
      walked.push(...items);
      if (nextCursor === null) break;
      query = `?limit=2&cursor=${nextCursor}`;
    }
    expect(walked).toEqual(all);
  });

  it('holds what fits all filters', async () => {
    const ids = async (query: string) =>
      (await read<Page>(world.api, `/operations?${query}`)).items.map(({ backupId }) => backupId);
    expect(await ids('state=FAILED')).toEqual(['bulk-later']);
    expect(await ids('state=FAILED,SUCCEEDED&backupId=bulk-1')).toEqual(['bulk-1']);
    expect(await ids('failureClass=terminal&kind=create')).toEqual(['bulk-later']);
    expect(await ids('kind=restore')).toEqual([]);
    expect(await ids('backupId=never')).toEqual([]);
  });
});

describe('a cancel', () => {
  it('ends a queued create before anything was made', async () => {
    const part = gate.hold(createOfPart('ahead', 1));
    await create(world.api, 'ahead');
    await part.arrived;
    const queued = await create(world.api, 'queued');

    const answer = await cancel(queued);

    expect([answer.status, answer.json?.state]).toEqual([202, 'CANCELLED']);
    part.decide({ do: 'forward' });
    await world.api.untilState('ahead', 'COMPLETED');
    await world.api.untilState('queued', 'INCOMPLETE');
    expect(await world.snapshotsOf('queued')).toEqual([]);
    expect(await world.untilEvent('queued', 'operation.cancelled')).toMatchObject({ reason: 'not now' });
    expectProblem(await cancel(queued), 409, 'OPERATION_ENDED');
    expectProblem(await retry(queued), 409, 'OPERATION_NOT_FAILED');
    expectProblem(await cancel(randomUUID()), 404, 'OPERATION_NOT_FOUND');
  });

  it.each([
    [false, 1],
    [true, 0],
  ])('aborts a running snapshot; deleteSnapshots %s leaves %i of what was done', async (deleteSnapshots, left) => {
    const id = `running-${deleteSnapshots}`;
    if (!deleteSnapshots) await fatten(world, fatIndexOfPart2(world), 8);
    await limitRepository(world, '500kb');
    const operationId = await create(world.api, id);
    await world.until(
      'part 2 runs',
      () => world.snapshotsOf(id),
      ([, second]) => second?.state === 'IN_PROGRESS',
    );

    expect((await cancel(operationId, { deleteSnapshots })).status).toBe(202);

    expect(await world.api.state(id)).toBe('INCOMPLETE');
    const told = /Cancelled by 127\.0\.0\.1 at 2\S+Z: not now\. Take a backup under another id, or delete this one/;
    expect(await backup(world.api, id)).toMatchObject({
      ...{ state: 'INCOMPLETE', create: { state: 'CANCELLED' } },
      failure: { code: 'OPERATION_CANCELLED', message: expect.stringMatching(told), data: { cause: 'request' } },
    });
    const again = await send(world.api, 'POST', '/backups', { backupId: id });
    expectProblem(again, 409, 'BACKUP_EXISTS');
    expect(again.json?.detail).toMatch(told);
    const kinds = (await world.sql('select kind from event where backup_id = $1 order by id', id)).map(
      ({ kind }) => kind,
    );
    expect(kinds).toContain('backup.cancelled');
    expect(kinds).not.toContain('backup.delete-requested');

    const deletion = async () => (await read<Page>(world.api, `/operations?backupId=${id}&kind=delete`)).items;
    await world.until('its snapshots are dealt with', deletion, ([one]) => one?.state === 'SUCCEEDED');
    expect((await world.snapshotsOf(id)).map(({ state }) => state)).toEqual(Array(left).fill('SUCCESS'));
    expect(await backup(world.api, id)).toMatchObject({ state: 'INCOMPLETE', deletedAt: null });
    expect((await operation(world.api, operationId)).state).toBe('CANCELLED');
    await world.engine.call('DELETE', `_snapshot/${world.repository}/none-such`).catch(() => undefined);
  });
});
