import { readFileSync } from 'node:fs';
import { access } from '@tandem/api/identity/access.ts';
import { documentedPath } from '@tandem/api/openapi/document.ts';
import { type RouteTable, routes } from '@tandem/api/routes/index.ts';
import { expect, it } from 'vitest';

/** The table below `### Requests by role`: the requests of each row, by its first cell. */
const documented = (): Readonly<Record<string, readonly string[]>> => {
  const markdown = readFileSync(new URL('../docs/security.md', import.meta.url), 'utf8');
  const [, section = ''] = markdown.split('### Requests by role\n');
  const [table = ''] = /(?:^\|.*\n)+/m.exec(section) ?? [];
  const rows = table.split('\n').slice(2, -1);
  return Object.fromEntries(
    rows.map((row) => {
      const [, role = '', requests = ''] = row.split('|');
      const found = [...requests.matchAll(/`((?:GET|POST|PUT|PATCH|DELETE) [^`]+)`/g)].map(
        ([, request = '']) => request,
      );
      return [role.replaceAll(/[`\s]/g, ''), found.toSorted()];
    }),
  );
};

it('says of every request which role it needs; reads need viewer', () => {
  const table = routes({ metrics: {} } as RouteTable);
  const requests = (needed: string, isListed: (method: string) => boolean) =>
    [
      ...new Set(
        table
          .filter(({ docs, method }) => access[docs.id] === needed && isListed(method))
          .map(({ method, path }) => `${method.toUpperCase()} ${documentedPath(path)}`),
      ),
    ].toSorted();
  const changing = (needed: string) => requests(needed, (method) => method !== 'get');
  expect(documented()).toEqual({
    none: requests('public', () => true),
    viewer: changing('viewer'),
    ...{ operator: changing('operator'), restorer: changing('restorer'), admin: changing('admin') },
  });
  const reads = table.filter(({ docs, method }) => method === 'get' && access[docs.id] !== 'public');
  expect(new Set(reads.map(({ docs }) => access[docs.id]))).toEqual(new Set(['viewer']));
});
