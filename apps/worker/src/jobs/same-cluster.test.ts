import { ENGINE_WRITES } from '@tandem/engine/calls-port.ts';
import { type EngineFailureCode, fail } from '@tandem/shared/domain/failure/failure.ts';
import type { ClaimedOperation } from '@tandem/shared/domain/operation/claimed-operation.ts';
import { describe, expect, it } from 'vitest';
import { ALERTS, actor, inPlace, POSITIONS, REPOSITORY, RESTORE, rehearsal, setUp } from './restore/restore.fixture.ts';
import { clusterNow, clusterOf, otherCluster } from './same-cluster.ts';

const CREATE = '0198c0de-7000-7000-8000-000000000009';
const DELETE = '0198c0de-7000-7000-8000-00000000000a';

const asked = { actor, reason: 'wrong one', requestId: undefined };

type World = Awaited<ReturnType<typeof setUp>>;

/** As soon as a call has been made so often, the address leads to another cluster with the same contents. */
const switchedAt = async (method: string, times: number) => {
  let left = Number.POSITIVE_INFINITY;
  let world: World | undefined;
  const seen: string[] = [];
  world = await setUp({
    onCall: (called) => {
      if (left <= 0) seen.push(called);
      if (called !== method) return;
      left -= 1;
      if (left === 0) world?.engine.leadTo('another-cluster');
    },
  });
  left = times;
  return { ...world, writesElsewhere: () => seen.filter((called) => ENGINE_WRITES.some((write) => write === called)) };
};

describe('an operation whose address leads to another cluster', () => {
  it('takes no part of a backup there: a set comes from one cluster', async () => {
    const world = await switchedAt('startSnapshot', 1);
    await world.backUp('c', CREATE);
    await world.toTheEnd(CREATE);
    expect(await world.history.findOperation(CREATE)).toMatchObject({
      state: 'FAILED',
      failure: { code: 'CLUSTER_CHANGED', data: { expected: 'in-memory-cluster', found: 'another-cluster' } },
    });
    expect(world.writesElsewhere()).toEqual([]);
  });

  it('resumes when the address leads back', async () => {
    const world = await switchedAt('startSnapshot', 1);
    await world.backUp('c', CREATE);
    await world.toTheEnd(CREATE, (ticks) => {
      if (ticks === 4) world.engine.leadTo('in-memory-cluster');
      return undefined;
    });
    expect(await world.history.findOperation(CREATE)).toMatchObject({ state: 'SUCCEEDED' });
  });

  it.each([
    ['the safety of its parts', 'startRestore', 1],
    ['a deletion', 'deleteIndices', 1],
  ] as const)('sends nothing of a restore there after %s', async (_, method, times) => {
    const world = await switchedAt(method, times);
    if (method === 'startRestore') world.forget();
    await world.begin({ ...inPlace, deleteExisting: true, acceptUnsaved: [ALERTS, POSITIONS] });
    await world.toTheEnd(RESTORE);
    expect(await world.restore()).toMatchObject({ state: 'FAILED', failure: { code: 'CLUSTER_CHANGED' } });
    expect(world.writesElsewhere()).toEqual([]);
  });

  it('sends nothing of a rollback there', async () => {
    const world = await switchedAt('deleteIndices', 1);
    await world.begin(rehearsal);
    await world.toTheEnd(RESTORE);
    expect(world.writesElsewhere()).toEqual([]);
    expect((await world.restore()).state).toBe('FAILED');
  });
});

describe('a cancel of such an operation', () => {
  it('of a create ends without a call that changes the engine, and says what is left where', async () => {
    const world = await switchedAt('startSnapshot', 1);
    await world.backUp('c', CREATE);
    const deletion = { operationId: DELETE, keepBackup: true, onlyUnfinished: false, deleteDiscovered: false };
    await world.toTheEnd(CREATE, (ticks) => {
      if (ticks === 2) void world.history.cancelOperation(CREATE, asked, deletion);
      return undefined;
    });
    await world.toTheEnd(DELETE);
    expect(await world.history.findOperation(DELETE)).toMatchObject({
      state: 'FAILED',
      failure: {
        code: 'CLUSTER_CHANGED',
        message: expect.stringContaining('camunda_optimize_c_3.9.0_part_1_of_2 may be left in its repository'),
        data: { repository: REPOSITORY, left: ['camunda_optimize_c_3.9.0_part_1_of_2'] },
      },
    });
    expect(world.writesElsewhere()).toEqual([]);
  });

  it('of a restore is CANCELLED without a call that changes the engine, and says what is left where', async () => {
    const world = await switchedAt('startRestore', 1);
    world.forget();
    await world.begin(inPlace);
    await world.toTheEnd(RESTORE, (ticks) => {
      if (ticks === 6) void world.history.stopRestore(RESTORE, asked);
      return undefined;
    });
    expect(await world.restore()).toMatchObject({
      state: 'CANCELLED',
      failure: { code: 'CLUSTER_CHANGED', message: expect.stringContaining(`left there, blocked for writing`) },
    });
    expect(world.writesElsewhere()).toEqual([]);
  });
});

describe('the cluster of an operation', () => {
  const backup = { location: { clusterUuid: 'of-the-backup' } };
  const of = (kind: string, detail: object) => clusterOf({ kind, backup, detail } as unknown as ClaimedOperation);

  it.each([
    ['a create', 'create', {}, 'of-the-backup'],
    ['a cancelled create that removes what it made', 'delete', { keepBackup: true }, 'of-the-backup'],
    [
      'a restore, which may be of a backup of another',
      'restore',
      { task: { clusterUuid: 'restored-into' } },
      'restored-into',
    ],
    ['a rehearsal', 'rehearse', { task: { clusterUuid: 'restored-into' } }, 'restored-into'],
    ['a deletion that has sent nothing', 'delete', {}, undefined],
    ['a deletion that has sent something', 'delete', { clusterUuid: 'of-its-first-call' }, 'of-its-first-call'],
  ])('%s', (_, kind, detail, expected) => {
    expect(of(kind, detail)).toBe(expected);
  });

  it('is not known while a node has not joined one, which is no difference', async () => {
    expect(await clusterNow({ info: async () => ({ clusterUuid: '_na_' }) as never })).toBeUndefined();
    expect(await clusterNow({ info: async () => ({ clusterUuid: 'one' }) as never })).toBe('one');
  });

  it('is not known where the engine does not allow the call, and any other failure is one', async () => {
    const failing = (code: EngineFailureCode) => ({
      info: () => Promise.reject(fail(code, 'no', { call: 'info' })),
    });
    expect(await clusterNow(failing('ENGINE_FORBIDDEN'))).toBeUndefined();
    await expect(clusterNow(failing('ENGINE_TIMEOUT'))).rejects.toMatchObject({ code: 'ENGINE_TIMEOUT' });
  });

  it('is not asked for where any will do', async () => {
    const { engine } = await setUp();
    const asked = engine.calls.length;
    expect(await otherCluster(engine, undefined)).toBeUndefined();
    expect(engine.calls).toHaveLength(asked);
  });
});
