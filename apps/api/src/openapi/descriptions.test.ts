import { describe, expect, it } from 'vitest';
import { type RouteTable, routes } from '../routes/index.ts';
import { openApiDocument } from './document.ts';

type Schema = {
  readonly $ref?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly enum?: unknown;
  readonly const?: unknown;
  readonly example?: unknown;
  readonly examples?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly prefixItems?: readonly Schema[];
  readonly additionalProperties?: Schema | boolean;
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
};
type Found = { readonly at: string; readonly schema: Schema };
type Content = Readonly<Record<string, { readonly schema: Schema }>>;
type Parameter = { readonly name: string; readonly description?: string; readonly schema: Schema };
type Operation = {
  readonly summary?: string;
  readonly description?: string;
  readonly parameters?: readonly (Parameter | { readonly $ref: string })[];
  readonly requestBody?: { readonly description?: string; readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly description?: string; readonly content?: Content }>>;
};

// no handler is called
const document = openApiDocument(routes({ metrics: {} } as RouteTable));
const schemas = document.components?.schemas as Readonly<Record<string, Schema>>;
const operations = Object.entries(document.paths ?? {}).flatMap(([path, byMethod]) =>
  Object.entries(byMethod).map(([method, operation]) => ({ at: `${method} ${path}`, ...(operation as Operation) })),
);

const target = ({ $ref }: Schema): Schema | undefined => schemas[$ref?.split('/').at(-1) ?? ''];
const isDescribed = (schema: Schema): boolean => (schema.description ?? target(schema)?.description ?? '') !== '';

/** The properties in a schema, at any depth; those of a component are found from the component. */
const propertiesIn = ({ at, schema }: Found): readonly Found[] => {
  const own = Object.entries(schema.properties ?? {}).map(([name, value]) => ({ at: `${at}.${name}`, schema: value }));
  const { items, additionalProperties, prefixItems = [], anyOf = [], allOf = [], oneOf = [] } = schema;
  const inner = [items, additionalProperties, ...prefixItems, ...anyOf, ...allOf, ...oneOf];
  const below = inner
    .filter((value): value is Schema => typeof value === 'object')
    .map((value) => ({ at, schema: value }));
  return [...own, ...[...own, ...below].flatMap(propertiesIn)];
};

const inContent = (at: string, content: Content = {}): readonly Found[] =>
  Object.values(content).map(({ schema }) => ({ at, schema }));

const properties = [
  ...Object.entries(schemas).map(([at, schema]) => ({ at, schema })),
  ...operations.flatMap(({ at, requestBody, responses }) => [
    ...inContent(`${at} body`, requestBody?.content),
    ...Object.entries(responses).flatMap(([status, { content }]) => inContent(`${at} ${status}`, content)),
  ]),
].flatMap(propertiesIn);
const shared = document.components?.parameters as Readonly<Record<string, Parameter>>;
const parameterOf = (parameter: Parameter | { readonly $ref: string }): Parameter =>
  '$ref' in parameter ? (shared[parameter.$ref.split('/').at(-1) ?? ''] as Parameter) : parameter;
const parameters = operations.flatMap(({ at, parameters = [] }) =>
  parameters.map(parameterOf).map(({ name, ...rest }) => ({ at: `${at} ${name}`, ...rest })),
);

const placesOf = (found: readonly { readonly at: string }[]): readonly string[] => found.map(({ at }) => at);

/** A text or a number that is not one of a list: what it looks like is shown by an example only. */
const needsExample = ({ type, enum: values, const: value }: Schema): boolean => {
  const types = [type].flat();
  if (values !== undefined || value !== undefined) return false;
  return types.some((name) => name === 'string' || name === 'number' || name === 'integer');
};
const hasExample = ({ example, examples }: Schema): boolean => example !== undefined || examples !== undefined;

const hasPlainText = ({ schema }: Found): boolean => {
  const { description = '' } = schema;
  return description === '' || /[.]$/.test(description);
};

describe('every part of the OpenAPI document has a description', () => {
  it('every operation has, and a summary', () => {
    expect(operations.length).toBeGreaterThan(30);
    expect(
      placesOf(operations.filter(({ summary = '', description = '' }) => summary === '' || description === '')),
    ).toEqual([]);
  });

  it('every parameter has', () => {
    expect(parameters.length).toBeGreaterThan(100);
    expect(
      placesOf(parameters.filter(({ description, schema }) => description === undefined && !isDescribed(schema))),
    ).toEqual([]);
  });

  it('every request body and every response has', () => {
    const bodies = operations.flatMap(({ at, requestBody }) =>
      requestBody === undefined ? [] : [{ at, ...requestBody }],
    );
    const responses = operations.flatMap(({ at, responses }) =>
      Object.entries(responses).map(([status, response]) => ({ at: `${at} ${status}`, ...response })),
    );
    expect(placesOf([...bodies, ...responses].filter(({ description = '' }) => description === ''))).toEqual([]);
  });

  it('every named schema has, except those that zod names itself', () => {
    const named = Object.entries(schemas).map(([at, schema]) => ({ at, schema }));
    expect(placesOf(named.filter(({ at, schema }) => !isDescribed(schema) && !at.startsWith('__schema')))).toEqual([]);
  });

  it('every property has', () => {
    expect(properties.length).toBeGreaterThan(480);
    expect(placesOf(properties.filter(({ schema }) => !isDescribed(schema)))).toEqual([]);
  });

  it('in sentences', () => {
    expect(placesOf([...properties, ...parameters].filter((found) => !hasPlainText(found)))).toEqual([]);
  });
});

// @redocly's rule in document.test.ts checks that they fit
it('every text and number has an example', () => {
  const fields = [...properties, ...parameters];
  expect(placesOf(fields.filter(({ schema }) => needsExample(schema) && !hasExample(schema)))).toEqual([]);
});
