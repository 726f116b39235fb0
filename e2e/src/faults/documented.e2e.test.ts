import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const page = new URL('../../../docs/faults.md', import.meta.url);
const linked = [...readFileSync(page, 'utf8').matchAll(/\]\((\.\.\/[^)]+)\)/g)].map(([, path]) => path ?? '');

it('docs/faults.md links only what exists', () => {
  expect(linked.length).toBeGreaterThan(30);
  expect([...new Set(linked)].filter((path) => !existsSync(new URL(path, page)))).toEqual([]);
});

it('docs/faults.md names every test of this folder', () => {
  const here = readdirSync(new URL('.', import.meta.url)).filter((file) => file.endsWith('.e2e.test.ts'));
  const named = new Set(linked.map((path) => path.split('/').at(-1)));
  expect(here.filter((file) => !named.has(file) && file !== 'documented.e2e.test.ts')).toEqual([]);
});
