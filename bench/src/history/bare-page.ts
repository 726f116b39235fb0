import type { AuditPair } from '@tandem/history/testing/audit-pairs.ts';
import type pg from 'pg';

export type Range = readonly [from: Date, to: Date];

const COLUMNS: Readonly<Record<AuditPair['by'], string>> = { requested: 'requested_at', ended: 'finished_at' };

type PageRequest = { readonly cursor?: string | undefined; readonly range?: Range | undefined };

/** The same page in hand-written SQL with the same plan: newest first, with the parts of each, in plain rows. */
export const barePage = (
  { walks, by }: AuditPair,
  limit: number,
  { cursor, range }: PageRequest,
): { readonly text: string; readonly values: unknown[] } => {
  const time = COLUMNS[by];
  const values: unknown[] = [limit];
  const bind = (value: unknown, type: string) => `$${values.push(value)}::${type}`;
  const [micros, key] = cursor?.split('.') ?? [];
  const clauses = [
    ...(by === 'ended' ? [`${time} IS NOT NULL`] : []),
    ...(range === undefined
      ? []
      : [`${time} >= ${bind(range[0], 'timestamptz')} AND ${time} < ${bind(range[1], 'timestamptz')}`]),
    ...(cursor === undefined
      ? []
      : [
          `(${time}, key) < (timestamptz 'epoch' + ${bind(micros, 'bigint')} * interval '1 microsecond', ${bind(key, 'bigint')})`,
        ]),
  ];
  const pages = walks.map(
    (walk) =>
      `(SELECT * FROM backup WHERE ${[walk, ...clauses].join(' AND ')} ORDER BY ${time} DESC, key DESC LIMIT $1)`,
  );
  const page = `SELECT * FROM (${pages.join(' UNION ALL ')}) b ORDER BY ${time} DESC, key DESC LIMIT $1`;
  const text = `SELECT b.*, p.number, p.total, p.snapshot_name, p.state AS part_state, p.uuid, p.bytes FROM (${page}) b
    JOIN part p ON p.backup_key = b.key ORDER BY b.${time} DESC, b.key DESC, p.number`;
  return { text, values };
};

/** The cursor of the last page: `left` backups follow it. */
export const lastCursor = async (
  client: pg.ClientBase | pg.Pool,
  { walks, by }: AuditPair,
  left: number,
): Promise<string> => {
  const time = COLUMNS[by];
  const pages = walks.map(
    (walk) => `(SELECT * FROM backup WHERE ${walk} AND ${time} IS NOT NULL ORDER BY ${time}, key LIMIT $1 + 1)`,
  );
  const { rows } = await client.query<{ cursor: string }>(
    `SELECT round(extract(epoch FROM ${time}) * 1000000)::bigint || '.' || key AS cursor FROM (${pages.join(' UNION ALL ')}) b
     ORDER BY ${time}, key OFFSET $1 LIMIT 1`,
    [left],
  );
  const [row] = rows;
  if (row === undefined) throw new Error(`there are no ${left} backups to be the last page`);
  return row.cursor;
};
