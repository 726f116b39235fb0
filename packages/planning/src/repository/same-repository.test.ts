import { inMemoryEngine } from '@tandem/engine/in-memory/engine.ts';
import { expect, it } from 'vitest';
import { requireSameRepository } from './same-repository.ts';

const setUp = async () => {
  const engine = inMemoryEngine();
  engine.createRepository('backups');
  engine.createIndex('optimize-a');
  const owner = { backupId: 'b', operationId: 'o', part: 1, of: 1, optimizeVersion: '3.9.0', tandem: '0.1.0' };
  await engine.startSnapshot({ repository: 'backups', name: 'first', indices: ['optimize-a'], owner });
  const { uuid: repositoryUuid } = await engine.readRepository('backups');
  return { engine, location: { clusterUuid: 'c', repository: 'backups', repositoryUuid } };
};

it('accepts the recorded repository, and any one where no uuid is recorded', async () => {
  const { engine, location } = await setUp();
  await expect(requireSameRepository(engine, location)).resolves.toBeUndefined();
  engine.moveRepository('backups', 'elsewhere');
  await expect(requireSameRepository(engine, { ...location, repositoryUuid: undefined })).resolves.toBeUndefined();
});

it('rejects another one, with both uuids', async () => {
  const { engine, location } = await setUp();
  const { repositoryUuid } = location;
  await expect(requireSameRepository(engine, { ...location, repositoryUuid: 'recorded' })).rejects.toMatchObject({
    code: 'REPOSITORY_CHANGED',
    message: expect.stringMatching(new RegExp(`^Repository backups is another one \\(uuid ${repositoryUuid}\\) now;`)),
    data: { repository: 'backups', expected: 'recorded', found: repositoryUuid },
  });
});

it('rejects an empty one', async () => {
  const { engine, location } = await setUp();
  engine.createRepository('empty');
  await expect(requireSameRepository(engine, { ...location, repository: 'empty' })).rejects.toMatchObject({
    code: 'REPOSITORY_CHANGED',
    message: expect.stringMatching(/^Repository empty is an empty one now;/),
    data: { found: null },
  });
});

it('rejects a name that is not registered', async () => {
  const { engine, location } = await setUp();
  engine.removeRepository('backups');
  await expect(requireSameRepository(engine, location)).rejects.toMatchObject({ code: 'REPOSITORY_UNKNOWN' });
});
