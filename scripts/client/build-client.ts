import { execFileSync } from 'node:child_process';
import { copyFileSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const checkout = fileURLToPath(new URL('../..', import.meta.url));
const source = join(checkout, 'packages/client');

/** Builds packages/client into that folder, as it is published: modules with their types, a package.json of their own. What was there is deleted. */
export const buildClient = (folder: string): void => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const tsc = join(checkout, 'node_modules/typescript/bin/tsc');
  execFileSync(process.execPath, [tsc, '-p', join(source, 'tsconfig.build.json'), '--outDir', folder], {
    stdio: 'inherit',
  });
  for (const name of globSync('**/*.d.ts', { cwd: folder })) writeModulePaths(join(folder, name));
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest(), undefined, 2)}\n`);
  copyFileSync(join(source, 'README.md'), join(folder, 'README.md'));
  copyFileSync(join(checkout, 'LICENSE'), join(folder, 'LICENSE'));
};

/** The compiler rewrites `./client.ts` in modules, and leaves it in declarations, where not every tool resolves it. */
const writeModulePaths = (file: string): void =>
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll(/(from |import\()(['"])(\.[^'"]*)\.ts\2/g, '$1$2$3.js$2'));

const entry = (name: string) => ({ types: `./${name}.d.ts`, default: `./${name}.js` });

const manifest = (): object => {
  const { name, version, description, license, dependencies, engines } = JSON.parse(
    readFileSync(join(source, 'package.json'), 'utf8'),
  ) as Readonly<Record<string, unknown>>;
  return {
    ...{ name, version, description, license, type: 'module', sideEffects: false, engines },
    exports: { '.': entry('index'), './node': entry('node/node-fetch') },
    dependencies,
  };
};
