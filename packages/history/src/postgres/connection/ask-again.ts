import { ONE_OPEN } from '../operations/open-deletion.ts';
import { ONE_RESTORE } from '../restores/restore-rows.ts';
import { isRefusedBy } from './database-failure.ts';

const TRIES = 5;

/** What `ask` finds, asked again while it finds nothing since another process changed the rows at the same moment; undefined: each time. */
export const askAgain = async <T>(ask: () => Promise<T | undefined>): Promise<T | undefined> => {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const found = await ask();
    if (found !== undefined) return found;
  }
  return undefined;
};

/** Undefined: another process opened an operation of the backup, or a restore into the cluster, at the same moment. */
export const unlessOvertaken = async <T>(opening: Promise<T>): Promise<T | undefined> => {
  try {
    return await opening;
  } catch (error) {
    if (isRefusedBy(error, ONE_OPEN) || isRefusedBy(error, ONE_RESTORE)) return undefined;
    throw error;
  }
};
