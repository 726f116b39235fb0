import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { removeVolumes } from './container/container-part.ts';
import { hasDocker } from './container/docker.ts';
import { takeLock } from './process/directory-lock.ts';
import { homeDirectory } from './settings.ts';

const { values } = parseArgs({ options: { all: { type: 'boolean', default: false } } });

/** Deletes everything but the downloads, which take long to fetch again; `--all` deletes these too. */
const reset = async (all: boolean): Promise<void> => {
  const lock = takeLock(join(homeDirectory, 'lock'));
  if (!lock.taken) throw new Error(`npm start is running in this checkout (pid ${lock.holder.pid}). Stop it first.`);
  const kept = all ? ['lock'] : ['lock', 'cache'];
  for (const name of readdirSync(homeDirectory)) {
    if (!kept.includes(name)) rmSync(join(homeDirectory, name), { recursive: true, force: true });
  }
  if (await hasDocker()) await removeVolumes(homeDirectory);
  lock.release();
};

try {
  await reset(values.all);
  console.log(
    values.all ? 'data and downloads are deleted' : 'data is deleted; the downloads are kept (--all deletes them too)',
  );
} catch (error) {
  console.error(`tandem: ${(error as Error).message}`);
  process.exitCode = 1;
}
