import pg from 'pg';
import { sqlState } from '../postgres/connection/database-failure.ts';

/** How long PostgreSQL lets a statement of the role take where the session sets nothing else, as reads behind a pooler do. */
export type RoleTimeout = { readonly role: string; readonly timeoutMs: number };

const IS_SET = `
SELECT EXISTS (
  SELECT FROM pg_db_role_setting
  WHERE setrole = (SELECT oid FROM pg_roles WHERE rolname = $1)
    AND setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database())
    AND 'statement_timeout=' || $2 = ANY (setconfig)
) AS "isSet"`;

/** In the database of that connection. Connections that are open keep what they began with. */
export const hasRoleTimeout = async (client: pg.Client, { role, timeoutMs }: RoleTimeout): Promise<boolean> => {
  const { rows } = await client.query<{ isSet: boolean }>(IS_SET, [role, String(timeoutMs)]);
  return rows[0]?.isSet === true;
};

const statementFor = (database: string, { role, timeoutMs }: RoleTimeout): string =>
  `ALTER ROLE ${pg.escapeIdentifier(role)} IN DATABASE ${pg.escapeIdentifier(database)} SET statement_timeout = '${timeoutMs}'`;

const INSUFFICIENT_PRIVILEGE = '42501';

/** Returns what was done, or what an administrator has to do where this role may not: the apps work without it. */
export const setRoleTimeout = async (client: pg.Client, timeout: RoleTimeout): Promise<string> => {
  const statement = statementFor(client.database ?? '', timeout);
  try {
    await client.query(statement);
    return `set the statement_timeout of the role ${timeout.role} to ${timeout.timeoutMs} ms`;
  } catch (error) {
    if (sqlState(error) !== INSUFFICIENT_PRIVILEGE) throw error;
    return (
      `The role of DATABASE_OWNER_URL may not set the statement_timeout of the role "${timeout.role}": behind a pooler its reads take a ` +
      `transaction each, as writes do. As an administrator: ${statement};`
    );
  }
};
