import { migrate } from '@tandem/history/migrate/migrate.ts';
import { migrationSettings } from '@tandem/runtime/connection-settings.ts';
import { exitWhereHelpIsAsked } from '@tandem/runtime/help.ts';
import { startSettings } from '@tandem/runtime/start-settings.ts';

exitWhereHelpIsAsked('migrate', 'creates or updates the tables in PostgreSQL');
const { settings } = startSettings(['databaseUrl', 'databaseOwnerUrl', 'databaseCa', 'databaseConnectMs']);

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

try {
  const { url, ...connection } = migrationSettings(settings);
  const { applied } = await migrate(url, { log: say, connectTimeoutMs: settings.databaseConnectMs, ...connection });
  say(
    applied.length === 0 ? 'Nothing to migrate: the database is up to date.' : `Migrated: ${applied.length} applied.`,
  );
  if (connection.appRole === undefined) {
    say(
      'The apps connect as the owner of the tables, who could change the history: DATABASE_OWNER_URL takes them apart.',
    );
  }
} catch (error) {
  process.stderr.write(`Migration failed. ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
// Prisma's engine leaves a timer of ten seconds behind.
process.exit();
