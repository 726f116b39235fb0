import { inMemoryEngine } from '@tandem/engine/in-memory/engine.ts';
import {
  command,
  completed,
  deleted,
  deletion,
  failed,
  keyOf,
  newCreate,
  operationId,
} from '@tandem/history/conformance/examples.ts';
import { newRestore } from '@tandem/history/conformance/restores/examples.ts';
import { inMemoryHistory } from '@tandem/history/in-memory/history.ts';
import { describe, expect, it } from 'vitest';
import { cancel, findOperation, listPage, type Operate, retry } from './operate.ts';

const CREATE = operationId(1);
const RESTORE = operationId(2);
const DELETION = operationId(999);

const setUp = () => {
  const history = inMemoryHistory({ now: () => new Date('2026-01-01T00:00:00Z') });
  const queued: string[] = [];
  const announced: string[] = [];
  const deps: Operate = {
    ...{ history, engine: inMemoryEngine(), newId: () => DELETION },
    enqueue: ({ operationId: id }) => void queued.push(id),
    announce: (backupIds) => void announced.push(...backupIds),
  };
  const hold = async (backupId: string) =>
    history.annotate(await keyOf(history, backupId), command, { hold: { reason: 'audit', until: undefined } });
  return { history, deps, queued, announced, hold };
};

describe('an operation', () => {
  it('is found by its id', async () => {
    const { history, deps } = setUp();
    await history.accept(newCreate(1, 'nightly'));
    expect(await findOperation(deps, CREATE)).toMatchObject({ kind: 'create', backupId: 'nightly', state: 'QUEUED' });
  });

  it('that nobody requested is not found', async () => {
    await expect(findOperation(setUp().deps, CREATE)).rejects.toMatchObject({
      ...{ code: 'OPERATION_NOT_FOUND', data: { operationId: CREATE } },
    });
  });
});

describe('a retry', () => {
  it('queues what FAILED, and tells those who wait for its backup', async () => {
    const { history, deps, queued, announced } = setUp();
    await failed(history, newCreate(1, 'nightly'));
    expect(await retry(deps, CREATE, command)).toMatchObject({ operationId: CREATE, state: 'QUEUED' });
    expect([queued, announced]).toEqual([[CREATE], ['nightly']]);
  });

  type World = ReturnType<typeof setUp>;
  it.each<[string, (world: World) => Promise<unknown>, string, RegExp]>([
    ['nobody requested', async () => undefined, 'OPERATION_NOT_FOUND', /^No operation has the id/],
    [
      'is open',
      ({ history }) => history.accept(newCreate(1, 'nightly')),
      'OPERATION_NOT_FAILED',
      / is QUEUED; only one that FAILED can be retried\.$/,
    ],
    [
      'made a backup that is deleted',
      async ({ history }) => {
        await failed(history, newCreate(1, 'nightly'));
        await history.requestDeletion(await keyOf(history, 'nightly'), command, deletion(3));
        await deleted(history, operationId(3));
      },
      'BACKUP_DELETED',
      /^Backup nightly has been deleted/,
    ],
    [
      'made a backup that another operation uses',
      async ({ history }) => {
        await failed(history, newCreate(1, 'nightly'));
        await history.requestDeletion(await keyOf(history, 'nightly'), command, deletion(3, { keepBackup: true }));
      },
      'BACKUP_BUSY',
      /wait for its end, or cancel it\.$/,
    ],
    [
      'made a backup whose other operation is suspended',
      async ({ history }) => {
        await failed(history, newCreate(1, 'nightly'));
        await history.requestDeletion(await keyOf(history, 'nightly'), command, deletion(3, { keepBackup: true }));
        const why = { code: 'HISTORY_ROLLED_BACK', message: 'Rolled back.', data: {} };
        await history.suspendOperations({ scope: 'all' }, { actor: command.actor, source: 'worker', why }, 10);
      },
      'BACKUP_BUSY',
      new RegExp(`Operation ${operationId(3)} \\(delete\\) is SUSPENDED: `),
    ],
  ])('of what %s is refused', async (_, arrange, code, message) => {
    const world = setUp();
    await arrange(world);
    await expect(retry(world.deps, CREATE, command)).rejects.toMatchObject({
      ...{ code, message: expect.stringMatching(message) },
    });
    expect([world.queued, world.announced]).toEqual([[], []]);
  });
});

