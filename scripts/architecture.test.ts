import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const checkout = fileURLToPath(new URL('..', import.meta.url));
const rows = readFileSync(join(checkout, 'ARCHITECTURE.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| '));

const PATH = /`([\w./-]+(?:\/|\.(?:ts|md|mjs|prisma)))`|\b(docs\/[\w./-]+\.md)\b/g;

const pathsIn = (row: string): readonly string[] =>
  [...row.matchAll(PATH)].map(([, code, plain]) => code ?? plain ?? '');

/** The paths of a row that are not there: from the root, or in the folder of the last path before it that is from the root. */
const missingIn = (row: string): readonly string[] => {
  let folder = '';
  return pathsIn(row).filter((path) => {
    const full = join(checkout, path);
    if (!existsSync(full)) return folder === '' || !existsSync(join(folder, path));
    folder = statSync(full).isDirectory() ? full : dirname(full);
    return false;
  });
};

it('names files that are there, in full or beside the one named before', () => {
  expect(rows.flatMap(pathsIn).length).toBeGreaterThan(100);
  expect(rows.flatMap(missingIn)).toEqual([]);
});

it('names few files for each task', () => {
  const tasks = rows.slice(rows.indexOf('| task | files |') + 1);
  const long = tasks.filter((row) => new Set(pathsIn(row)).size > 6);
  expect(long).toEqual([]);
});
