import { expect, it } from 'vitest';
import { defaultRange } from './default-range.ts';

const at = (day: string) => new Date(`${day}T00:00:00Z`);
const now = at('2026-04-01');

it.each([
  ['no end', {}, '2026-01-01', '2026-04-01'],
  ['the begin', { from: at('2020-05-01') }, '2020-05-01', '2026-04-01'],
  ['a begin in the future', { from: at('2027-01-01') }, '2027-01-01', '2027-01-01'],
  ['the end', { to: at('2021-04-01') }, '2021-01-01', '2021-04-01'],
  ['an end soon after 1970', { to: at('1970-01-02') }, '1970-01-01', '1970-01-02'],
])('%s is given', (_, given, from, to) => {
  expect(defaultRange(given, now)).toEqual({ from: at(from), to: at(to) });
});
