import { isFailure } from '@tandem/shared/domain/failure/failure.ts';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { readInput } from './read-input.ts';

const detailOf = (field: z.ZodType, input: unknown): string => {
  try {
    readInput(z.strictObject({ field }), { field: input });
  } catch (error) {
    if (isFailure(error, 'REQUEST_INVALID')) return error.message;
    throw error;
  }
  throw new Error('It was accepted.');
};

it.each<[z.ZodType, unknown, string]>([
  [z.string(), 5, 'field must be a text, found 5.'],
  [z.string(), undefined, 'field must be a text, it is missing.'],
  [z.array(z.string()), 'create', 'field must be a list, such as ["a", "b"], found "create".'],
  [z.object({}), [1, 2], 'field must be an object, such as {"name": "value"}, found a list of 2.'],
  [z.boolean(), {}, 'field must be true or false, found an object.'],
  [z.int(), 1.5, 'field must be a whole number, found 1.5.'],
  [z.enum(['a', 'b']), 'c', 'field must be one of a, b, found "c".'],
  [z.literal(true), false, 'field must be true, found false.'],
  [z.uuid(), 'x', 'field must be a UUID, such as 0f8fad5b-d9cb-469f-a165-70867728950e, found "x".'],
  [z.string().regex(/^a$/), 'x', 'field must be written in the documented format, found "x".'],
  [z.string().min(2), 'x', 'field must have at least 2 characters, found "x".'],
  [z.array(z.int()).max(1), [1, 2], 'field must have at most 1 elements, found a list of 2.'],
  [z.number().min(2), 1, 'field must be at least 2, found 1.'],
  [z.number().multipleOf(5), 7, 'field must be a multiple of 5, found 7.'],
  [z.strictObject({}), { b: 1 }, 'field must not contain "b".'],
  [z.union([z.string(), z.int()]), true, 'field must have one of the forms in the documentation (/docs), found true.'],
  [
    z.record(z.string().max(1), z.int()),
    { long: 1 },
    'field.long must have only names that the documentation allows, found "long".',
  ],
  [z.string({ error: 'must be said' }), 5, 'field must be said.'],
])('says in our words what %# is refused for', (schema, input, sentence) => {
  expect(detailOf(schema, input)).toBe(sentence);
});

it('shows no more than the beginning of a long text', () => {
  expect(detailOf(z.uuid(), 'x'.repeat(500)).length).toBeLessThan(150);
});
