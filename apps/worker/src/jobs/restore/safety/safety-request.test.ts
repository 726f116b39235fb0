import type { BackupRecord } from '@tandem/shared/domain/backup/backup.ts';
import type { RepositoryChange } from '@tandem/shared/domain/repository/repository-identity.ts';
import type { RestoreRequest } from '@tandem/shared/domain/restore/plan/plan-facts.ts';
import { safetyBackupIdOf } from '@tandem/shared/domain/restore/safety-backup.ts';
import { expect, it } from 'vitest';
import { inPlace, REPOSITORY, RESTORE, setUp } from '../restore.fixture.ts';

const SAFETY = safetyBackupIdOf(RESTORE);
const deleting: RestoreRequest = { ...inPlace, deleteExisting: true };
const saved = { safetyBackupId: SAFETY, safetyRepository: REPOSITORY };

type Under = Awaited<ReturnType<typeof setUp>>;

/** `look`: instead of a look for the record of the safety backup. */
const onLook = ({ history }: Under, look: (found: BackupRecord | undefined) => BackupRecord | undefined) => {
  const { findBackupWithDeleted } = history;
  Object.assign(history, {
    findBackupWithDeleted: async (...given: Parameters<typeof findBackupWithDeleted>) =>
      look(await findBackupWithDeleted(...given)),
  });
};
const failed = async ({ engine, restore }: Under) => {
  expect(engine.calls.filter(({ method }) => method === 'deleteIndices')).toEqual([]);
  const { state, failure } = await restore();
  return { state, ...failure };
};

it.each<[string, Partial<BackupRecord>, RegExp]>([
  ['was deleted', { deletedAt: new Date('2026-01-01T00:10:00Z') }, /was deleted at 2026-01-01T00:10:00/],
  ['is of another restore', { safetyOf: '0198c0de-7000-7000-8000-00000000000f' }, /is another backup, requested at/],
  ['is no safety backup', { safetyOf: undefined }, /is another backup, requested at/],
  ['is of an earlier run', { requestedAt: new Date('2025-12-31T00:00:00Z') }, /was taken by an earlier run/],
])('nothing is deleted where the backup of that id %s, although it is COMPLETED', async (_, change, words) => {
  const under = await setUp();
  onLook(under, (found) => (found === undefined ? undefined : { ...found, ...change }));
  await under.begin(deleting, saved);
  await under.toTheEnd(RESTORE);
  const message = expect.stringMatching(words);
  expect(await failed(under)).toMatchObject({ state: 'FAILED', code: 'RESTORE_UNSAFE', message });
});

it('nothing is deleted where its repository is found not to be the recorded one as it is requested', async () => {
  const under = await setUp();
  const location = { clusterUuid: 'in-memory-cluster', repository: REPOSITORY, repositoryUuid: undefined };
  const changed: RepositoryChange = { location, missing: 2, settings: 'changed' };
  Object.assign(under.history, { accept: async () => ({ accepted: false, changed }) });
  await under.begin(deleting, saved);
  await under.toTheEnd(RESTORE);
  expect(await failed(under)).toMatchObject({
    ...{ state: 'FAILED', code: 'RESTORE_UNSAFE' },
    data: { cause: 'REPOSITORY_CHANGED' },
  });
});

it('is not requested by a worker whose lease ran out meanwhile', async () => {
  const under = await setUp();
  let looks = 0;
  let hasSlept = false;
  const requestedAsleep: boolean[] = [];
  onLook(under, (found) => {
    looks += 1;
    hasSlept = looks === 1;
    if (hasSlept) under.pass(20_000);
    return found;
  });
  const { accept } = under.history;
  Object.assign(under.history, {
    accept: (create: Parameters<typeof accept>[0]) => {
      requestedAsleep.push(hasSlept);
      return accept(create);
    },
  });
  await under.begin(deleting, saved);
  await under.toTheEnd(RESTORE);
  expect(requestedAsleep).toEqual([false]);
  expect(await under.restore()).toMatchObject({ state: 'SUCCEEDED' });
});
