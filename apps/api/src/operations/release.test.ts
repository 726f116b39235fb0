import { inMemoryEngine } from '@tandem/engine/in-memory/engine.ts';
import { inMemoryHistory } from '@tandem/history/in-memory/history.ts';
import { fail } from '@tandem/shared/domain/failure/failure.ts';
import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import type { OperationKind } from '@tandem/shared/domain/operation/operation.ts';
import { newRestoreDetail, type RestoreTask } from '@tandem/shared/domain/restore/run/restore-memory.ts';
import { expect, it } from 'vitest';
import type { RequestContext } from '../http/route.ts';
import { previewRelease, runRelease } from './bulk-release.ts';
import { cancel, type Operate, release } from './operate.ts';

const actor = { kind: 'anonymous', address: '127.0.0.1' } as const;
const context = { actor, requestId: 'request-1', role: 'admin' } as RequestContext;
const asked = { actor, reason: 'the workers are back', requestId: 'request-1' };
const idOf = (nth: number) => `00000000-0000-4000-8000-${String(nth).padStart(12, '0')}`;
const numberOf = (id: string) => Number(id.slice(-12));

const task = {
  parts: [{ number: 1, snapshot: 'backup-1-1', uuid: 'u', indices: [{ index: 'a', as: 'a' }] }],
  deletes: [],
  inPlace: true,
} as unknown as RestoreTask;

const setUp = () => {
  const history = inMemoryHistory({ now: () => new Date(0) });
  const engine = inMemoryEngine();
  const queued: number[] = [];
  const deps: Operate = {
    ...{ history, engine, announce: () => undefined, newId: () => idOf(999) },
    enqueue: ({ operationId }) => void queued.push(numberOf(operationId)),
  };
  const accept = (nth: number, repositoryUuid: string | undefined = `u-${nth}`) =>
    history.accept({
      ...{ backupId: `backup-${nth}`, optimizeVersion: '3.9.0', profile: 'optimize', indexPrefix: 'optimize' },
      ...{ origin: 'requested', location: { clusterUuid: 'c', repository: `r-${nth}`, repositoryUuid } },
      parts: [{ number: 1, of: 1, snapshotName: `backup-${nth}-1`, indices: ['a'] }],
      ...{ operationId: idOf(nth), requestId: undefined, actor, events: [] },
    });
  const completed = async (nth: number) => {
    await accept(nth);
    const options = { worker: 'one', leaseMs: 10_000, createsPerRepository: 1, queuedRetryMs: 1_000 };
    const claimed = await history.claim(idOf(nth), options);
    if (!claimed.claimed) throw new Error(claimed.why);
    const outcome = { do: 'end', state: 'SUCCEEDED', backup: 'COMPLETED' } as const;
    await history.record(idOf(nth), claimed.operation.revision, { outcome });
    return (await history.findBackup(`backup-${nth}`, undefined))?.key ?? '';
  };
  const open = async (nth: number, kind: Exclude<OperationKind, 'create'>, more: Partial<RestoreTask> = {}) => {
    const backupKey = await completed(nth);
    const operationId = idOf(nth + 100);
    if (kind === 'delete') {
      const deletion = { operationId, keepBackup: false, onlyUnfinished: false, deleteDiscovered: false };
      await history.requestDeletion(backupKey, asked, deletion);
    } else {
      const restore = { operationId, kind, backupKey, clusterUuid: `c-${nth}`, requestId: undefined, actor };
      await history.requestRestore({ ...restore, detail: newRestoreDetail({ ...task, ...more }), events: [] });
    }
    return operationId;
  };
  const why = { code: 'HISTORY_ROLLED_BACK', message: 'Rolled back.', data: {} };
  const suspendAll = () => history.suspendOperations({ scope: 'all' }, { actor, source: 'worker', why }, 100);
  return { history, engine, deps, queued, accept, open, suspendAll };
};

it('releases a suspended create and queues it', async () => {
  const { deps, queued, accept, suspendAll } = setUp();
  await accept(1);
  await expect(release(deps, idOf(1), asked)).rejects.toMatchObject({ code: 'OPERATION_NOT_SUSPENDED' });
  await suspendAll();
  expect(await release(deps, idOf(1), asked)).toMatchObject({ state: 'QUEUED' });
  expect(queued).toEqual([1]);
  await expect(release(deps, idOf(7), asked)).rejects.toMatchObject({ code: 'OPERATION_NOT_FOUND' });
});

it.each(['restore', 'rehearse'] as const)('does not release a suspended %s, and says how it ends', async (kind) => {
  const { deps, queued, open, suspendAll } = setUp();
  const id = await open(1, kind);
  await suspendAll();
  const message = expect.stringContaining(`POST /api/v1/operations/${id}/cancel`);
  await expect(release(deps, id, asked)).rejects.toMatchObject({ code: 'OPERATION_NOT_RELEASABLE', message });
  expect(queued).toEqual([]);
});

