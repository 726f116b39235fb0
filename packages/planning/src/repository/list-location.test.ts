import { inMemoryEngine } from '@tandem/engine/in-memory/engine.ts';
import { digestOfLocation } from '@tandem/engine/in-memory/repositories.ts';
import { expect, it } from 'vitest';
import { listLocation } from './list-location.ts';

const setUp = () => {
  const engine = inMemoryEngine({ now: () => new Date(0) });
  engine.createRepository('backups');
  engine.putSnapshot('backups', { name: 'camunda_optimize_b_3.9.0_part_1_of_1', indices: [] });
  engine.putSnapshot('backups', { name: 'another-owner', indices: [] });
  return engine;
};

it('lists the snapshots of the profiles with their location', async () => {
  const { location, snapshots } = await listLocation(setUp(), 'backups', { clusterUuid: 'c' });
  expect([...snapshots.keys()]).toEqual(['camunda_optimize_b_3.9.0_part_1_of_1']);
  expect(location).toMatchObject({
    clusterUuid: 'c',
    repository: 'backups',
    settingsDigest: digestOfLocation('backups'),
  });
});

it('does not combine the settings of one location with the snapshots of another', async () => {
  const engine = setUp();
  const moving = {
    ...engine,
    listSnapshots: (repository: string, prefix: string) => {
      engine.moveRepository(repository, 'empty');
      return engine.listSnapshots(repository, prefix);
    },
  };
  await expect(listLocation(moving, 'backups', { clusterUuid: 'c' })).rejects.toMatchObject({
    code: 'REPOSITORY_CHANGED',
    data: { repository: 'backups' },
  });
});
