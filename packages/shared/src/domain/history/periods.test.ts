import { assert, constantFrom, date, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PERIODS, periodStart, periodsBetween, periodsLater } from './periods.ts';

const moment = date({ min: new Date(0), max: new Date('2200-01-01T00:00:00Z'), noInvalidDate: true });

const starts = [
  ['day', '2026-11-22T23:59:59.999Z', '2026-11-22'],
  ['week', '2026-11-22T23:59:59.999Z', '2026-11-16'],
  ['week', '2026-11-23T00:00:00.000Z', '2026-11-23'],
  // the first week of 2027 begins in it, the last of 2026 goes on
  ['week', '2027-01-03T12:00:00.000Z', '2026-12-28'],
  ['week', '2024-12-31T12:00:00.000Z', '2024-12-30'],
  ['month', '2028-02-29T12:00:00.000Z', '2028-02-01'],
] as const;

describe('periods', () => {
  it.each(starts)('the %s of %s began on %s', (period, at, start) => {
    expect(periodStart(period, new Date(at))).toEqual(new Date(`${start}T00:00:00.000Z`));
  });

  it('follow each other without a gap, from the one that holds the begin to the one that holds the end', () => {
    assert(
      property(constantFrom(...PERIODS), moment, integer({ min: 1, max: 400 * 86_400_000 }), (period, from, length) => {
        const to = new Date(from.getTime() + length);
        const all = periodsBetween(period, from, to, 1_000);
        expect(all[0]).toEqual(periodStart(period, from));
        expect(all.slice(1)).toEqual(all.slice(0, -1).map((start) => periodsLater(period, start, 1)));
        const last = all.at(-1) ?? from;
        expect(last < to && to <= periodsLater(period, last, 1)).toBe(true);
        for (const start of all) expect(periodStart(period, start)).toEqual(start);
      }),
    );
  });

  it.each([
    ['day', 1, '2026-03-01'],
    ['day', -1, '2026-02-27'],
    ['week', 1, '2026-03-07'],
    ['month', 1, '2026-03-01'],
  ] as const)('%s: %i later', (period, count, expected) => {
    const start = new Date(period === 'month' ? '2026-02-01' : '2026-02-28');
    expect(periodsLater(period, start, count)).toEqual(new Date(expected));
  });

  it('do not include one that begins when the range ends', () => {
    const [from, to] = [new Date('2026-02-27'), new Date('2026-03-01')];
    expect(periodsBetween('day', from, to, 12)).toEqual([from, new Date('2026-02-28')]);
  });

  it('are no more than the most', () => {
    const [from, to] = [new Date('2000-01-01T00:00:00Z'), new Date('2026-01-01T00:00:00Z')];
    expect(periodsBetween('month', from, to, 12)).toHaveLength(12);
    expect(periodsBetween('day', to, from, 12)).toEqual([]);
  });
});
