import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheDirectory } from './settings.ts';

const underConstruction = new Map<string, Promise<string>>();

const construct = async (name: string, make: (folder: string) => Promise<void>): Promise<string> => {
  const finished = join(cacheDirectory, name);
  if (existsSync(finished)) return finished;
  const building = join(cacheDirectory, `.building-${name}-${process.pid}-${randomBytes(4).toString('hex')}`);
  await mkdir(building, { recursive: true });
  try {
    await make(building);
    await rename(building, finished).catch((error: NodeJS.ErrnoException) => {
      // another process was faster; its folder is equivalent
      if (!existsSync(finished)) throw error;
    });
  } finally {
    await rm(building, { recursive: true, force: true });
  }
  return finished;
};

/**
 * A folder of the cache, made on first use. It appears in one step, once it is complete: an interrupted download is never mistaken for
 * a finished one, and several processes may build the same folder at once.
 */
export const cached = (name: string, make: (folder: string) => Promise<void>): Promise<string> => {
  const existing = underConstruction.get(name);
  if (existing) return existing;
  const folder = construct(name, make).finally(() => underConstruction.delete(name));
  underConstruction.set(name, folder);
  return folder;
};
