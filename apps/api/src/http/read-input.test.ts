import { isFailure } from '@tandem/shared/domain/failure/failure.ts';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { readInput } from './read-input.ts';

const failureOf = (schema: z.ZodType, input: unknown) => {
  try {
    readInput(schema, input);
  } catch (error) {
    if (isFailure(error, 'REQUEST_INVALID')) return error;
  }
  throw new Error('It was accepted.');
};

it('lists ten problems, and counts all', () => {
  const numbers = z.array(z.number({ error: 'must be a number' }));
  expect(failureOf(numbers, ['a', 1])).toMatchObject({ message: '0 must be a number, found "a".', data: { count: 1 } });
  const { message, data } = failureOf(numbers, Array.from({ length: 13 }, String));
  expect(message).toMatch(/9 must be a number, found "undefined"\. And 3 more\.$/);
  expect([(data.problems as unknown[]).length, data.count]).toEqual([10, 13]);
});

it('names five unknown fields, and how many more there are', () => {
  const fields = Object.fromEntries(Array.from({ length: 7 }, (_, at) => [`f${at}`, at]));
  expect(failureOf(z.strictObject({}), fields).message).toBe(
    'The body must not contain "f0", "f1", "f2", "f3", "f4" and 2 more.',
  );
});
