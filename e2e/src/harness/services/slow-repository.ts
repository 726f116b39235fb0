import { randomBytes } from 'node:crypto';
import type { World } from '../world.ts';
import { otherIndices } from './small-optimize.ts';

/** Lets one index of part 2, or of part 1, take some seconds in a repository that is read from slowly. */
export const fatten = async (world: World, index: string, megabytes: number): Promise<void> => {
  const documents = Array.from({ length: megabytes * 4 }, () => ({
    // text that does not compress well, and that is stored only
    blob: randomBytes(192 * 1024).toString('base64'),
  }));
  await world.engine.call('PUT', `${index}/_mapping`, { properties: { blob: { type: 'binary' } } });
  for (let at = 0; at < documents.length; at += 8) {
    await world.engine.putDocuments(index, documents.slice(at, at + 8));
  }
  await world.engine.call('POST', `${index}/_flush`);
};

export const fatIndexOfPart2 = (world: World): string => otherIndices(world.prefix)[2] ?? '';

/** Registers the world's own repository again with a limit, or without one. */
export const limitRepository = async (world: World, bytesPerSecond: string): Promise<void> => {
  const settings = await world.engine.call<Record<string, { settings: { location: string } }>>(
    'GET',
    `_snapshot/${world.repository}`,
  );
  const location = settings[world.repository]?.settings.location;
  await world.engine.call('PUT', `_snapshot/${world.repository}`, {
    type: 'fs',
    settings: { location, max_snapshot_bytes_per_sec: bytesPerSecond },
  });
};
