import { beforeAll, describe, expect, it } from 'vitest';
import { restoreOfPart } from './faults/restore-promise.ts';
import {
  indexNames,
  readRestore,
  rehearse,
  removeIndices,
  restore,
  untilRestoreEnded,
} from './harness/requests/restores.ts';
import { backup, create, expectProblem, operation, read, send, untilOperation } from './harness/requests/v1.ts';
import { openEngineGate } from './harness/services/engine-gate.ts';
import { importIndices, putSmallOptimize } from './harness/services/small-optimize.ts';
import { useWorld } from './harness/world.ts';

const world = useWorld({ apps: false, environment: { CAMUNDA_OPTIMIZE_VERSION: '3.9.0' } });

beforeAll(async () => {
  const [api, worker] = await Promise.all([world.startApi(), world.startWorker()]);
  Object.assign(world, { api, worker });
});

/** As if no worker had claimed the open operations for that long. */
const letPass = (hours: number) =>
  world.sql(
    `update operation set next_tick_at = now() - make_interval(hours => ${hours}), requested_at = now() - make_interval(hours => ${hours}) where ended_at is null`,
  );
const release = (id: string, body: object = { reason: 'the workers are back' }) =>
  send(world.api, 'POST', `/operations/${id}/release`, body);

/** The row of an operation that has ended, as an older copy of the database holds it, and suspended because of that. */
const rollBack = (id: string) =>
  world.sql(
    `update operation set state = 'SUSPENDED', suspended_at = now(), ended_at = null, lease_until = null, failure = null, create_slot = null,
       suspension = '{"code": "HISTORY_ROLLED_BACK", "message": "The database was restored from a dump.", "data": {}}'
     where id = $1::uuid`,
    id,
  );

describe('operations that no worker claimed for too long', () => {
  let old: string;
  let deletion: string;

  beforeAll(async () => {
    await create(world.api, 'kept');
    await world.api.untilState('kept', 'COMPLETED');
    await world.worker.kill();
    old = await create(world.api, 'old');
    deletion = String(
      (await send(world.api, 'DELETE', '/backups/kept', { reason: 'too old', confirm: 'kept' })).json?.operationId,
    );
    await letPass(13);
    Object.assign(world, { worker: await world.startWorker() });
    await untilOperation(world, old, 'SUSPENDED');
    await untilOperation(world, deletion, 'SUSPENDED');
  });

  it('are suspended, send the engine nothing, and block no other backup', async () => {
    await create(world.api, 'new');
    await world.api.untilState('new', 'COMPLETED');
    expect(await world.snapshotsOf('old')).toEqual([]);
    expect(await world.snapshotsOf('kept')).toHaveLength(2);
    expect(await operation(world.api, old)).toMatchObject({
      ...{ state: 'SUSPENDED', suspension: { code: 'OPERATION_UNCLAIMED' }, nextTickAt: null },
    });
    expect(await world.api.state('old')).toBe('FAILED');
    expect(await world.api.state('kept')).toBe('COMPLETED');
    const asked = Date.now();
    expect(await read(world.api, '/backups/old?wait=20s')).toMatchObject({
      ...{ state: 'FAILED', failure: { code: 'OPERATION_UNCLAIMED' }, create: { state: 'SUSPENDED' } },
    });
    expect(Date.now() - asked).toBeLessThan(10_000);
  });

  it('are listed, and shown in readiness and metrics', async () => {
    const { items } = await read<{ items: { operationId: string }[] }>(world.api, '/operations?state=SUSPENDED');
    expect(items.map(({ operationId }) => operationId)).toEqual([deletion, old]);
    const { json } = await world.api.call('/actuator/health/readiness');
    expect(json).toMatchObject({ status: 'UP', components: { operations: { status: 'WARN' } } });
    const { text } = await world.api.call('/actuator/prometheus');
    expect(text).toMatch(/tandem_open_operations\{kind="create",state="SUSPENDED",failure_class="none"\} 1/);
    expect(text).toMatch(/tandem_oldest_suspended_operation_seconds [0-9.]+/);
  });

  it('are named, with the calls that end them, where their backup is requested again', async () => {
    const again = await send(world.api, 'POST', '/backups', { backupId: 'old' });
    expect(expectProblem(again, 409, 'BACKUP_EXISTS')).toContain(`POST /api/v1/operations/${old}/release`);
    const legacy = await world.api.post('old');
    expect([legacy.status, legacy.text.includes(`/api/v1/operations/${old}/cancel`)]).toEqual([409, true]);
    const deleted = await send(world.api, 'DELETE', '/backups/kept', { reason: 'again', confirm: 'kept' });
    expect(expectProblem(deleted, 409, 'BACKUP_BUSY')).toContain(`POST /api/v1/operations/${deletion}/release`);
    const rehearsed = await send(world.api, 'POST', '/backups/kept/rehearse', {});
    expect(expectProblem(rehearsed, 409, 'RESTORE_BLOCKED')).toContain(`POST /api/v1/operations/${deletion}/release`);
    const { json: plan } = await send(world.api, 'POST', '/restores/plan', { backupId: 'kept' });
    expect(plan?.blockers).toContainEqual(
      expect.objectContaining({ code: 'BACKUP_BUSY', found: [`kept (delete, operation ${deletion})`] }),
    );
  });

  it('are carried out once they are released, with a reason: one, or many that a preview showed', async () => {
    expectProblem(await release(old, {}), 400, 'REQUEST_INVALID');
    const released = (await release(old)).json;
    expect(released).toMatchObject({ operationId: old, suspension: null });
    // a worker may have claimed it before it was read
    expect(released?.state).toMatch(/^(QUEUED|RUNNING|WAITING)$/);
    await world.api.untilState('old', 'COMPLETED');
    expectProblem(await release(old), 409, 'OPERATION_NOT_SUSPENDED');
    expect(await world.untilEvent('old', 'operation.released')).toMatchObject({ reason: 'the workers are back' });

    const bulk = (body: object) => send(world.api, 'POST', '/operations/release', { reason: 'reviewed', ...body });
    expect((await bulk({ filter: {} })).json).toMatchObject({ count: 0, operations: [] });
    const filter = { kind: ['delete'] };
    const preview = (await bulk({ filter })).json;
    expect(preview).toMatchObject({
      count: 1,
      operations: [{ operationId: deletion, kind: 'delete', backupId: 'kept' }],
    });
    expect((await bulk({ filter, token: preview?.token })).json).toEqual({
      items: [{ operationId: deletion, result: 'QUEUED' }],
    });
    await untilOperation(world, deletion, 'SUCCEEDED');
    expect(await world.snapshotsOf('kept')).toEqual([]);
  });
});

