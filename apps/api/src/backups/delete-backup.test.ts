import { inMemoryEngine } from '@tandem/engine/in-memory/engine.ts';
import {
  command as byOperator,
  completed,
  deleted,
  failed,
  foundSet,
  here,
  keyOf,
  newCreate,
  operationId,
} from '@tandem/history/conformance/examples.ts';
import { newRestore } from '@tandem/history/conformance/restores/examples.ts';
import { inMemoryHistory } from '@tandem/history/in-memory/history.ts';
import { optimize } from '@tandem/shared/domain/profile.ts';
import { describe, expect, it } from 'vitest';
import type { RequestContext } from '../http/route.ts';
import { deleteBackup } from './delete-backup.ts';
import { engineFacts } from './read/engine-facts.ts';
import { readBackup } from './read/read-backup.ts';

const context = { actor: byOperator.actor, requestId: 'request-1' } as RequestContext;
const command = { backupId: 'b', reason: 'too old', deleteDiscovered: false };
const NOW = new Date('2026-01-01T12:00:00Z');

const setUp = () => {
  const history = inMemoryHistory({ now: () => NOW });
  const engine = inMemoryEngine();
  engine.createRepository('backups');
  const queued: string[] = [];
  const announced: string[] = [];
  let made = 100;
  const facts = engineFacts(engine, 0, () => NOW.getTime());
  const reading = { profile: optimize, engine, facts, history, now: () => NOW, afterAnswer: () => undefined };
  const remove = deleteBackup({
    history,
    readBackup: readBackup({ ...reading, indexPrefix: 'optimize', repository: 'backups' }),
    location: () => here,
    enqueue: ({ operationId: id }) => void queued.push(id),
    announce: (backupIds) => void announced.push(...backupIds),
    newId: () => operationId(++made),
  });
  return { history, queued, announced, remove: (more: object = {}) => remove({ ...command, ...more }, context) };
};

describe('the deletion of a backup', () => {
  it('is opened, queued, and told to those who wait for the backup', async () => {
    const { history, queued, announced, remove } = setUp();
    await failed(history, newCreate(1, 'b'));
    expect(await remove()).toMatchObject({ kind: 'delete', backupId: 'b', state: 'QUEUED' });
    expect([queued, announced]).toEqual([[operationId(101)], ['b']]);
  });

  it('ends an open create', async () => {
    const { history, remove } = setUp();
    await history.accept(newCreate(1, 'b'));
    await remove();
    expect(await history.findOperation(operationId(1))).toMatchObject({ state: 'CANCELLED' });
  });

  it('requested twice is one', async () => {
    const { history, queued, remove } = setUp();
    await failed(history, newCreate(1, 'b'));
    const { operationId: first } = await remove();
    expect((await remove()).operationId).toBe(first);
    expect(queued).toEqual([first]);
  });

  it('that is suspended says how that ends', async () => {
    const { history, remove } = setUp();
    await failed(history, newCreate(1, 'b'));
    await remove();
    const why = { code: 'HISTORY_ROLLED_BACK', message: 'Rolled back.', data: {} };
    await history.suspendOperations({ scope: 'all' }, { actor: byOperator.actor, source: 'worker', why }, 10);
    await expect(remove()).rejects.toMatchObject({
      code: 'BACKUP_BUSY',
      message: expect.stringMatching(/\(delete\) of backup b is SUSPENDED: /),
    });
  });

  it.each<[string, (history: ReturnType<typeof setUp>['history']) => Promise<unknown>, string]>([
    ['nobody made', async () => undefined, 'BACKUP_NOT_FOUND'],
    [
      'is held',
      async (history) => {
        await failed(history, newCreate(1, 'b'));
        const hold = { reason: 'audit', until: undefined };
        await history.annotate(await keyOf(history, 'b'), byOperator, { hold });
      },
      'BACKUP_HELD',
    ],
    [
      'is being restored',
      async (history) => {
        await completed(history, newCreate(1, 'b'));
        await completed(history, newCreate(2, 'newer'));
        await history.requestRestore(newRestore(3, await keyOf(history, 'b')));
      },
      'BACKUP_BUSY',
    ],
    [
      'has been deleted',
      async (history) => {
        await failed(history, newCreate(1, 'b'));
        const one = { operationId: operationId(3), keepBackup: false, onlyUnfinished: false, deleteDiscovered: false };
        await history.requestDeletion(await keyOf(history, 'b'), byOperator, one);
        await deleted(history, operationId(3));
      },
      'BACKUP_DELETED',
    ],
  ])('that %s is refused', async (_, arrange, code) => {
    const { history, queued, remove } = setUp();
    await arrange(history);
    await expect(remove()).rejects.toMatchObject({ code });
    expect(queued).toEqual([]);
  });

  it('of a discovered set must say so', async () => {
    const { history, remove } = setUp();
    await history.discover(foundSet('b', { state: 'INCOMPLETE' }));
    await expect(remove()).rejects.toMatchObject({
      ...{ code: 'DISCOVERED_NOT_CONFIRMED', data: { backupId: 'b', snapshots: ['b-1', 'b-2'] } },
    });
    expect(await remove({ deleteDiscovered: true })).toMatchObject({ kind: 'delete', state: 'QUEUED' });
  });
});

describe('the deletion of the newest COMPLETED backup', () => {
  const newest = async () => {
    const world = setUp();
    await completed(world.history, newCreate(1, 'b'));
    return world;
  };

  it.each([
    ['missing', undefined, 'it is missing'],
    ['another id', 'a', 'found "a"'],
    ['the id in capitals', 'B', 'found "B"'],
  ])('is refused where confirm is %s', async (_, confirm, found) => {
    const { queued, remove } = await newest();
    await expect(remove({ confirm })).rejects.toMatchObject({
      code: 'DELETE_NOT_CONFIRMED',
      message: expect.stringMatching(new RegExp(`^Backup b is the newest COMPLETED one .*; ${found}\\.`)),
      data: { field: 'confirm', found: confirm ?? null, backupId: 'b' },
    });
    expect(queued).toEqual([]);
  });

  it('is opened where confirm is its id', async () => {
    const { remove } = await newest();
    expect(await remove({ confirm: 'b' })).toMatchObject({ kind: 'delete', state: 'QUEUED' });
  });

  it('needs no confirmation once a newer one is there', async () => {
    const { history, remove } = await newest();
    await completed(history, newCreate(2, 'newer'));
    expect(await remove()).toMatchObject({ kind: 'delete', state: 'QUEUED' });
  });
});
