import { describe, expect, it } from 'vitest';
import { milliseconds, parseDuration } from './duration.ts';

describe('a duration', () => {
  it.each([
    ['500ms', 500],
    ['0ms', 0],
    ['5s', 5_000],
    ['1.5s', 1_500],
    ['0.5ms', 0.5],
    ['2m', 120_000],
    ['2 m', 120_000],
    [' 1h ', 3_600_000],
    ['1d', 86_400_000],
    ['999999h', 3_599_996_400_000],
  ])('%j is %d ms', (text, expected) => {
    expect(parseDuration(text)).toBe(expected);
  });

  it.each(['', '5', '5x', '-5s', '5S', '.5s', '5.s', '1h30m', '5 s s', 'Infinitys', 'NaNs', '1e3s'])(
    '%j is none',
    (text) => {
      expect(parseDuration(text)).toBeUndefined();
    },
  );

  it('in the code is refused where it is negative', () => {
    expect(milliseconds('30d')).toBe(2_592_000_000);
    expect(() => milliseconds('-1s')).toThrow('-1s is not a duration');
  });
});