describe('operations of a database that was put back to an earlier state', () => {
  it('end SUCCEEDED where the backup had been completed since: its snapshots are adopted, not made again', async () => {
    const id = await create(world.api, 'forgotten');
    await world.api.untilState('forgotten', 'COMPLETED');
    const made = await world.snapshotsOf('forgotten');
    await world.sql(
      `update part set state = 'PLANNED', starts = 0, uuid = null, ended_at = null where backup_key = (select backup_key from operation where id = $1::uuid)`,
      id,
    );
    await world.sql(
      `update backup set state = 'FAILED', finished_at = null where key = (select backup_key from operation where id = $1::uuid)`,
      id,
    );
    await rollBack(id);
    await untilOperation(world, id, 'SUCCEEDED');
    const { state, parts } = await backup(world.api, 'forgotten');
    expect(state).toBe('COMPLETED');
    expect(parts.map(({ uuid }) => uuid)).toEqual(made.map(({ uuid }) => uuid));
    expect(await world.snapshotsOf('forgotten')).toEqual(made);
  });

  it('lose no snapshot when a create is cancelled that had been completed in part', async () => {
    const id = await create(world.api, 'in-part');
    await world.api.untilState('in-part', 'COMPLETED');
    const [first, second] = await world.snapshotsOf('in-part');
    await world.engine.call('DELETE', `_snapshot/${world.repository}/${second?.snapshot}`);
    await world.sql(
      `update part set state = 'PLANNED', uuid = null where backup_key = (select backup_key from operation where id = $1::uuid)`,
      id,
    );
    await rollBack(id);
    const cancelled = await send(world.api, 'POST', `/operations/${id}/cancel`, { reason: 'not needed' });
    expect([cancelled.status, cancelled.json?.state]).toEqual([202, 'CANCELLED']);
    // two rounds of the orphan cleanup
    await new Promise((resolve) => setTimeout(resolve, 4_000));
    expect((await world.snapshotsOf('in-part')).map(({ uuid }) => uuid)).toEqual([first?.uuid]);
  });

  it('never touch what a restore brought back: it is abandoned with a report', async () => {
    const target = { renamePattern: '(.+)', renameReplacement: 'beside-$1' };
    const id = await restore(world.api, { backupId: 'new', target });
    expect(await untilRestoreEnded(world, id)).toMatchObject({ state: 'SUCCEEDED' });
    const names = await indexNames(world.engine, `beside-${world.prefix}-*`);
    await rollBack(id);
    expect(await readRestore(world.api, id)).toMatchObject({
      ...{ state: 'SUSPENDED', suspension: { code: 'HISTORY_ROLLED_BACK' } },
    });
    expect(expectProblem(await release(id), 409, 'OPERATION_NOT_RELEASABLE')).toContain(`/operations/${id}/cancel`);

    const cancelled = await send(world.api, 'POST', `/restores/${id}/cancel`, { reason: 'it had finished' });

    expect([cancelled.status, cancelled.json?.state]).toEqual([202, 'CANCELLED']);
    const { failure } = await readRestore(world.api, id);
    const { there } = (failure as { data: { there: { index: string; source: { snapshot: string } | null }[] } }).data;
    expect(failure).toMatchObject({ code: 'RESTORE_ABANDONED', data: { absentCount: 0 } });
    expect(there.map(({ index }) => index).sort()).toEqual(names);
    const snapshots = (await world.snapshotsOf('new')).map(({ snapshot }) => snapshot);
    expect([...new Set(there.map(({ source }) => source?.snapshot))].sort()).toEqual(snapshots);
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    expect(await indexNames(world.engine, `beside-${world.prefix}-*`)).toEqual(names);
    await removeIndices(world.engine, `beside-${world.prefix}-*`);
  });

  it('leave a restore in place blocked for writing, and the report has the calls that lift the blocks', async () => {
    const gate = await openEngineGate(world.engineUrl);
    world.onEnd(gate.shut);
    await removeIndices(world.engine, `${world.prefix}-*`);
    await world.worker.kill();
    Object.assign(world, { worker: await world.startWorker({ ELASTICSEARCH_URL: gate.url }) });
    const part2 = gate.hold(restoreOfPart(2));
    const id = await restore(world.api, { backupId: 'new' });
    await part2.arrived;
    await world.worker.kill();
    part2.decide({ do: 'lose' });
    await rollBack(id);

    const cancelled = await send(world.api, 'POST', `/restores/${id}/cancel`, { reason: 'the database is older' });

    expect([cancelled.status, cancelled.json?.state]).toEqual([202, 'CANCELLED']);
    const { failure } = await readRestore(world.api, id);
    const { message, data } = failure as { message: string; data: { liftBlocks: readonly string[] } };
    const left = [...importIndices(world.prefix)].sort();
    expect(await indexNames(world.engine, `${world.prefix}-*`)).toEqual(left);
    const write = (name: string) => world.engine.call('POST', `${name}/_doc`, { written: true });
    for (const name of left) {
      expect(message).toContain(name);
      await expect(write(name)).rejects.toThrow('cluster_block_exception');
    }
    expect(message).toContain(`stay blocked for writing`);
    for (const call of data.liftBlocks) {
      const [method = '', path = '', body = ''] = call.split(' ');
      await world.engine.call(method, path.slice(1), JSON.parse(body));
    }
    for (const name of left) await write(name);
    Object.assign(world, { worker: await world.startWorker() });
    await removeIndices(world.engine, `${world.prefix}-*`);
    await putSmallOptimize(world.engine, world.prefix);
  });

  it('have the copies of a suspended rehearsal removed', async () => {
    const id = await rehearse(world.api, 'new');
    await untilRestoreEnded(world, id);
    const prefix = `tandem-rehearsal-${id.replaceAll('-', '').slice(-12)}`;
    const [, second] = await world.snapshotsOf('new');
    await rollBack(id);
    await world.engine.call(
      'POST',
      `_snapshot/${world.repository}/${second?.snapshot}/_restore?wait_for_completion=true`,
      {
        ...{ rename_pattern: '^(.+)$', rename_replacement: `${prefix}-$1`, include_aliases: false },
      },
    );
    await world.until(
      'the copies are gone',
      () => indexNames(world.engine, `${prefix}-*`),
      (names) => names.length === 0,
    );
    expect(await readRestore(world.api, id)).toMatchObject({ state: 'SUSPENDED' });
    expect((await send(world.api, 'POST', `/restores/${id}/cancel`, { reason: 'over' })).json?.state).toBe('CANCELLED');
  });
});
