import { inMemoryEngine } from '@tandem/engine/in-memory/engine.ts';
import type { ClaimedOperation } from '@tandem/shared/domain/operation/claimed-operation.ts';
import { expect, it } from 'vitest';
import { learnRepository } from '../../repository-identity.ts';
import { requireRoom } from './repository-room.ts';

const setUp = () => {
  const engine = inMemoryEngine();
  engine.createRepository('backups');
  return engine;
};
const location = { clusterUuid: 'c', repository: 'backups', repositoryUuid: undefined, settingsDigest: undefined };

it.each([
  [['PLANNED', 'PLANNED'], 2],
  [['SUCCESS', 'PLANNED'], 1],
  [['EMPTY', 'PLANNED'], 1],
])('a backup of %j needs room for %i snapshots', async (states, needed) => {
  const engine = setUp();
  const operation = { backup: { location, parts: states.map((state) => ({ state })) } } as unknown as ClaimedOperation;
  engine.limitSnapshots('backups', needed);
  await requireRoom(engine, operation);
  engine.limitSnapshots('backups', needed - 1);
  await expect(requireRoom(engine, operation)).rejects.toMatchObject({
    code: 'REPOSITORY_FULL',
    data: { snapshotsLeft: needed - 1, needed },
  });
});

it('a repository is asked for its uuid until it has one', async () => {
  const engine = setUp();
  expect(await learnRepository(engine, location)).toEqual({});
  expect(await learnRepository(engine, { ...location, repositoryUuid: 'known' })).toEqual({});
  expect(engine.calls.map(({ method }) => method)).toEqual(['readRepository']);
});
