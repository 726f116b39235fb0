import { readFileSync } from 'node:fs';
import { openApiDocument } from '@tandem/api/openapi/document.ts';
import { type RouteTable, routes } from '@tandem/api/routes/index.ts';
import { expect, it } from 'vitest';
import { generatedClient } from './generated-client.ts';

it('the client has the types that `npm run docs` generates from the routes', async () => {
  for (const [name, generated] of Object.entries(await generatedClient())) {
    const committed = readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');
    // not toBe: the difference of 15,000 lines says less than the sentence
    expect(committed === generated, `${name} is out of date: run \`npm run docs\``).toBe(true);
  }
});

it('every list in a query is one value with commas, as the client sends it', () => {
  const { paths = {} } = openApiDocument(routes({ metrics: {} } as RouteTable));
  const operations = Object.values(paths).flatMap((methods) => Object.values(methods));
  const parameters = operations.flatMap((one: { readonly parameters?: readonly Parameter[] }) => one.parameters ?? []);
  const lists = parameters.filter(({ in: where, schema }) => where === 'query' && schema?.type === 'array');
  expect(lists.length).toBeGreaterThan(5);
  expect(lists.filter(({ style, explode }) => style !== 'form' || explode !== false)).toEqual([]);
});

type Parameter = {
  readonly in?: string;
  readonly style?: string;
  readonly explode?: boolean;
  readonly schema?: { readonly type?: string };
};
