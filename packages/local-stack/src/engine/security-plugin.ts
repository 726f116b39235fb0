import { cp, mkdir, readdir, rename, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { cached } from '../cached.ts';
import { runCommand } from '../process/run-command.ts';
import { StackFailure } from '../stack-failure.ts';
import { engineHome, engineHomeName } from './engine-home.ts';
import { stackEngines } from './engine-kinds.ts';
import type { Jdk } from './java.ts';
import { downloadJars } from './maven.ts';

const KIND = 'opensearch@2';

/** The plugin's version has one number more than that of its engine. */
const PLUGIN = `org.opensearch.plugin:opensearch-security:${stackEngines[KIND].version}.0:zip`;

const unpack = async (archive: string, folder: string, jdk: Jdk): Promise<void> => {
  const { code, output } = await runCommand(join(jdk.home, 'bin', 'jar'), ['xf', archive], { cwd: folder });
  if (code !== 0) throw new StackFailure('DOWNLOAD_FAILED', `${archive} cannot be unpacked:\n${output}`);
};

/**
 * The home of OpenSearch 2 with its security plugin in the folder `security`, from the cache or fetched with Maven. The users and roles are
 * those that the plugin itself is delivered with; `admin` has the password `admin`.
 */
export const securedHome = (jdk: Jdk): Promise<string> =>
  cached(`${engineHomeName(KIND)}-security`, async (home) => {
    const plain = await engineHome(KIND, jdk);
    const plugin = join(home, 'security');
    await mkdir(plugin, { recursive: true });
    await downloadJars([PLUGIN], plugin, { transitive: false, jdk });
    const [archive] = (await readdir(plugin)).filter((name) => name.endsWith('.zip'));
    if (archive === undefined) throw new StackFailure('DOWNLOAD_FAILED', `Maven fetched no archive of ${PLUGIN}`);
    await unpack(join(plugin, archive), plugin, jdk);
    await rm(join(plugin, archive));
    for (const folder of ['lib', 'classes', 'modules', 'plugins'])
      await symlink(join(plain, folder), join(home, folder));
    await cp(join(plain, 'config'), join(home, 'config'), { recursive: true });
    await rename(join(plugin, 'config'), join(home, 'config', 'opensearch-security'));
  });
