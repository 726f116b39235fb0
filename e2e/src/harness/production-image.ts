import { cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { inCheckout } from './paths.ts';

type LockedPackage = {
  readonly resolved?: string;
  readonly link?: true;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
};
type Packages = Readonly<Record<string, LockedPackage>>;

const readPackages = (): Packages => JSON.parse(readFileSync(inCheckout('package-lock.json'), 'utf8')).packages;

/** As Node finds it: in the node_modules of the package that asks, else of a folder above. */
const pathOf = (packages: Packages, name: string, from: string): string => {
  const own = `${from === '' ? '' : `${from}/`}node_modules/${name}`;
  if (own in packages) return own;
  if (from === '') throw new Error(`package-lock.json has no ${name}`);
  return pathOf(packages, name, from.includes('/') ? dirname(from) : '');
};

const dependenciesOf = ({ dependencies = {}, peerDependencies = {}, peerDependenciesMeta = {} }: LockedPackage) => [
  ...Object.keys(dependencies),
  ...Object.keys(peerDependencies).filter((name) => peerDependenciesMeta[name]?.optional !== true),
];

/** The folders that `npm ci --omit=dev --omit=optional` installs for those workspaces, from the lockfile alone. */
export const productionInstall = (workspaces: readonly string[]): readonly string[] => {
  const packages = readPackages();
  const found = new Set<string>();
  const add = (path: string): void => {
    if (found.has(path)) return;
    found.add(path);
    const locked = packages[path] ?? {};
    const needed = dependenciesOf(locked).map((name) => pathOf(packages, name, path));
    for (const next of locked.link === true ? [locked.resolved ?? ''] : needed) add(next);
  };
  for (const name of workspaces) add(`node_modules/${name}`);
  return [...found].sort();
};

const dockerfile = (): readonly string[] => readFileSync(inCheckout('Dockerfile'), 'utf8').split('\n');

/** Workspaces of the line that installs for production. */
export const installedWorkspaces = (): readonly string[] => {
  const line = dockerfile().find((one) => one.startsWith('RUN npm ci --omit=dev --omit=optional')) ?? '';
  return [...line.matchAll(/-w (\S+)/g)].map(([, name]) => name ?? '');
};

/** What a stage copies from the checkout or takes from the stage that generates the client; each keeps its path. */
const copiedIn = (stage: string): readonly string[] =>
  stage
    .split('\n')
    .filter((line) => line.startsWith('COPY ') && !line.startsWith('COPY --from=dependencies '))
    .flatMap((line) => line.replace('--from=client /tandem/', '').split(' ').slice(1, -1));

/** The image begins with all of the stage that installs. */
const copiedPaths = (): readonly string[] => {
  const stages = dockerfile()
    .join('\n')
    .split(/^FROM /m);
  return stages.filter((stage) => / AS dependencies\n/.test(stage) || !/ AS /.test(stage)).flatMap(copiedIn);
};

const isModule = (path: string): boolean => path.startsWith('node_modules/') || path.includes('/node_modules/');

/** Lays out a folder as the image contains it: the paths that the Dockerfile copies, and the production install. */
export const layOutImage = (folder: string): void => {
  const copy = (path: string): void => {
    const source = inCheckout(path);
    const outsideModules = (file: string) => !file.slice(source.length).includes('/node_modules');
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    cpSync(source, join(folder, path), {
      ...{ recursive: true, verbatimSymlinks: true },
      // a filter makes copying several times slower
      ...(existsSync(join(source, 'node_modules')) ? { filter: outsideModules } : {}),
    });
  };
  for (const path of copiedPaths()) copy(path);
  for (const path of productionInstall(installedWorkspaces()).filter(isModule)) copy(path);
};
