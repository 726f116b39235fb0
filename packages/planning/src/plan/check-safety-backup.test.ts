import { inMemoryEngine } from '@tandem/engine/in-memory/engine.ts';
import { claimed, command, deleted, deletion, newCreate, operationId } from '@tandem/history/conformance/examples.ts';
import { inMemoryHistory } from '@tandem/history/in-memory/history.ts';
import { fail } from '@tandem/shared/domain/failure/failure.ts';
import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import { expect, it } from 'vitest';
import { checkSafetyBackup, safetyProblemsNow } from './check-safety-backup.ts';

const NAME = 'safety-1';

/** A safety backup of one index, which a restore is about to delete. */
const setUp = async () => {
  const history = inMemoryHistory({ now: () => new Date('2026-01-01T00:00:00Z') });
  const engine = inMemoryEngine({ endOf: () => ({ state: 'SUCCESS' }) });
  engine.createRepository('backups');
  engine.createIndex('optimize-a');
  const parts = [{ number: 1, of: 1, snapshotName: NAME, indices: ['optimize-a'] }];
  const location = { clusterUuid: 'c', repository: 'backups', repositoryUuid: undefined };
  await history.accept(newCreate(1, 'safety', { parts, location }));
  const { revision } = await claimed(history, operationId(1));
  const owner = { backupId: 'safety', operationId: operationId(1), part: 1, of: 1, optimizeVersion: '1', tandem: '1' };
  await engine.startSnapshot({ repository: 'backups', name: NAME, indices: ['optimize-a'], owner });
  const { uuid: repositoryUuid } = await engine.readRepository('backups');
  await history.record(operationId(1), revision, {
    parts: engine.snapshots('backups').map(({ uuid }) => ({ number: 1, state: 'SUCCESS', uuid })),
    ...omitUndefined({ repositoryUuid }),
    outcome: { do: 'end', state: 'SUCCEEDED', backup: 'COMPLETED' },
  });
  const deletes = [{ index: 'optimize-a', uuid: 'u' }];
  const task = { safetyBackupId: 'safety', deletes, acceptUnsaved: [] };
  return { history, engine, deps: { history, engine }, task };
};
type World = Awaited<ReturnType<typeof setUp>>;

it('finds nothing wrong with a safety backup that holds what is deleted', async () => {
  const { deps, task } = await setUp();
  expect(await safetyProblemsNow(deps, task)).toEqual([]);
});

it.each<[string, (world: World) => unknown, RegExp]>([
  ['its snapshot is gone', ({ engine }) => engine.removeSnapshot('backups', NAME), /^snapshot safety-1 is not in/],
  [
    'its snapshot was replaced',
    ({ engine }) => {
      engine.removeSnapshot('backups', NAME);
      engine.putSnapshot('backups', { name: NAME, indices: ['optimize-a'] });
    },
    /^snapshot safety-1 has uuid /,
  ],
  ['its repository is away', ({ engine }) => engine.removeRepository('backups'), /backups/],
  ['its repository cannot be read', ({ engine }) => engine.breakRepository('backups', 'no disk'), /no disk/],
  ['its repository is another one', ({ engine }) => engine.moveRepository('backups', 'other'), /not in the repository/],
  [
    'it was deleted',
    async ({ history }) => {
      const { key = '' } = (await history.findBackup('safety', undefined)) ?? {};
      await history.requestDeletion(key, command, deletion(3));
      await deleted(history, operationId(3));
    },
    /^it was deleted at 2026-01-01T00:00:00\.000Z$/,
  ],
])('says what is wrong where %s', async (_, change, words) => {
  const world = await setUp();
  await change(world);
  const [first] = await safetyProblemsNow(world.deps, world.task);
  expect(first).toMatch(words);
});

it('says that it is not recorded', async () => {
  const { deps, task } = await setUp();
  expect(await safetyProblemsNow(deps, { ...task, safetyBackupId: 'other' })).toEqual(['it is not recorded']);
});

it.each([
  ['must hold an index that it does not hold', [], ['it does not hold optimize-b']],
  ['need not hold an index that may be lost', ['optimize-b'], []],
])('%s', async (_, acceptUnsaved, problems) => {
  const { deps, task } = await setUp();
  const deletes = [...task.deletes, { index: 'optimize-b', uuid: 'v' }];
  expect(await safetyProblemsNow(deps, { ...task, deletes, acceptUnsaved })).toEqual(problems);
});

it('rejects while the engine is away; a check reports why it could not be made', async () => {
  const { engine, deps, task } = await setUp();
  const away = fail('ENGINE_UNREACHABLE', 'The engine is away.', { call: 'readRepository' });
  engine.failNext('readRepository', away);
  await expect(safetyProblemsNow(deps, task)).rejects.toBe(away);
  engine.failNext('readRepository', away);
  expect(await checkSafetyBackup(deps, task)).toEqual({ problems: undefined, why: 'The engine is away.' });
});

it('rejects where the history is away, whoever asks', async () => {
  const { deps, task } = await setUp();
  const away = fail('HISTORY_UNREACHABLE', 'PostgreSQL is away.', {});
  const history = { findBackupWithDeleted: () => Promise.reject(away) };
  await expect(checkSafetyBackup({ ...deps, history }, task)).rejects.toBe(away);
});
