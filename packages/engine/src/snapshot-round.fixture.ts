import { expect } from 'vitest';
import type { ConnectedEngine } from './connected-engine.ts';

export const owner = { backupId: 'b', operationId: 'o', part: 1, of: 2, optimizeVersion: '3.9.0', tandem: '0.1.0' };

/** Takes a snapshot of these indices, restores it under other names, and removes both. */
export const snapshotRound = async (engine: ConnectedEngine, indices: readonly string[]): Promise<void> => {
  const [repository, name] = ['backups', 'one'];
  await engine.startSnapshot({ repository, name, indices, owner });
  await expect
    .poll(async () => (await engine.findSnapshots(repository, [name]))[0]?.state, { timeout: 30_000 })
    .toBe('SUCCESS');
  const rename = { pattern: '(.+)', replacement: 'copy-$1' };
  await engine.startRestore({ repository, snapshot: name, indices, rename, as: 'copy' });
  const copies = indices.map((index) => `copy-${index}`);
  const restored = async () =>
    (await engine.indexRecoveries(copies)).map(({ shards, shardsDone }) => shards - shardsDone);
  await expect.poll(restored, { timeout: 30_000 }).toEqual(indices.map(() => 0));
  const measured = await engine.measureIndices([...indices, ...copies], 'operations-first');
  const documents = new Map(measured.map((index) => [index.name, index.documents]));
  expect(copies.map((copy) => documents.get(copy))).toEqual(indices.map((index) => documents.get(index)));
  await engine.deleteIndices(copies);
  await engine.deleteSnapshot(repository, name);
  expect(await engine.findSnapshots(repository, [name])).toEqual([]);
};
