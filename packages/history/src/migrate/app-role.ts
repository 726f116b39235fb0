import type { Client } from 'pg';
import pg from 'pg';

/** The role that API and worker connect as, if it is not the owner of the tables. */
export type AppRole = {
  readonly name: string;
  /** The password that it is created with if it does not exist. */
  readonly password: string;
};

type Right = 'SELECT' | 'INSERT' | 'UPDATE' | 'DELETE';

const APPENDED: readonly Right[] = ['SELECT', 'INSERT'];
const CHANGED: readonly Right[] = ['SELECT', 'INSERT', 'UPDATE'];

/** The complete rights of the apps on each table: tables that they only append to they can never change. */
export const APP_RIGHTS: Readonly<Record<string, readonly Right[]>> = {
  _prisma_migrations: ['SELECT'],
  api_key: CHANGED,
  attempt: APPENDED,
  content: APPENDED,
  event: APPENDED,
  index_list: APPENDED,
  seal: APPENDED,
  backup: CHANGED,
  history: ['SELECT', 'UPDATE'],
  lease: CHANGED,
  operation: CHANGED,
  part: CHANGED,
  changed_repository: ['SELECT', 'INSERT', 'UPDATE', 'DELETE'],
  reconciliation: ['SELECT', 'INSERT', 'UPDATE', 'DELETE'],
  repository_verification: CHANGED,
  restore_plan: ['SELECT', 'INSERT', 'UPDATE', 'DELETE'],
  doctor_run: ['SELECT', 'INSERT', 'UPDATE', 'DELETE'],
  idempotency_key: ['SELECT', 'INSERT', 'UPDATE', 'DELETE'],
};

const REQUIRED_RIGHTS = JSON.stringify(
  Object.entries(APP_RIGHTS).flatMap(([table, rights]) => rights.map((right) => ({ table, right }))),
);

/** Whether the role has exactly these rights on the existing tables, and may use the sequences. */
const LOOK = `
WITH given AS (
  SELECT relation.relname AS "table", granted.privilege_type AS "right"
  FROM pg_class relation, aclexplode(relation.relacl) granted
  WHERE relation.relnamespace = current_schema()::regnamespace AND relation.relkind IN ('r', 'p')
    AND granted.grantee = (SELECT oid FROM pg_roles WHERE rolname = $1)
), wanted AS (SELECT * FROM jsonb_to_recordset($2::jsonb) AS w("table" text, "right" text))
SELECT
  EXISTS (SELECT FROM pg_roles WHERE rolname = $1) AS "exists",
  current_user = $1 AS "isOwner",
  (SELECT rolsuper FROM pg_roles WHERE rolname = $1) IS TRUE AS "isSuperuser",
  NOT EXISTS (SELECT * FROM given EXCEPT SELECT * FROM wanted)
    AND NOT EXISTS (SELECT * FROM wanted EXCEPT SELECT * FROM given)
    AND NOT EXISTS (
      SELECT FROM pg_class WHERE relkind = 'S' AND relnamespace = current_schema()::regnamespace
        AND NOT EXISTS (
          SELECT FROM aclexplode(relacl) granted
          WHERE granted.grantee = (SELECT oid FROM pg_roles WHERE rolname = $1) AND granted.privilege_type = 'USAGE'
        )
    ) AS "isComplete"`;

export type RoleSight = {
  readonly exists: boolean;
  readonly isOwner: boolean;
  readonly isSuperuser: boolean;
  readonly isComplete: boolean;
};

export const readRole = async (client: Client, { name }: AppRole): Promise<RoleSight> => {
  const { rows } = await client.query<RoleSight>(LOOK, [name, REQUIRED_RIGHTS]);
  return rows[0] ?? { exists: false, isOwner: false, isSuperuser: false, isComplete: false };
};

const SCRAM_ONLY = `SET LOCAL password_encryption = 'scram-sha-256'`;

/** The statement for an administrator, without the password. */
export const createRoleHint = (name: string): string =>
  `CREATE ROLE ${pg.escapeIdentifier(name)} LOGIN PASSWORD '…' NOSUPERUSER NOCREATEDB NOCREATEROLE;`;

export const createRole = async (client: Client, { name, password }: AppRole): Promise<void> => {
  await inTransaction(client, [
    SCRAM_ONLY,
    `CREATE ROLE ${pg.escapeIdentifier(name)} LOGIN PASSWORD ${pg.escapeLiteral(password)}`,
  ]);
};

/** Revokes all rights of the role and grants those of APP_RIGHTS, in one transaction, so that it is never seen without rights. */
export const giveRights = async (client: Client, { name }: AppRole): Promise<void> => {
  const role = pg.escapeIdentifier(name);
  const { rows } = await client.query<{ schema: string }>('SELECT current_schema() AS schema');
  const schema = pg.escapeIdentifier(rows[0]?.schema ?? 'public');
  const grants = Object.entries(APP_RIGHTS).map(
    ([table, rights]) => `GRANT ${rights.join(', ')} ON ${pg.escapeIdentifier(table)} TO ${role}`,
  );
  await inTransaction(client, [
    `REVOKE ALL ON ALL TABLES IN SCHEMA ${schema} FROM ${role}`,
    `GRANT USAGE ON SCHEMA ${schema} TO ${role}`,
    `GRANT USAGE ON ALL SEQUENCES IN SCHEMA ${schema} TO ${role}`,
    ...grants,
  ]);
};

const inTransaction = async (client: Client, statements: readonly string[]): Promise<void> => {
  await client.query('BEGIN');
  try {
    for (const statement of statements) await client.query(statement);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
};
