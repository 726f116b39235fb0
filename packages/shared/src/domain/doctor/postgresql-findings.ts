import { nameList } from '../name-list.ts';
import type { DatabaseFacts } from './facts.ts';
import { type Finding, failed, ok, warn } from './finding.ts';

/** PostgreSQL, 13 or newer (docs/settings.md). */
const OLDEST = 13;

const MIGRATE = 'Run npm run migrate.';

/** Version, writability, migrations and rights. */
export const postgresqlFindings = (facts: DatabaseFacts): readonly Finding[] => [
  version(facts),
  writable(facts),
  migrations(facts),
  rights(facts),
];

const version = ({ version: found, major, timeZone, role }: DatabaseFacts): Finding => {
  const evidence = { version: found, timeZone, role };
  return major < OLDEST
    ? failed('postgresql', `PostgreSQL ${found} is too old.`, `Upgrade it to ${OLDEST} or newer.`, evidence)
    : ok('postgresql', `PostgreSQL ${found}.`, evidence);
};

const writable = ({ readOnly, inRecovery }: DatabaseFacts): Finding => {
  const evidence = { readOnly, inRecovery };
  if (inRecovery)
    return failed(
      'postgresql-writable',
      'DATABASE_URL leads to a standby, which refuses writes.',
      'Point DATABASE_URL at the primary, or promote the standby.',
      evidence,
    );
  if (readOnly)
    return failed(
      'postgresql-writable',
      'Transactions are read-only.',
      'Set default_transaction_read_only to off for the role and the database of DATABASE_URL.',
      evidence,
    );
  return ok('postgresql-writable', 'Accepts writes; not a standby.', evidence);
};

const migrations = ({ missingMigrations: missing, newerMigrations: newer }: DatabaseFacts): Finding => {
  const evidence = { missing, newer };
  if (missing.length > 0)
    return failed(
      'postgresql-migrations',
      `${missing.length} ${missing.length === 1 ? 'migration is' : 'migrations are'} not applied: ${nameList(missing)}.`,
      MIGRATE,
      evidence,
    );
  if (newer.length > 0)
    return warn(
      'postgresql-migrations',
      `The database has migrations of a newer version of Tandem: ${nameList(newer)}.`,
      'Run that version, or finish the rolling upgrade.',
      evidence,
    );
  return ok('postgresql-migrations', 'All migrations are applied.');
};

const OWNER_URL =
  'Create a role of its own for DATABASE_URL, put the owner into DATABASE_OWNER_URL and run npm run migrate (docs/security.md).';

const rights = ({ role, isSuperuser, ownsTables, lackingRights: lacking }: DatabaseFacts): Finding => {
  const evidence = { role, isSuperuser, ownsTables, lacking };
  if (lacking.length > 0)
    return failed(
      'postgresql-rights',
      `Role ${role} lacks rights: ${nameList(lacking)}.`,
      'Run npm run migrate with DATABASE_OWNER_URL: it grants them.',
      evidence,
    );
  if (isSuperuser)
    return warn('postgresql-rights', `Role ${role} is a superuser: it could change the history.`, OWNER_URL, evidence);
  if (ownsTables)
    return warn('postgresql-rights', `Role ${role} owns the tables: it could change the history.`, OWNER_URL, evidence);
  return ok('postgresql-rights', `Role ${role} has exactly the rights it needs, and cannot change events.`, evidence);
};