describe('a cancel', () => {
  it('ends an open create, and queues the deletion of what it made', async () => {
    const { history, deps, queued, announced } = setUp();
    await history.accept(newCreate(1, 'nightly'));
    expect(await cancel(deps, CREATE, command, true)).toMatchObject({ operationId: CREATE, state: 'CANCELLED' });
    expect(await findOperation(deps, DELETION)).toMatchObject({ kind: 'delete', state: 'QUEUED' });
    expect([queued, announced]).toEqual([[DELETION], ['nightly']]);
  });

  it('of a deletion opens no other one', async () => {
    const { history, deps, queued } = setUp();
    await completed(history, newCreate(1, 'nightly'));
    await history.requestDeletion(await keyOf(history, 'nightly'), command, deletion(3));
    expect(await cancel(deps, operationId(3), command, true)).toMatchObject({ state: 'CANCELLED' });
    await expect(findOperation(deps, DELETION)).rejects.toMatchObject({ code: 'OPERATION_NOT_FOUND' });
    expect(queued).toEqual([]);
  });

  it('lets a restore roll back first', async () => {
    const { history, deps, queued } = setUp();
    await completed(history, newCreate(1, 'nightly'));
    await history.requestRestore(newRestore(2, await keyOf(history, 'nightly')));
    expect(await cancel(deps, RESTORE, command, false)).toMatchObject({ kind: 'restore', state: 'QUEUED' });
    expect((await history.findRestore(RESTORE))?.detail).toMatchObject({ stop: { reason: command.reason } });
    expect(queued).toEqual([RESTORE]);
  });

  it.each(['create', 'restore'])('of a %s that has ended is refused', async (kind) => {
    const { history, deps } = setUp();
    await completed(history, newCreate(1, 'nightly'));
    const id = kind === 'create' ? CREATE : RESTORE;
    if (kind === 'restore') {
      await history.requestRestore(newRestore(2, await keyOf(history, 'nightly')));
      const options = { worker: 'w', leaseMs: 1_000, createsPerRepository: 1, queuedRetryMs: 1 };
      const claim = await history.claim(RESTORE, options);
      if (!claim.claimed) throw new Error(claim.why);
      const outcome = { do: 'end', state: 'FAILED', failure: { code: 'X', message: 'No.', data: {} } } as const;
      await history.record(RESTORE, claim.operation.revision, { outcome });
    }
    await expect(cancel(deps, id, command, false)).rejects.toMatchObject({
      ...{ code: 'OPERATION_ENDED', data: { operationId: id } },
    });
  });

  it('that would delete what is held is refused, and the create goes on', async () => {
    const { history, deps, queued, hold } = setUp();
    await history.accept(newCreate(1, 'nightly'));
    await hold('nightly');
    await expect(cancel(deps, CREATE, command, true)).rejects.toMatchObject({ code: 'BACKUP_HELD' });
    expect(await findOperation(deps, CREATE)).toMatchObject({ state: 'QUEUED' });
    expect(queued).toEqual([]);
  });
});

describe('a page of operations', () => {
  it.each([
    [1, ['c'], true],
    [2, ['c', 'b'], true],
    [3, ['c', 'b', 'a'], false],
    [9, ['c', 'b', 'a'], false],
  ])('of at most %i of three holds %j, and says whether more follow: %s', async (limit, expected, more) => {
    const { history, deps } = setUp();
    for (const [at, id] of ['a', 'b', 'c'].entries()) await history.accept(newCreate(at + 1, id));
    const page = await listPage(deps, {}, undefined, limit);
    expect(page.items.map(({ backupId }) => backupId)).toEqual(expected);
    expect(page.next !== undefined).toBe(more);
    const rest = await listPage(deps, {}, page.next, 9);
    if (more) expect(rest.items.map(({ backupId }) => backupId)).toEqual(['c', 'b', 'a'].slice(limit));
  });
});
