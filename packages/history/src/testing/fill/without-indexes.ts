import type pg from 'pg';
import { sideBySide } from './side-by-side.ts';

/** Keys stay: rows come in their order, and other tables refer to them. The largest are built first. */
const DEFINITIONS = `
SELECT i.indexrelid::regclass::text AS name, i.indrelid::regclass::text AS of, pg_get_indexdef(i.indexrelid) AS definition
FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
WHERE c.relnamespace = 'public'::regnamespace AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid)
ORDER BY c.relname IN ('event', 'part') DESC, 1`;

type Definition = { readonly name: string; readonly of: string; readonly definition: string };

/** Drops the indexes of all tables, and builds them again from their definitions when the work is done. */
export const withoutIndexes = async (
  clients: readonly pg.Client[],
  progress: (line: string) => void,
  work: () => Promise<void>,
): Promise<void> => {
  const [client] = clients;
  if (client === undefined) throw new Error('nobody to drop the indexes');
  const { rows } = await client.query<Definition>(DEFINITIONS);
  for (const { name } of rows) await client.query(`DROP INDEX ${name}`);
  await work();
  progress(`${rows.length} indexes to build`);
  await sideBySide(
    clients,
    rows.map(({ name, definition }) => async (builder) => {
      await builder.query(definition);
      progress(`built ${name}`);
    }),
  );
};
