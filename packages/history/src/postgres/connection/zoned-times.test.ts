import pg from 'pg';
import { expect, it } from 'vitest';
import { withZones } from './zoned-times.ts';

const { TIMESTAMPTZ, INT4 } = pg.types.builtins;

it.each([
  ['2026-01-01 05:45:00.123456+05:45', '2026-01-01T00:00:00.123Z'],
  ['2026-01-01 00:00:00+00', '2026-01-01T00:00:00.000Z'],
  ['2025-12-31 16:00:00.5-08', '2026-01-01T00:00:00.500Z'],
])('reads the time %s as %s', (text, expected) => {
  const { types } = withZones({ text: '', types: pg.types });
  expect(new Date(types?.getTypeParser(TIMESTAMPTZ, 'text')(text) ?? '').toISOString()).toBe(expected);
});

it('leaves everything else to the types of the query', () => {
  expect(withZones({ text: '', types: pg.types }).types?.getTypeParser(INT4, 'text')('7')).toBe(7);
  const without = { text: '' };
  expect(withZones(without)).toBe(without);
});
