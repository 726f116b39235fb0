import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

/** Builds the package of the `tandem` command that npm publishes: one file and no dependencies. */

const root = fileURLToPath(new URL('../..', import.meta.url));
const inRoot = (path: string): string => join(root, path);

/** What runs it; commander needs it. */
const OLDEST_NODE = '22.12';

const description = () => {
  const { name, version, license } = JSON.parse(readFileSync(inRoot('apps/cli/package.json'), 'utf8')) as Record<
    string,
    string
  >;
  return {
    ...{ name, version, license, type: 'module' },
    description:
      'The command line of Tandem, which takes, watches, restores and remembers backups of Camunda Optimize.',
    keywords: ['camunda', 'optimize', 'elasticsearch', 'opensearch', 'backup', 'restore'],
    bin: { tandem: 'tandem.js' },
    files: ['tandem.js', 'THIRD-PARTY.txt'],
    engines: { node: `>=${OLDEST_NODE}` },
  };
};

/** The paths of the modules in the bundle. */
const bundle = async (file: string): Promise<readonly string[]> => {
  const build = await rolldown({
    input: inRoot('apps/cli/src/main.ts'),
    platform: 'node',
    transform: { target: `node${OLDEST_NODE}` },
    logLevel: 'warn',
  });
  const { output } = await build.write({ file, format: 'esm', banner: '#!/usr/bin/env node', codeSplitting: false });
  await build.close();
  return output.flatMap((chunk) => (chunk.type === 'chunk' ? chunk.moduleIds : []));
};

/** The folders of the packages that modules come from. */
const packagesOf = (modules: readonly string[]): readonly string[] => {
  const folders = modules.flatMap((path) => /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? []);
  return [...new Set(folders)].sort();
};

/** The licences of what is bundled demand that they are passed on. */
const licences = (folders: readonly string[]): string =>
  folders
    .map((folder) => {
      const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Record<
        string,
        string
      >;
      const file = readdirSync(folder).find((entry) => /^licen[cs]e(\.\w+)?$/i.test(entry));
      return `${name} ${version} (${license})\n\n${file === undefined ? '' : readFileSync(join(folder, file), 'utf8').trim()}\n`;
    })
    .join(`\n${'-'.repeat(80)}\n\n`);

/** Writes the package into that folder; resolves with the sources that are in it, relative to the checkout. */
export const buildCli = async (folder: string): Promise<readonly string[]> => {
  mkdirSync(folder, { recursive: true });
  const program = join(folder, 'tandem.js');
  const modules = await bundle(program);
  chmodSync(program, 0o755);
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(description(), null, 2)}\n`);
  writeFileSync(join(folder, 'THIRD-PARTY.txt'), licences(packagesOf(modules)));
  for (const name of ['LICENSE', 'docs/cli.md']) {
    if (existsSync(inRoot(name))) copyFileSync(inRoot(name), join(folder, name === 'LICENSE' ? name : 'README.md'));
  }
  return modules.filter((path) => path.startsWith(root)).map((path) => relative(root, path));
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = resolve(process.argv[2] ?? join(dirname(inRoot('package.json')), '.tandem/cli-package'));
  await buildCli(folder);
  console.log(`The package is in ${folder}. To publish it: npm publish ${folder}`);
}