it('abandons a suspended restore: the engine is read only, and the report says what is there', async () => {
  const { history, engine, deps, queued, open, suspendAll } = setUp();
  const id = await open(1, 'restore');
  await suspendAll();
  engine.createIndex('a');
  const [{ uuid = '' } = {}] = await engine.describeIndices(['a']);
  const calls: string[] = [];
  const watched = new Proxy(engine, {
    get: (target, name: keyof typeof engine) => {
      calls.push(String(name));
      return target[name];
    },
  });
  const cancelled = await cancel({ ...deps, engine: watched }, id, asked, true);
  expect(calls).toEqual(['indexRecoveries']);
  expect(cancelled).toMatchObject({
    state: 'CANCELLED',
    failure: { code: 'RESTORE_ABANDONED', data: { there: [{ index: 'a', uuid, source: null }], absent: [] } },
  });
  expect(queued).toEqual([]);
  expect(await history.findRestore(id)).toMatchObject({ state: 'CANCELLED' });
  await expect(cancel(deps, id, asked, false)).rejects.toMatchObject({ code: 'OPERATION_ENDED' });
});

it.each([
  ['intact', true, 'safety backup backup-2, which is intact'],
  ['not intact now', false, 'backup-2 is no longer intact: snapshot backup-2-1 is not in the repository'],
])('checks the safety backup of a restore that it abandons: %s', async (_, safetyIntact, words) => {
  const { deps, engine, history, accept, open, suspendAll } = setUp();
  engine.createRepository('r-2');
  engine.createIndex('a');
  const owner = { backupId: 'backup-2', operationId: idOf(2), part: 1, of: 1, optimizeVersion: '3.9.0', tandem: '0' };
  await engine.startSnapshot({ repository: 'r-2', name: 'backup-2-1', indices: ['a'], owner });
  engine.finishAll();
  const [made] = engine.snapshots('r-2');
  await accept(2, (await engine.readRepository('r-2')).uuid);
  const claim = { worker: 'one', leaseMs: 10_000, createsPerRepository: 1, queuedRetryMs: 1_000 };
  const claimed = await history.claim(idOf(2), claim);
  if (!claimed.claimed) throw new Error(claimed.why);
  await history.record(idOf(2), claimed.operation.revision, {
    parts: [{ number: 1, state: 'SUCCESS', uuid: made?.uuid ?? '' }],
    outcome: { do: 'end', state: 'SUCCEEDED', backup: 'COMPLETED' },
  });
  const id = await open(1, 'restore', { deletes: [{ index: 'a', uuid: 'u' }], safetyBackupId: 'backup-2' });
  await suspendAll();
  if (!safetyIntact) engine.removeSnapshot('r-2', 'backup-2-1');
  const { failure } = await cancel(deps, id, asked, false);
  expect(failure).toMatchObject({ code: 'RESTORE_ABANDONED', data: { safetyBackupId: 'backup-2', safetyIntact } });
  expect(failure?.message).toContain(words);
});

it('abandons it also while the engine does not answer', async () => {
  const { deps, engine, open, suspendAll } = setUp();
  const id = await open(1, 'rehearse');
  await suspendAll();
  engine.failNext('indexRecoveries', fail('ENGINE_UNREACHABLE', 'It does not answer.'));
  expect(await cancel(deps, id, asked, false)).toMatchObject({
    state: 'CANCELLED',
    failure: { data: { there: null } },
  });
});

it('cancels a suspended create without a deletion, unless it is requested', async () => {
  const { history, deps, accept, suspendAll } = setUp();
  for (const nth of [1, 2]) await accept(nth);
  await suspendAll();
  await cancel(deps, idOf(1), asked, false);
  expect(await history.findOperation(idOf(999))).toBeUndefined();
  await cancel(deps, idOf(2), asked, true);
  expect(await history.findOperation(idOf(999))).toMatchObject({ kind: 'delete', backupId: 'backup-2' });
});

it('releases many that a preview showed; deletions only where they are named, restores never', async () => {
  const { deps, queued, accept, open, suspendAll } = setUp();
  await accept(1);
  await open(2, 'delete');
  await open(3, 'restore');
  await suspendAll();
  const request = (kind?: OperationKind[]) => ({ filter: omitUndefined({ kind }), reason: 'back' });
  const numbers = async (kind?: OperationKind[]) =>
    (await previewRelease(deps, request(kind))).operations.map(({ operationId }) => numberOf(operationId));
  expect(await numbers()).toEqual([1]);
  expect(await numbers(['restore', 'rehearse'])).toEqual([]);
  const named = request(['create', 'delete', 'restore']);
  const { count, token, deletes, operations } = await previewRelease(deps, named);
  expect(count).toBe(2);
  expect(operations[0]).toMatchObject({ kind: 'delete', suspension: { code: 'HISTORY_ROLLED_BACK' } });
  expect(deletes).toEqual([
    { operationId: idOf(102), backupId: 'backup-2', repository: 'r-2', snapshotNames: ['backup-2-1'] },
  ]);
  await release(deps, idOf(1), asked);
  await accept(4);
  await suspendAll();
  const { items } = await runRelease(deps, named, token, context);
  expect(items.map(({ operationId, result }) => [numberOf(operationId), result])).toEqual([
    [4, 'SKIPPED'],
    [102, 'QUEUED'],
    [1, 'SKIPPED'],
  ]);
  expect(queued).toEqual([1, 102]);
  await expect(runRelease(deps, request(), token, context)).rejects.toMatchObject({ code: 'TOKEN_INVALID' });
});
