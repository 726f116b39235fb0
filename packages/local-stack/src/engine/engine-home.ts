import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { copyFile, mkdir, readdir, rename, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { cached } from '../cached.ts';
import { runCommand } from '../process/run-command.ts';
import { environment } from '../settings.ts';
import { StackFailure } from '../stack-failure.ts';
import { zipEntry } from '../zip-entry.ts';
import { type StackEngine, type StackEngineDefinition, slugOf, stackEngines } from './engine-kinds.ts';
import type { Jdk } from './java.ts';
import { downloadJars } from './maven.ts';

const launchers = resolve(import.meta.dirname, '../../java');
const TRANSPORT = 'transport-netty4';

const launcherFile = ({ launcher }: StackEngineDefinition) => join(launchers, `${launcher}.java`);

/** The name contains a hash of the contents, so that a changed launcher or version is rebuilt. */
export const engineHomeName = (kind: StackEngine): string => {
  const definition = stackEngines[kind];
  const content = JSON.stringify([definition.artifacts, readFileSync(launcherFile(definition), 'utf8')]);
  return `${slugOf(kind)}-${createHash('sha256').update(content).digest('hex').slice(0, 10)}`;
};

/** The HTTP transport is an engine module: a folder with its jars and the descriptor that lies inside one of them. */
const moveTransport = async (home: string): Promise<void> => {
  const module = join(home, 'modules', TRANSPORT);
  await mkdir(module, { recursive: true });
  for (const jar of await readdir(join(home, 'lib'))) {
    if (jar.startsWith(TRANSPORT) || jar.startsWith('netty-')) await rename(join(home, 'lib', jar), join(module, jar));
  }
  const jar = (await readdir(module)).find((name) => name.startsWith(TRANSPORT));
  const descriptor = `META-INF/es-plugins/${TRANSPORT}/plugin-descriptor.properties`;
  const content = jar === undefined ? undefined : await zipEntry(join(module, jar), descriptor);
  if (content === undefined) throw new StackFailure('DOWNLOAD_FAILED', `${TRANSPORT} has no ${descriptor}`);
  await writeFile(join(module, 'plugin-descriptor.properties'), content);
};

const pathArguments = (home: string, { layout }: StackEngineDefinition): string[] =>
  layout === 'module path'
    ? ['--module-path', join(home, 'lib'), '--add-modules', 'ALL-MODULE-PATH']
    : ['-cp', `${join(home, 'lib')}/*`];

const compileLauncher = async (home: string, definition: StackEngineDefinition, jdk: Jdk): Promise<void> => {
  const args = ['--release', String(definition.java.from), ...pathArguments(home, definition)];
  // log4j-core has an annotation processor, which has nothing to do here
  const javac = [...args, '-nowarn', '-proc:none', '-d', join(home, 'classes'), launcherFile(definition)];
  const { code, output } = await runCommand(join(jdk.home, 'bin', 'javac'), javac, { env: environment() });
  if (code !== 0) throw new StackFailure('DOWNLOAD_FAILED', `${definition.launcher}.java does not compile:\n${output}`);
};

/** A folder with jars, configuration and compiled launcher of an engine: from the cache, else fetched with Maven. */
export const engineHome = (kind: StackEngine, jdk: Jdk): Promise<string> => {
  const definition = stackEngines[kind];
  return cached(engineHomeName(kind), async (home) => {
    await mkdir(join(home, 'config'), { recursive: true });
    await mkdir(join(home, 'plugins'), { recursive: true });
    await mkdir(join(home, 'modules'), { recursive: true });
    await downloadJars(definition.artifacts, join(home, 'lib'), { jdk });
    if (definition.layout === 'module path') await moveTransport(home);
    await copyFile(join(launchers, 'log4j2.properties'), join(home, 'config', 'log4j2.properties'));
    await compileLauncher(home, definition, jdk);
  });
};

/** The arguments for `java` that start this engine; `-Xmx` and the like come before. */
export const launchArguments = (kind: StackEngine, home: string, rest: readonly string[]): string[] => {
  const definition = stackEngines[kind];
  const classes = join(home, 'classes');
  const paths =
    definition.layout === 'module path'
      ? [...pathArguments(home, definition), '-cp', classes]
      : ['-cp', `${classes}:${join(home, 'lib')}/*`];
  return [`-Des.path.home=${home}`, ...paths, definition.launcher, home, ...rest];
};
