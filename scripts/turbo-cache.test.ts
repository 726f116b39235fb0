import { spawnSync } from 'node:child_process';
import { appendFileSync, copyFileSync, cpSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const checkout = fileURLToPath(new URL('..', import.meta.url));
const copy = mkdtempSync(join(tmpdir(), 'turbo-cache-'));

const TOP = ['package.json', 'package-lock.json', 'turbo.json', 'tsconfig.json', 'vitest.config.ts'];
const FOLDERS = ['docs', 'apps', 'packages', 'bench', 'e2e', 'simulation', 'prisma'];
const IS_LEFT_OUT = /^(node_modules|generated|\.turbo)$/;

const packages = globSync(['{apps,packages}/*/package.json', '{bench,e2e,simulation}/package.json'], { cwd: checkout })
  .map(dirname)
  .sort()
  .map((folder) => {
    const sources = globSync(`${folder}/src/**/*.ts`, { cwd: checkout }).sort();
    const { name } = JSON.parse(readFileSync(join(checkout, folder, 'package.json'), 'utf8'));
    const imported = sources.flatMap((file) => [
      ...readFileSync(join(checkout, file), 'utf8').matchAll(/(?:from|import\() ?'(@tandem\/[a-z-]+)\//g),
    ]);
    return { name: String(name), source: String(sources[0]), imports: new Set(imported.map(([, other]) => other)) };
  });

/** A package and every one that imports it, directly or through others. */
const dependantsOf = (name: string): ReadonlySet<string> => {
  const found = new Set([name]);
  for (const dependency of found) {
    for (const importer of packages) if (importer.imports.has(dependency)) found.add(importer.name);
  }
  return found;
};

type Task = { readonly taskId: string; readonly hash: string; readonly command: string };

/** The hash of each task that runs a command. */
const hashes = (): ReadonlyMap<string, string> => {
  const turbo = join(checkout, 'node_modules/turbo/bin/turbo');
  const args = [turbo, 'run', 'types', 'unit', '--dry=json', '--cwd', copy];
  const env = { ...process.env, TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1', TURBO_NO_UPDATE_NOTIFIER: '1' };
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { env, encoding: 'utf8', maxBuffer: 1e8 });
  if (status !== 0) throw new Error(stderr);
  const tasks: readonly Task[] = JSON.parse(stdout).tasks;
  return new Map(tasks.filter(({ command }) => command !== '<NONEXISTENT>').map(({ taskId, hash }) => [taskId, hash]));
};

describe("turbo's cache", () => {
  let before: ReadonlyMap<string, string>;

  /** The tasks that are no hits after a change of one file. */
  const missesAfter = (file: string): readonly string[] => {
    appendFileSync(join(copy, file), '\n');
    const after = hashes();
    copyFileSync(join(checkout, file), join(copy, file));
    return [...after].filter(([task, hash]) => before.get(task) !== hash).map(([task]) => task);
  };

  beforeAll(() => {
    for (const file of TOP) copyFileSync(join(checkout, file), join(copy, file));
    const filter = (file: string) => !IS_LEFT_OUT.test(basename(file));
    for (const folder of FOLDERS) cpSync(join(checkout, folder), join(copy, folder), { recursive: true, filter });
    before = hashes();
  }, 120_000);
  afterAll(() => rmSync(copy, { recursive: true }));

  it.each(packages)('misses for whatever imports $name once that has changed', ({ name, source }) => {
    const dependants = dependantsOf(name);
    const tasks = [...before.keys()].filter((task) => dependants.has(task.split('#')[0] ?? ''));
    expect(missesAfter(source)).toEqual(expect.arrayContaining([...tasks, '//#unit']));
  });

  it.each([
    ['prisma/schema.prisma', ['@tandem/history#types', '@tandem/history#unit', '@tandem/api#types', '//#unit']],
    ['docs/settings.md', ['@tandem/runtime#unit']],
    ['docs/operations.md', ['@tandem/api#unit', '@tandem/worker#unit', '//#unit']],
    ['package.json', ['@tandem/runtime#unit']],
    ['packages/client/README.md', ['//#unit']],
  ])('misses after a change of %s', (file, tasks) => {
    expect(missesAfter(file)).toEqual(expect.arrayContaining(tasks));
  });

  it('hits for a package that imports nothing of the changed one', () => {
    expect(missesAfter('packages/queue/src/port.ts')).not.toContain('@tandem/history#types');
  });
});
