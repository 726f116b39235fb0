import { expect, it } from 'vitest';
import { generateTypes } from './generate-types.ts';

const document = (schemas: unknown): string =>
  JSON.stringify({ openapi: '3.1.1', info: { title: 'A', version: '1' }, paths: {}, components: { schemas } });
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });

it('generates a type for each schema', async () => {
  const types = await generateTypes(
    document({
      Id: { type: 'string' },
      Pair: { type: 'object', required: ['id'], properties: { id: ref('Id'), count: { type: 'integer' } } },
    }),
  );
  expect(types).toContain('Id: string;');
  expect(types).toMatch(/Pair: \{\s+id: components\["schemas"\]\["Id"\];\s+count\?: number;\s+\}/);
});

it('makes a schema that contains itself, also through another one, unknown', async () => {
  const types = await generateTypes(
    document({
      Json: { description: 'Any JSON value.', anyOf: [{ type: 'string' }, ref('List')] },
      List: { type: 'array', items: ref('Json') },
      Field: { type: 'object', required: ['value'], properties: { value: ref('Json') } },
    }),
  );
  expect(types).toMatch(/Any JSON value\. \*\/\s+Json: unknown;\s+List: unknown;/);
  expect(types).toMatch(/Field: \{\s+value: components\["schemas"\]\["Json"\];/);
});
