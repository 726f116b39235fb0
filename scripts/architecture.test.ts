import { existsSync, globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const checkout = fileURLToPath(new URL('..', import.meta.url));
const architecture = readFileSync(`${checkout}/ARCHITECTURE.md`, 'utf8');
const files = globSync('{apps,packages,prisma,simulation,e2e,bench,scripts}/**/*.{ts,mjs,prisma}', {
  cwd: checkout,
  exclude: (path) => path.includes('node_modules'),
});

/** Of the rows of its tables: files and folders, in full or by the end of their paths. */
const named = architecture
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .flatMap((row) => [...row.matchAll(/`([\w./-]+(?:\/|\.(?:ts|md|prisma)))`/g)].map(([, path]) => path ?? ''));

const ending = (path: string): string => (path.endsWith('/') ? `/${path}` : `/${path}\n`);

it('names files that are there', () => {
  const missing = named.filter(
    (path) => !existsSync(`${checkout}/${path}`) && !files.some((file) => `${file}\n`.includes(ending(path))),
  );
  expect(named.length).toBeGreaterThan(50);
  expect(missing).toEqual([]);
});
