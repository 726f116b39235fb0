import { isRefusedBy } from './database-failure.ts';

const TRIES = 5;

/**
 * What `ask` finds. It is called again while it finds nothing because another process changed the rows at the same moment, and where one of
 * these unique indexes refused a row for the same reason. Undefined: it lost five times in a row. Otherwise rejects as `ask` does.
 */
export const retryLostRace = async <Found>(
  ask: () => Promise<Found | undefined>,
  ...indexes: readonly string[]
): Promise<Found | undefined> => {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const found = await unlessRefusedBy(indexes, ask());
    if (found !== undefined) return found;
  }
  return undefined;
};

const unlessRefusedBy = async <Found>(
  indexes: readonly string[],
  query: Promise<Found | undefined>,
): Promise<Found | undefined> => {
  try {
    return await query;
  } catch (error) {
    if (indexes.some((index) => isRefusedBy(error, index))) return undefined;
    throw error;
  }
};
