import { describe, expect, it } from 'vitest';
import { amount, bytes, counted, listed, relative, span, when } from './units.ts';

const now = new Date('2026-11-22T04:05:06Z');

describe('units', () => {
  it.each([
    [0, '0 s'],
    [800, '0.8 s'],
    [59_999, '59 s'],
    [61_000, '1 min 1 s'],
    [3_600_000, '1 h'],
    [183_600_000, '2 d 3 h'],
  ])('span %i ms: %s', (ms, text) => expect(span(ms)).toBe(text));

  it.each([
    ['2026-11-22T04:05:05.500Z', 'just now'],
    ['2026-11-22T04:04:06Z', '1 min ago'],
    ['2026-11-22T01:00:00Z', '3 h ago'],
    ['2026-11-21T01:00:00Z', '1 d ago'],
    ['2026-11-22T04:10:07Z', 'in 5 min'],
  ])('%s: %s', (time, text) => expect(relative(time, now)).toBe(text));

  it.each([
    [null, '-'],
    [0, '0 B'],
    [1023, '1023 B'],
    [1024, '1.0 KiB'],
    [812_344_120, '774.7 MiB'],
    [5 * 1024 ** 4, '5.0 TiB'],
  ])('bytes %s: %s', (count, text) => expect(bytes(count)).toBe(text));

  it('has times in UTC and relative', () => {
    expect(when('2026-11-22T02:00:04+01:00', now)).toBe('2026-11-22 01:00:04 UTC, 3 h ago');
    expect(listed('2026-11-22T01:00:04Z', now)).toBe('2026-11-22 01:00, 3 h ago');
    expect([when(null, now), listed(null, now)]).toEqual(['-', '-']);
  });

  it('counts', () => {
    expect([amount(1_284_311), counted(1, 'index', 'indices'), counted(2, 'index', 'indices')]).toEqual([
      ...['1,284,311', '1 index', '2 indices'],
    ]);
  });
});
