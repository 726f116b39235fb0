import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { majorOf, type PostgresBinaries, postgresBinaries } from '@tandem/local-stack/postgres/postgres-binaries.ts';
import { isExecutable } from '@tandem/local-stack/process/find-program.ts';
import { pathFolders } from '@tandem/local-stack/settings.ts';

const TOOLS = ['createdb', 'pg_dump', 'pg_restore'] as const;
const SERVER = ['postgres', 'initdb'] as const;

/** Debian's packages put their programs here, and not into the PATH. */
const DEBIAN = '/usr/lib/postgresql';

const debianFolders = (): readonly string[] =>
  existsSync(DEBIAN) ? readdirSync(DEBIAN).map((version) => join(DEBIAN, version, 'bin')) : [];

const hasAll = (folder: string, names: readonly string[]): boolean =>
  names.every((name) => isExecutable(join(folder, name)));

/** Folders with pg_dump and the like: that of the stack's own server, those of the PATH, and Debian's. */
const toolFolders = async (): Promise<readonly string[]> => {
  const own = dirname((await postgresBinaries()).postgres);
  return [own, ...pathFolders(), ...debianFolders()].filter((folder) => hasAll(folder, TOOLS));
};

/** Only tools of the server's own version or newer take a dump of it. Undefined: this machine has none. */
export const toolsFor = async (serverMajor: number): Promise<string | undefined> => {
  for (const folder of await toolFolders()) {
    if (((await majorOf(join(folder, 'pg_dump'))) ?? 0) >= serverMajor) return folder;
  }
  return undefined;
};

export type DumpableServer = { readonly binaries: PostgresBinaries; readonly tools: string };

/** The stack's own server where there are tools for it, else an installed one that has its own. Undefined: there is neither. */
export const dumpableServer = async (): Promise<DumpableServer | undefined> => {
  const own = await postgresBinaries();
  const tools = await toolsFor((await majorOf(own.postgres)) ?? Number.POSITIVE_INFINITY);
  if (tools !== undefined) return { binaries: own, tools };
  const folder = (await toolFolders()).find((one) => hasAll(one, SERVER));
  if (folder === undefined) return undefined;
  return { binaries: { postgres: join(folder, 'postgres'), initdb: join(folder, 'initdb') }, tools: folder };
};
