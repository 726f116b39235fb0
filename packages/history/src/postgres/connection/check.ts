import { fail } from '@tandem/shared/domain/failure/failure.ts';
import { readMigrations } from '../../migrate/migration-folder.ts';
import { answer, isTrue, json, list, sql, statement, total } from '../sql/statement.ts';
import type { Database } from './open-database.ts';

const CHECK = statement`
SELECT ${answer(
  json({
    readOnly: isTrue(`current_setting('transaction_read_only')::boolean`),
    missing: total(
      list(sql<string>('name'), 'name'),
      `FROM jsonb_array_elements_text($1::jsonb) name
    WHERE NOT EXISTS (SELECT FROM _prisma_migrations WHERE migration_name = name AND finished_at IS NOT NULL AND rolled_back_at IS NULL)`,
    ),
  }),
)}`;

export const check = (database: Database) => async (): Promise<void> => {
  const names = (await readMigrations()).map(({ name }) => name);
  const { readOnly, missing } = (await database.ask(CHECK, JSON.stringify(names))) ?? {
    readOnly: false,
    missing: [],
  };
  if (missing.length > 0) {
    throw fail('HISTORY_UNREACHABLE', 'The database lacks migrations: run `npm run migrate`.', {
      cause: 'NOT_MIGRATED',
      missing,
    });
  }
  if (readOnly) throw fail('HISTORY_UNREACHABLE', 'PostgreSQL is read-only: writes are refused.', { cause: '25006' });
};
