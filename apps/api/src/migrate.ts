import { migrate } from '@tandem/history/migrate.ts';
import { databaseTls } from '@tandem/runtime/connection-settings.ts';
import { startSettings } from '@tandem/runtime/start-settings.ts';

const { settings } = startSettings(['databaseUrl', 'databaseCa', 'databaseConnectMs']);

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

try {
  const { url, ...tls } = databaseTls(settings);
  const { applied } = await migrate(url, { log: say, connectTimeoutMs: settings.databaseConnectMs, ...tls });
  say(
    applied.length === 0 ? 'Nothing to migrate: the database is up to date.' : `Migrated: ${applied.length} applied.`,
  );
} catch (error) {
  process.stderr.write(`Migration failed. ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
// Prisma's engine leaves a timer of ten seconds behind.
process.exit();
