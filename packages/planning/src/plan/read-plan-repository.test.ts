import { inMemoryEngine } from '@tandem/engine/in-memory/engine.ts';
import type { BackupRecord } from '@tandem/shared/domain/backup/backup.ts';
import { type FailureCode, fail } from '@tandem/shared/domain/failure/failure.ts';
import { expect, it } from 'vitest';
import { readPlanRepository } from './read-plan-repository.ts';

const NAME = 'backup-1';
const record = {
  location: { clusterUuid: 'c', repository: 'backups', repositoryUuid: 'r' },
  parts: [{ number: 1, snapshotName: NAME, state: 'SUCCESS' }],
} as unknown as BackupRecord;

const setUp = () => {
  const engine = inMemoryEngine();
  for (const name of ['backups', 'safe']) engine.createRepository(name);
  engine.putSnapshot('backups', { name: NAME, indices: [] });
  return { engine, read: (saveTo?: string) => readPlanRepository(engine, record, saveTo) };
};
type Engine = ReturnType<typeof setUp>['engine'];

it('finds a repository that can be read and written, with the snapshots of the backup', async () => {
  const { read } = setUp();
  const { repository, seen, saving } = await read();
  expect(repository).toMatchObject({ trouble: undefined, unwritable: undefined, unverified: undefined });
  expect(seen.map(({ name }) => name)).toEqual([NAME]);
  expect(saving).toBeUndefined();
});

it.each<[string, (engine: Engine) => void, object]>([
  ['is not registered', (engine) => engine.removeRepository('backups'), { trouble: expect.any(String) }],
  ['cannot be read', (engine) => engine.breakRepository('backups', 'no disk'), { trouble: expect.any(String) }],
  [
    'is read-only',
    (engine) => engine.setReadOnly('backups', true),
    { trouble: undefined, unwritable: expect.stringMatching(/^It is read-only: /) },
  ],
  [
    'cannot be written',
    (engine) => engine.stopWrites('backups', 'disk full'),
    { trouble: undefined, unwritable: expect.any(String) },
  ],
])('reports one that %s as a fact', async (_, change, expected) => {
  const { engine, read } = setUp();
  change(engine);
  expect((await read()).repository).toMatchObject(expected);
});

it.each<FailureCode>(['ENGINE_FORBIDDEN', 'ENGINE_REFUSED', 'ENGINE_TIMEOUT'])(
  'does not know whether it can be written where verifying it ends with %s',
  async (code) => {
    const { engine, read } = setUp();
    engine.failNext('verifyRepository', fail(code, 'on purpose', { call: 'verifyRepository' }));
    expect((await read()).repository).toMatchObject({ unverified: 'on purpose', unwritable: undefined });
  },
);

it.each<[string, string | undefined, object | undefined]>([
  ['nowhere', undefined, undefined],
  ['into the same repository', 'backups', { repository: 'backups', trouble: undefined }],
  ['into another one', 'safe', { repository: 'safe', trouble: undefined }],
  ['into one that is not registered', 'gone', { repository: 'gone', trouble: expect.any(String) }],
])('where the safety backup goes %s, says so', async (_, saveTo, expected) => {
  const { saving } = await setUp().read(saveTo);
  if (expected === undefined) expect(saving).toBeUndefined();
  else expect(saving).toMatchObject(expected);
});

it.each(['backups', 'safe'])('takes a read-only %s for a trouble of the safety backup alone', async (saveTo) => {
  const { engine, read } = setUp();
  engine.setReadOnly(saveTo, true);
  const { repository, saving } = await read(saveTo);
  expect(saving?.trouble).toMatch(/^It is read-only: /);
  expect(repository.trouble).toBeUndefined();
});

it('says how many snapshots the repository of the safety backup still takes', async () => {
  const { engine, read } = setUp();
  engine.limitSnapshots('safe', 2);
  expect((await read('safe')).saving).toMatchObject({ snapshotsLeft: 2 });
});

it('rejects where the engine is away: that is no fact of a repository', async () => {
  const { engine, read } = setUp();
  engine.failNext('findSnapshots', fail('ENGINE_UNREACHABLE', 'away', { call: 'findSnapshots' }));
  await expect(read()).rejects.toMatchObject({ code: 'ENGINE_UNREACHABLE' });
});
