import { Client } from 'pg';

export type WrittenRows = {
  readonly backups: number;
  readonly parts: number;
  readonly operations: number;
  readonly events: number;
};

const COUNT = `
SELECT count(*)::int AS backups,
  coalesce(sum((SELECT count(*) FROM part p WHERE p.backup_key = b.key)), 0)::int AS parts,
  coalesce(sum((SELECT count(*) FROM operation o WHERE o.backup_key = b.key)), 0)::int AS operations,
  coalesce(sum((SELECT count(*) FROM event e WHERE e.backup_id = b.backup_id AND e.backup_key = b.key)), 0)::int AS events
FROM backup b WHERE b.backup_id LIKE $1 || '-%'`;

/** The rows in PostgreSQL of the backups whose ids have this prefix. */
export const writtenRows = async (databaseUrl: string, prefix: string): Promise<WrittenRows> => {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<WrittenRows>(COUNT, [prefix]);
    return rows[0] ?? { backups: 0, parts: 0, operations: 0, events: 0 };
  } finally {
    await client.end();
  }
};
