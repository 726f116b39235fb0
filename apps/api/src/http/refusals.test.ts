import { isFailure } from '@tandem/shared/domain/failure/failure.ts';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type RouteTable, routes } from '../routes/index.ts';
import { readInput } from './read-input.ts';

/** How zod words the issues of a schema without a sentence of its own. */
const ZODS_WORDS =
  /Invalid (input|option|string|key|value|element|[A-Za-z]+)\b|\bexpected\b|Unrecognized|Too (small|big)/;

// no handler is called
const inputs = routes({ metrics: {} } as RouteTable).flatMap(({ method, path, input }) =>
  input === undefined ? [] : [{ name: `${method} ${path}`, input }],
);

/** No letters but those of our own: a word of zod's in a detail would be zod's. */
const hostile = fc.oneof(
  fc.constantFrom<unknown[]>(undefined, null, true, '', ' ', '\u0000', 'x'.repeat(5_000), -1, 1.5, 1e300, [], {}),
  fc.constantFrom<unknown[]>([[]], [null], { x: { y: [] } }, ['x', 'x'], { gt: '1' }, '2026-13-45', '9'.repeat(30)),
  fc.array(fc.constantFrom<unknown[]>('x', 1, null, {}, []), { maxLength: 200 }),
);

const refusal = (schema: (typeof inputs)[number]['input'], value: unknown): string | undefined => {
  try {
    readInput(schema, value);
    return undefined;
  } catch (error) {
    if (isFailure(error, 'REQUEST_INVALID')) return `${error.message} ${JSON.stringify(error.data)}`;
    throw error;
  }
};

it.each(inputs)('$name refuses whatever is wrong in our own words', ({ input }) => {
  const fields = Object.fromEntries(Object.keys(input.shape).map((name) => [name, fc.option(hostile, { nil: 'x' })]));
  const details: string[] = [];
  const values = fc.oneof({ weight: 9, arbitrary: fc.record(fields, { requiredKeys: [] }) }, hostile);
  fc.assert(
    fc.property(values, (value) => {
      const detail = refusal(input, value);
      if (detail === undefined) return;
      details.push(detail);
      expect(detail).not.toMatch(ZODS_WORDS);
    }),
  );
  expect(details.length).toBeGreaterThan(0);
});
