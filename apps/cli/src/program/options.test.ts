import { describe, expect, it } from 'vitest';
import type { Option } from './command.ts';
import { choices, duration, moment, texts, timeAhead, timeOf, wholeNumber } from './options.ts';

const now = new Date('2026-11-22T12:00:00Z');
const parse = <Value>(option: Option<Value>, text: string, before?: Value): Value | undefined =>
  option.parse?.(text, before);

describe('options', () => {
  it.each([
    ['7d', '2026-11-15T12:00:00.000Z'],
    ['12h', '2026-11-22T00:00:00.000Z'],
    ['1.5h', '2026-11-22T10:30:00.000Z'],
    ['2028-02-29', '2028-02-29T00:00:00.000Z'],
    ['2026-11-20', '2026-11-20T00:00:00.000Z'],
    ['2026-11-20T10:00:00+01:00', '2026-11-20T09:00:00.000Z'],
  ])('--since %s: %s', (text, time) => {
    expect(timeOf(parse(moment('--since <time>', ''), text), now)).toBe(time);
  });

  it.each([
    ...['yesterday', '7', '2026-11-20T10:00', '2026-13-01', '-7d', '', '7 days'],
    ...['2026-02-31', '2027-02-29', '2026-11-20T25:00:00Z', '99999999999d'],
  ])('refuses --since %s', (text) => {
    expect(() => parse(moment('--since <time>', ''), text)).toThrow(/^must be a time span such as 7d/);
  });

  it('counts a time span of what is to come from now on', () => {
    expect(timeAhead(parse(moment('--until <time>', ''), '90d'), now)).toBe('2027-02-20T12:00:00.000Z');
    expect(timeAhead(parse(moment('--until <time>', ''), '2027-01-31'), now)).toBe('2027-01-31T00:00:00.000Z');
  });

  it('takes several values of a set, in any case, separated by commas or repeated', () => {
    const state = choices('--state <states>', 'only in these', ['COMPLETED', 'FAILED']);
    expect(parse(state, 'completed, FAILED')).toEqual(['COMPLETED', 'FAILED']);
    expect(parse(state, 'FAILED', ['COMPLETED'])).toEqual(['COMPLETED', 'FAILED']);
    expect(() => parse(state, 'DONE')).toThrow('must be one of COMPLETED, FAILED, found "DONE"');
  });

  it('takes texts separated by commas', () => {
    expect(parse(texts('--remove <keys>', ''), 'a, b,', ['c'])).toEqual(['c', 'a', 'b']);
  });

  it.each(['0', '1001', '1e2', '5.5', ''])('refuses %j as a number from 1 to 1000', (text) => {
    expect(() => parse(wholeNumber('--limit <count>', '', { min: 1, max: 1000 }), text)).toThrow(/from 1 to 1000/);
  });

  it('reads how long to wait', () => {
    expect(parse(duration('--timeout <time>', ''), '2h')).toBe(7_200_000);
    expect(() => parse(duration('--timeout <time>', ''), '2')).toThrow(/must be a time such as 30s/);
  });
});
