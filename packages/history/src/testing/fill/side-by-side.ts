import type pg from 'pg';

/** Each client takes the next piece of work when it has done one. */
export const sideBySide = async (
  clients: readonly pg.Client[],
  work: readonly ((client: pg.Client) => Promise<unknown>)[],
): Promise<void> => {
  const left = [...work];
  await Promise.all(
    clients.map(async (client) => {
      for (let next = left.shift(); next !== undefined; next = left.shift()) await next(client);
    }),
  );
};
