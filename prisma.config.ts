import { defineConfig } from 'prisma/config';

// For Prisma's own command line only: Tandem migrates with packages/history/src/migrate/migrate.ts.
const url = process.env.DATABASE_URL;

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  ...(url === undefined ? {} : { datasource: { url } }),
});
