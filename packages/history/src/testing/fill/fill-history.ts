import type pg from 'pg';
import { EVENTS, SEALS } from './events.ts';
import { ATTEMPTS, BACKUPS, INDEX_LISTS, OPERATIONS, PARTS, type Rows } from './rows.ts';
import { sideBySide } from './side-by-side.ts';
import { withoutIndexes } from './without-indexes.ts';

export type Fill = {
  readonly backups: number;
  /** Leaves out those before the nth: the same installation while it was young. Default 1. */
  readonly first?: number;
  /** Connections of the owner, a superuser's, that nobody else uses; statements run side by side on them. */
  readonly clients: readonly pg.Client[];
  readonly progress?: (line: string) => void;
};

/** Statements of so many backups each. */
const CHUNK = 100_000;
const REPORTED = 1_000_000;

type Step = { readonly table: string; readonly rows: Rows };

/** The larger ones first: two connections end at about the same time. */
const STEPS: readonly Step[] = [
  { table: 'event', rows: EVENTS },
  { table: 'part', rows: PARTS },
  { table: 'backup', rows: BACKUPS },
  { table: 'operation', rows: OPERATIONS },
  { table: 'attempt', rows: ATTEMPTS },
];

/** Numbers that were given by hand: the next is drawn above them. */
const goOnAfter = (table: string, column: string): string =>
  `SELECT setval(pg_get_serial_sequence('${table}', '${column}'), (SELECT max(${column}) FROM ${table}))`;

const IDENTITIES = [
  ['backup', 'key'],
  ['part', 'id'],
  ['operation', 'position'],
  ['event', 'id'],
] as const;

/**
 * Fills a migrated, empty history with so many backups of eight years and all that happened to them: two parts and about five events each,
 * operations and attempts. Triggers and foreign keys are disabled meanwhile, and indexes are built at the end, as the migrations
 * define them.
 */
export const fillHistory = async ({ backups, first = 1, clients, progress = () => undefined }: Fill): Promise<void> => {
  const newest = new Date(Math.floor(Date.now() / 1000) * 1000 - 3_600_000);
  for (const client of clients) await client.query(`SET session_replication_role = replica`);
  await sideBySide(clients, [(client) => client.query(INDEX_LISTS(backups))]);
  await withoutIndexes(clients, progress, async () => {
    await sideBySide(
      clients,
      STEPS.map(({ table, rows }) => async (client) => {
        for (let from = first; from <= backups; from += CHUNK) {
          const to = Math.min(from + CHUNK - 1, backups);
          await client.query(rows(backups), [from, to, newest]);
          if (to % REPORTED === 0) progress(`${table}: ${to} of ${backups}`);
        }
      }),
    );
    await sideBySide(clients, [(client) => client.query(SEALS(backups - first + 1))]);
    // once nobody writes: what an open statement might not see is not marked as seen by all
    await sideBySide(
      clients,
      [...STEPS.map(({ table }) => table), 'seal'].map((table) => (client) => client.query(`VACUUM ${table}`)),
    );
  });
  await sideBySide(clients, [
    ...IDENTITIES.map(
      ([table, column]) =>
        (client: pg.Client) =>
          client.query(goOnAfter(table, column)),
    ),
    // statistics of what the indexes are about, and of the small tables
    (client) => client.query('ANALYZE'),
  ]);
  for (const client of clients) await client.query(`RESET session_replication_role`);
};
