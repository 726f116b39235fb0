import { readFileSync } from 'node:fs';
import { type RouteTable, routes } from '@tandem/api/routes/index.ts';
import { expect, it } from 'vitest';

const docs = readFileSync(new URL('../docs/rest.md', import.meta.url), 'utf8');
const table = routes({ metrics: {} } as RouteTable);

it.each([...new Set(table.map(({ path }) => path.replaceAll(/:(\w+)/g, '{$1}')))])('docs/rest.md names %s', (path) => {
  expect(docs.split(/[`?,\s]+/)).toContain(path);
});
