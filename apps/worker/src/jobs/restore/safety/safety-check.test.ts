import { inMemoryEngine } from '@tandem/engine/in-memory/engine.ts';
import { fail } from '@tandem/shared/domain/failure/failure.ts';
import { NO_MEMORY, type RestoreMemory, type RestoreTask } from '@tandem/shared/domain/restore/run/restore-memory.ts';
import { describe, expect, it } from 'vitest';
import type { RestoreTick } from '../context.ts';
import { safetyAtEnd, verifySafety } from './safety-check.ts';

const REPOSITORY = 'backups';
const SNAPSHOT = 'safety-part';

/** A safety backup of a and b, and a restore that deletes them. */
const setUp = async (task: Partial<RestoreTask> = {}, memory: Partial<RestoreMemory> = { written: true }) => {
  const engine = inMemoryEngine();
  engine.createRepository(REPOSITORY);
  for (const name of ['a', 'b']) engine.createIndex(name, 1);
  const { uuid } = engine.putSnapshot(REPOSITORY, { name: SNAPSHOT, indices: ['a', 'b'] });
  const { uuid: repositoryUuid } = await engine.readRepository(REPOSITORY);
  const record = {
    location: { clusterUuid: 'in-memory-cluster', repository: REPOSITORY, repositoryUuid },
    parts: [{ number: 1, of: 1, snapshotName: SNAPSHOT, indices: ['a', 'b'], uuid, state: 'SUCCESS' }],
  };
  const checked = {
    job: { engine, history: { findBackupWithDeleted: async () => record } },
    detail: {
      task: { deletes: [{ index: 'a' }, { index: 'b' }], safetyBackupId: 'safe', ...task },
      memory: { ...NO_MEMORY, ...memory },
      progressAt: '2026-01-01T00:00:00.000Z',
    },
  } as unknown as RestoreTick;
  return { engine, checked };
};

describe('before indices are deleted', () => {
  it('an intact safety backup lets it go on', async () => {
    const { checked } = await setUp();
    expect(await verifySafety(checked)).toBeUndefined();
  });

  it('names what is wrong with it', async () => {
    const { engine, checked } = await setUp();
    engine.removeSnapshot(REPOSITORY, SNAPSHOT);
    const problems = [`snapshot ${SNAPSHOT} is not in the repository`, 'it does not hold a, b'];
    expect(await verifySafety(checked)).toEqual({
      ...{ code: 'RESTORE_UNSAFE', data: { safetyBackupId: 'safe', problems } },
      message: `The safety backup safe is not intact: ${problems.join('; ')}. Create a new plan.`,
    });
  });
});

describe('at the end of a restore', () => {
  const intact = 'The deleted indices are in safety backup safe, which is intact: restore it to get them back.';

  it.each<readonly [string, Partial<RestoreTask>, Partial<RestoreMemory>]>([
    ['nothing was written', {}, {}],
    ['nothing was to be deleted', { deletes: [] }, { written: true }],
  ])('there is nothing to say where %s', async (_, task, memory) => {
    const { checked } = await setUp(task, memory);
    expect(await safetyAtEnd(checked)).toBeUndefined();
  });

  it.each<readonly [string, Partial<RestoreTask>, string]>([
    ['all of it', {}, intact],
    ['a part of it', { acceptUnsaved: ['b'] }, `${intact} It does not contain b, as accepted.`],
  ])('an intact safety backup of %s is where to get it back from', async (_, task, words) => {
    const { checked } = await setUp(task);
    expect(await safetyAtEnd(checked)).toEqual({ words, safetyBackup: { backupId: 'safe', intact: true } });
  });

  it('one that is not intact is named with its problems', async () => {
    const { engine, checked } = await setUp();
    engine.removeSnapshot(REPOSITORY, SNAPSHOT);
    expect(await safetyAtEnd(checked)).toEqual({
      words: `The deleted indices were saved in safety backup safe, which is no longer intact: snapshot ${SNAPSHOT} is not in the repository; it does not hold a, b.`,
      safetyBackup: { backupId: 'safe', intact: false },
    });
  });

  it('one that could not be checked is neither intact nor not', async () => {
    const { engine, checked } = await setUp();
    engine.failNext('findSnapshots', fail('ENGINE_UNREACHABLE', 'The engine is away.', { call: 'findSnapshots' }));
    expect(await safetyAtEnd(checked)).toEqual({
      words:
        'The deleted indices are in safety backup safe; whether it is intact could not be checked: The engine is away.',
      safetyBackup: { backupId: 'safe', intact: undefined },
    });
  });

  it('says so where there is none', async () => {
    const { checked } = await setUp({ safetyBackupId: undefined, acceptUnsaved: ['a', 'b'] });
    expect(await safetyAtEnd(checked)).toEqual({
      words: 'No safety backup exists: as accepted, these indices were deleted without one: a, b.',
      safetyBackup: undefined,
    });
  });
});
