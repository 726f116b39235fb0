import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { startProgram } from './harness/app-process.ts';
import { installedWorkspaces, layOutImage, productionInstall } from './harness/production-image.ts';
import { startApi } from './harness/requests/api.ts';
import { create } from './harness/requests/v1.ts';
import { dropDatabase, forApps, openDatabase, withDatabase } from './harness/services/database.ts';
import { useWorld } from './harness/world.ts';

/* What the Dockerfile puts together, without Docker: the files that it copies and the packages that it installs, and nothing else of the checkout. */

const world = useWorld({ apps: false });
let image: string;
let database: string;

beforeAll(async () => {
  // outside of the checkout, where Node would find what is missing in the image
  image = mkdtempSync(join(tmpdir(), 'tandem-image-'));
  world.onEnd(async () => rmSync(image, { recursive: true, force: true }));
  layOutImage(image);
  database = `${world.name}_image`;
  await world.sql(`CREATE DATABASE "${database}"`);
  world.onEnd(() => dropDatabase(world.databaseUrl, database));
});

describe('the production image', () => {
  it('installs the Prisma client, and neither the CLI nor a schema engine', () => {
    const names = productionInstall(installedWorkspaces()).map((path) => path.replace(/.*node_modules\//, ''));
    expect(names.filter((name) => /prisma/.test(name))).toEqual([
      '@prisma/adapter-pg',
      '@prisma/client',
      '@prisma/client-runtime-utils',
      '@prisma/debug',
      '@prisma/driver-adapter-utils',
    ]);
    expect(names.length).toBeLessThan(220);
  });

  it('migrates an empty database, starts API and worker, and takes a backup', async () => {
    const environment = world.environment({
      DATABASE_URL: forApps(world.databaseUrl, database),
      NODE_ENV: 'production',
    });
    const owner = { DATABASE_OWNER_URL: withDatabase(world.databaseUrl, database) };
    const migration = startProgram('migrate', { ...environment, ...owner }, [], image);
    expect(await migration.exited, migration.output()).toEqual({ code: 0, signal: null });
    expect(migration.output()).toMatch(/^Migrated: \d+ applied\.$/m);

    const worker = startProgram('worker', environment, [], image);
    world.onEnd(() => worker.kill());
    const api = await startApi(environment, worker.output, image);
    world.onEnd(() => api.kill());
    await create(api, 'from-the-image');
    await api.untilState('from-the-image', 'COMPLETED');

    const rows = openDatabase(withDatabase(world.databaseUrl, database));
    world.onEnd(rows.close);
    expect(await rows.sql('select state from backup')).toEqual([{ state: 'COMPLETED' }]);
  });
});
