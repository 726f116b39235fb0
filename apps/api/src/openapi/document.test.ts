import { createConfig, lintFromString } from '@redocly/openapi-core';
import { LookupId, RequestedId } from '@tandem/shared/contract/optimize-backup.ts';
import { definitionOf, FAILURE_CODES } from '@tandem/shared/domain/failure/failures.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { createSchema } from 'zod-openapi';
import { readInput } from '../http/read-input.ts';
import type { Route } from '../http/route.ts';
import { access } from '../identity/access.ts';
import { type RouteTable, routes } from '../routes/index.ts';
import { documentedPath, openApiDocument } from './document.ts';
import { failuresOf } from './failure-responses.ts';

// no handler is called
const table = routes({ metrics: {} } as RouteTable);
const document = openApiDocument(table);
/** Those of the API; the others are pages for browsers. */
const operations = table.filter(({ docs }) => docs.isPage !== true);
const nameOf = ({ method, path }: Route) => `${method} ${documentedPath(path)}`;

/** No operation has the id `plans`, and no plan the hash `cancel`. */
const TWO_WORDS =
  'Paths should resolve unambiguously. Found two ambiguous paths: `/api/v1/restores/plans/{planHash}` and `/api/v1/restores/{operationId}/cancel`.';

describe('the OpenAPI document', () => {
  it('is valid OpenAPI 3.1, and its examples fit its schemas', async () => {
    // answers of routes without input are all successes
    const config = await createConfig({
      extends: ['recommended-strict'],
      rules: { 'operation-4xx-response': 'off', 'no-invalid-schema-examples': 'error' },
    });
    const problems = await lintFromString({ source: JSON.stringify(document), absoluteRef: 'openapi.json', config });
    const found = problems.filter(({ message }) => message !== TWO_WORDS);
    expect(found.map(({ ruleId, message, location }) => [ruleId, message, location[0]?.pointer])).toEqual([]);
    expect(document.openapi).toMatch(/^3\.1\./);
  });

  it('holds every route that is no page for browsers, and nothing else', () => {
    const documented = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method} ${path}`),
    );
    expect(documented.sort()).toEqual(operations.map(nameOf).sort());
    expect(table.filter(({ docs }) => docs.isPage === true).every(({ path }) => path.startsWith('/ui/'))).toBe(true);
  });

  it('names the place that it was fetched from, or PUBLIC_URL', () => {
    const [{ url = '' } = {}] = document.servers ?? [];
    expect(new URL(url, 'https://proxy/below/openapi.json').href).toBe('https://proxy/below/');
    expect(openApiDocument([], 'https://proxy/below').servers).toEqual([{ url: 'https://proxy/below' }]);
  });

  it('tells of every route how it succeeds and that it may fail', () => {
    for (const route of operations) {
      const { responses = {} } = document.paths?.[documentedPath(route.path)]?.[route.method] ?? {};
      const statuses = Object.keys(responses);
      expect(
        statuses.filter((status) => status.startsWith('2')),
        nameOf(route),
      ).not.toEqual([]);
      expect(statuses, nameOf(route)).toContain('500');
    }
  });
});

it('says of every route whether it needs credentials, and how it refuses those that do not suffice', () => {
  const seen = { public: 0, others: 0 };
  for (const route of table) {
    const operation = document.paths?.[documentedPath(route.path)]?.[route.method];
    if (operation === undefined) continue;
    const isPublic = access[route.docs.id] === 'public';
    seen[isPublic ? 'public' : 'others'] += 1;
    expect(operation.security, nameOf(route)).toEqual(isPublic ? [] : undefined);
    if (!isPublic)
      expect(Object.keys(operation.responses ?? {}), nameOf(route)).toEqual(expect.arrayContaining(['401', '403']));
  }
  expect(seen.public).toBeGreaterThan(5);
  expect(seen.others).toBeGreaterThan(50);
  const schemes = Object.keys(document.components?.securitySchemes ?? {});
  expect(document.security).toEqual(schemes.map((name) => ({ [name]: [] })));
});

it('checks for a rolled-back history before every request that may write, the doctor and reconciliations included', () => {
  const reading = table.filter(({ method, readsOnly }) => method !== 'get' && readsOnly).map(nameOf);
  expect(reading.sort()).toEqual(['post /api/v1/restores/plan', 'post /ui/logout', 'post /ui/session']);
  const doctor = table.find(({ method, path }) => method === 'post' && path === '/api/v1/doctor');
  expect(doctor && failuresOf(doctor)).toEqual(expect.arrayContaining(['OUTCOME_UNKNOWN', 'VALUE_REFUSED']));
});

/** Before a route is chosen. */
const BEFORE_ROUTES = ['EXPECTATION_UNKNOWN', 'METHOD_NOT_ALLOWED'];

it('documents every failure with an HTTP status at a route', () => {
  const documented = new Set<string>(table.flatMap(failuresOf));
  const answered = FAILURE_CODES.filter((code) => definitionOf(code).http !== null);
  expect(answered.filter((code) => !documented.has(code))).toEqual(BEFORE_ROUTES);
});

const answers = table.flatMap((route) =>
  Object.entries(route.docs.answers).flatMap(([status, { content }]) =>
    Object.entries(content).map(
      ([type, { schema, example }]) => [`${nameOf(route)} ${status} ${type}`, schema, example] as const,
    ),
  ),
);

it.each(answers)('shows an answer as it is: %s', (_, schema, example) => {
  expect(schema.parse(example)).toEqual(example);
});

const inPath: Readonly<Record<string, string>> = {
  backupId: 'nightly',
  name: 'optimize-backups',
  keyId: 'tdm_4f9a2c7b',
  operationId: '0b8f6a52-6a3f-4c0e-9d3c-6f7f0d1f8f10',
  id: '0b8f6a52-6a3f-4c0e-9d3c-6f7f0d1f8f10',
};
const bodies = table.filter(({ method }) => method !== 'get').map((route) => [nameOf(route), route] as const);

it.each(bodies)('shows a body that is taken: %s', (_, { input, docs, path }) => {
  expect(docs.body).toBeDefined();
  const names = path.startsWith('/actuator/backups') ? { ...inPath, backupId: '123' } : inPath;
  const parameters = [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => [name, names[name]] as const);
  expect(() =>
    readInput(input as z.ZodObject, { ...(docs.body as object), ...Object.fromEntries(parameters) }),
  ).not.toThrow();
});

describe('the pattern of an id', () => {
  const texts = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom('a', '9', '.', '-', '_', 'Z', '\n') }));

  it.each([
    ['asked for', RequestedId],
    ['looked up', LookupId],
  ])('that is %s is the rule', (_, schema) => {
    const shown = createSchema(schema, { io: 'input' }).schema as { readonly pattern: string };
    const pattern = new RegExp(shown.pattern);
    fc.assert(fc.property(texts, (id) => pattern.test(id) === schema.safeParse(id).success));
  });
});
