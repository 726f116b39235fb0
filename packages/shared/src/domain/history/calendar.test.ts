import { describe, expect, it } from 'vitest';
import { dayIn, isTimeZone } from './calendar.ts';

describe('a time zone', () => {
  it.each(['UTC', 'Europe/Berlin', 'America/Argentina/Buenos_Aires', 'Etc/GMT+2'])('%s is one', (name) => {
    expect(isTimeZone(name)).toBe(true);
  });

  it.each(['', 'Mars/Olympus', '+02:00', '-01:00', 'Europe/Berlin; DROP', ' UTC'])('%j is none', (name) => {
    expect(isTimeZone(name)).toBe(false);
  });
});

it.each([
  ['UTC', '2026-03-28T23:30:00Z', '2026-03-28'],
  ['Europe/Berlin', '2026-03-28T22:59:59Z', '2026-03-28'],
  ['Europe/Berlin', '2026-03-28T23:00:00Z', '2026-03-29'],
  ['Europe/Berlin', '2026-03-29T21:59:59Z', '2026-03-29'],
  ['Europe/Berlin', '2026-03-29T22:00:00Z', '2026-03-30'],
  ['America/Los_Angeles', '2026-01-01T07:59:59Z', '2025-12-31'],
])('in %s %s is on %s', (zone, at, day) => expect(dayIn(zone)(new Date(at))).toBe(day));
