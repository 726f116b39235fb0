import { APP_RIGHTS } from '../../migrate/app-role.ts';
import { readMigrations } from '../../migrate/migration-folder.ts';
import type { DatabaseInspection } from '../../ports/doctor.ts';
import type { Database } from '../connection/open-database.ts';
import { answer, isTrue, json, list, sql, statement, total } from '../sql/statement.ts';

/** Of tables that exist: those that are missing are a matter of migrations. */
const LACKING_TABLES = `FROM jsonb_to_recordset($1::jsonb) AS w("table" text, "right" text)
WHERE to_regclass(w."table") IS NOT NULL AND NOT has_table_privilege(to_regclass(w."table"), w."right")`;

/** PostgreSQL may evaluate conditions in any order, and rejects the check of what is no sequence. */
const LACKING_SEQUENCES = `FROM pg_class s WHERE s.relnamespace = current_schema()::regnamespace
AND CASE WHEN s.relkind = 'S' THEN NOT has_sequence_privilege(s.oid, 'USAGE') ELSE false END`;

const INSPECT = statement`
SELECT ${answer(
  json({
    version: sql<string>(`split_part(current_setting('server_version'), ' ', 1)`),
    major: sql<number>(`current_setting('server_version_num')::int / 10000`),
    role: sql<string>('current_user'),
    isSuperuser: isTrue('(SELECT rolsuper FROM pg_roles WHERE rolname = current_user) IS TRUE'),
    ownsTables: isTrue(
      `EXISTS (SELECT FROM pg_class t WHERE t.oid = to_regclass('event') AND pg_has_role(t.relowner, 'USAGE'))`,
    ),
    readOnly: isTrue(`current_setting('transaction_read_only')::boolean`),
    inRecovery: isTrue('pg_is_in_recovery()'),
    timeZone: sql<string>(`current_setting('TimeZone')`),
    clock: sql<string>('clock_timestamp()'),
    canReadMigrations: isTrue(`coalesce(has_table_privilege(to_regclass('_prisma_migrations'), 'SELECT'), false)`),
    lackingTables: total(list(sql<string>(`w."right" || ' on ' || w."table"`)), LACKING_TABLES),
    lackingSequences: total(list(sql<string>(`'USAGE on ' || s.relname`)), LACKING_SEQUENCES),
  }),
)}`;

/** A statement of its own: it could not even be parsed without the table. */
const APPLIED = statement`
SELECT ${answer(list(sql<string>('migration_name'), 'migration_name'))}
FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`;

const RIGHTS = JSON.stringify(
  Object.entries(APP_RIGHTS).flatMap(([table, rights]) => rights.map((right) => ({ table, right }))),
);

export const inspectDatabase =
  (database: Database): DatabaseInspection['inspectDatabase'] =>
  async () => {
    const known = (await readMigrations()).map(({ name }) => name);
    const row = await database.ask(INSPECT, RIGHTS);
    if (row === undefined) throw new Error('A SELECT without a table returned no row.');
    const { canReadMigrations, lackingTables, lackingSequences, clock, ...facts } = row;
    const applied = canReadMigrations ? ((await database.ask(APPLIED)) ?? []) : [];
    return {
      ...facts,
      clock: new Date(clock),
      missingMigrations: known.filter((name) => !applied.includes(name)),
      newerMigrations: applied.filter((name) => !known.includes(name)),
      lackingRights: [...lackingTables, ...lackingSequences],
    };
  };
