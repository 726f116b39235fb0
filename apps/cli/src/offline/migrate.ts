import { exitIfHelpRequested } from '@tandem/runtime/process/help.ts';
import { startSettings } from '@tandem/runtime/settings/start-settings.ts';
import { MIGRATION_SETTINGS, migrateDatabase } from './compose.ts';

exitIfHelpRequested('migrate', 'creates or updates the tables in PostgreSQL');
const { settings } = startSettings(MIGRATION_SETTINGS);

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

try {
  const { applied, isOwner } = await migrateDatabase(settings, say);
  say(
    applied.length === 0 ? 'Nothing to migrate: the database is up to date.' : `Migrated: ${applied.length} applied.`,
  );
  if (isOwner) {
    say(
      'The apps connect as the owner of the tables, who could change the history. Set DATABASE_OWNER_URL to separate the two.',
    );
  }
} catch (error) {
  process.stderr.write(`Migration failed. ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
